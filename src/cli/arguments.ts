// Reads a command line against the form of its command: everything it must have, nothing twice, nothing unknown.
import { parseArgs } from 'node:util'
import { ACTOR_FORM, AUTHORITY_FORM } from '../contract/primitives.ts'
import { isScope, SCOPES } from '../http/core/credentials/scopes.ts'

/** A command line that cannot be meant; nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export type Need = 'required' | 'optional' | 'repeated' | 'flag'

/** `argument` names what the command's one plain argument is, when it takes one. */
export type CommandForm = {
  readonly argument?: string
  readonly options: Readonly<Record<string, Need>>
}

export type Given = {
  /** The value of something that is required, the plain argument included. */
  one(name: string): string
  optional(name: string): string | null
  all(name: string): readonly string[]
  /** Whether a flag is set. */
  has(name: string): boolean
}

/** The values of a command line, each of its proper form; throws UsageError. */
export function readArguments(form: CommandForm, args: readonly string[]): Given {
  const { values, positionals } = parsed(form, args)
  const given: Record<string, readonly string[] | undefined> = Object.fromEntries(
    Object.entries(values).map(([name, texts]) => [name, texts?.map(String)]),
  )
  if (form.argument !== undefined) given[form.argument] = positionals
  if (form.argument === undefined ? positionals.length > 0 : positionals.length > 1)
    throw new UsageError(
      `${shown(positionals.at(-1) ?? '')} is one argument too many. Put quotes around text with spaces.`,
    )
  for (const [name, need] of Object.entries(needs(form))) checkCount(name, need, given[name] ?? [], form)
  for (const [name, texts] of Object.entries(given)) for (const text of texts ?? []) checkForm(name, text)
  return {
    one: (name) => given[name]?.[0] ?? '',
    optional: (name) => given[name]?.[0] ?? null,
    all: (name) => given[name] ?? [],
    has: (name) => given[name] !== undefined,
  }
}

/** How a command is written, as help and refusals show it. */
export function usageOf(name: string, form: CommandForm): string {
  const argument = form.argument === undefined ? [] : [`<${form.argument}>`]
  const options = Object.entries(form.options).map(([option, need]) => {
    const text = need === 'flag' ? `--${option}` : `--${option} <${FORMS[option]?.placeholder ?? 'text'}>`
    return need === 'optional' || need === 'flag' ? `[${text}]` : need === 'repeated' ? `${text} …` : text
  })
  return [name, ...argument, ...options].join(' ')
}

function needs({ argument, options }: CommandForm): Readonly<Record<string, Need>> {
  return argument === undefined ? options : { [argument]: 'required', ...options }
}

function parsed({ options }: CommandForm, args: readonly string[]) {
  const names = Object.keys(options)
  const each = Object.entries(options).map(
    ([name, need]) => [name, { type: need === 'flag' ? 'boolean' : 'string', multiple: true }] as const,
  )
  try {
    return parseArgs({ args: [...args], options: Object.fromEntries(each), allowPositionals: true })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    // Node's own words, less its advice on dashes.
    const [what] = error.message.split(/\. |\n/, 1)
    throw new UsageError(`${what}. Expected ${names.map((name) => `--${name}`).join(', ')}.`)
  }
}

function checkCount(name: string, need: Need, texts: readonly string[], form: CommandForm): void {
  const label = name === form.argument ? `<${name}>` : `--${name}`
  if ((need === 'required' || need === 'repeated') && texts.length === 0)
    throw new UsageError(`${label} is missing.`)
  if (need !== 'repeated' && texts.length > 1)
    throw new UsageError(`${label} is given ${texts.length} times; expected once.`)
}

type ValueForm = { readonly placeholder: string; readonly expected: string; fits(text: string): boolean }

const ACTOR: ValueForm = {
  placeholder: 'id',
  expected: 'up to 255 printable ASCII characters without spaces',
  fits: (text) => ACTOR_FORM.test(text),
}
const TEXT: ValueForm = {
  placeholder: 'text',
  expected: 'one line of 1 to 500 characters',
  fits: (text) => /^[^\p{Cc}\p{Cs}]{1,500}$/u.test(text) && text.trim() !== '',
}
const FILE: ValueForm = { ...TEXT, placeholder: 'file', expected: 'the path of a file' }
const FORMS: Readonly<Record<string, ValueForm>> = {
  authority: {
    placeholder: 'id',
    expected: '2 to 63 lower-case letters, digits and hyphens, the first a letter',
    fits: (text) => AUTHORITY_FORM.test(text),
  },
  client: ACTOR,
  subject: ACTOR,
  key: {
    placeholder: 'id',
    expected: 'the 12 letters and digits that "key list" shows first',
    fits: (text) => /^[a-z0-9]{12}$/.test(text),
  },
  kind: {
    placeholder: 'person|system',
    expected: 'person or system',
    fits: (text) => /^(person|system)$/.test(text),
  },
  scope: { placeholder: 'scope', expected: `one of ${SCOPES.join(', ')}`, fits: isScope },
  expires: {
    placeholder: 'date',
    expected: 'a date, YYYY-MM-DD, the last day (UTC) on which the key works',
    fits: isDate,
  },
  questionnaire: FILE,
  truth: FILE,
  people: {
    placeholder: 'number',
    expected: 'a whole number from 1 to 50000',
    fits: (text) => /^[1-9][0-9]{0,4}$/.test(text) && Number(text) <= 50_000,
  },
  seed: {
    placeholder: 'number',
    expected: `a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`,
    fits: (text) => /^(0|[1-9][0-9]{0,15})$/.test(text) && Number.isSafeInteger(Number(text)),
  },
  price: {
    placeholder: 'factor',
    expected: 'a factor above 0 and below 100, such as 1.7',
    fits: (text) => /^(0|[1-9][0-9]?)(\.[0-9]{1,4})?$/.test(text) && Number(text) > 0,
  },
  as: {
    placeholder: 'cohort|assessments',
    expected: 'cohort or assessments',
    fits: (text) => /^(cohort|assessments)$/.test(text),
  },
  on: { placeholder: 'date', expected: 'a date from 2000 to 2099, YYYY-MM-DD', fits: isDate },
}

function isDate(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

function checkForm(name: string, text: string): void {
  const { expected, fits } = FORMS[name] ?? TEXT
  if (!fits(text)) throw new UsageError(`${name}: found ${shown(text)}; expected ${expected}.`)
}

/** What was found, as a message may repeat it: cut short, and never a key pasted into the wrong place. */
export function shown(text: string): string {
  return text.includes('oras_') ? 'an API key' : JSON.stringify(text.slice(0, 60))
}
