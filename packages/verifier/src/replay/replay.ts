// Does the sum of every allocation again, from the answers in the log and the documents that the log published.
import type { Json, JsonObject } from '../canonical-json.ts'
import { Tampered, Unusable } from '../findings.ts'
import type { Envelope } from '../forms.ts'
import { type Assessment, Differs, type Questionnaire, type Table } from './documents.ts'
import { NotANumber, shown } from './exact.ts'
import { NO_MONEY, type Priced, priced } from './price.ts'
import { type Score, scored } from './score.ts'

/** The meaning of the sums that this program knows. */
const ENGINE = '1'

// Flags that tell a person something, and leave the outcome as it is.
const NOTICES = new Set([
  'eligibility-one-outcome',
  'eligibility-without-grounds',
  'eligibility-may-be-met',
  'eligibility-answers-differ',
  'eligibility-old',
  'other-needs-not-scored',
  'beyond-evidence',
  'table-past-its-year',
  'efficiency-applied',
])

const PRICED = ['assessment-allocated', 'assessment-corrected']
const PUBLISHED: Readonly<Record<string, string>> = {
  'questionnaire-published': 'questionnaire',
  'calibration-table-published': 'calibration-table',
}

export type Read = {
  readonly line: number
  readonly index: number
  readonly envelope: Envelope
  readonly document: Json | null
  /** As it is shown; null where it is erased or withheld. */
  readonly body: string | null
}

export class Replay {
  /** Published documents with their hash, by kind, key and version. */
  readonly #documents = new Map<string, { readonly hash: string; readonly content: JsonObject }>()
  #done = 0
  #hidden = 0
  /** Why the first allocation that could not be computed again could not. */
  #impossible: string | null = null

  read({ line, index, envelope, document, body }: Read): void {
    const { kind, facts } = envelope
    const published = PUBLISHED[kind]
    if (published !== undefined && document !== null) {
      const content = document as JsonObject
      if (content.key !== facts.key || content.version !== facts.version)
        throw new Tampered(line, index, 'The document is of another key or version than the event.')
      const hash = String(facts.contentHash)
      this.#documents.set(nameOf(published, content), { hash, content })
    }
    if (!PRICED.includes(kind)) return
    if (body === null) {
      this.#hidden += 1
      return
    }
    try {
      this.#compare(facts, body)
      this.#done += 1
    } catch (found) {
      if (found instanceof Impossible)
        this.#impossible ??= `Entry ${index} cannot be computed again: ${found.message}.`
      else if (found instanceof Differs)
        throw new Tampered(line, index, `The allocation is not what its documents give: ${found.message}.`)
      else if (found instanceof TypeError || found instanceof NotANumber)
        throw new Tampered(
          line,
          index,
          'The allocation has not the form of one, so it cannot be computed again.',
        )
      else throw found
    }
  }

  /** Throws where something could not be computed again that was shown. */
  finish(): readonly string[] {
    if (this.#impossible !== null) throw new Unusable(this.#impossible)
    return [
      `${this.#done} allocations computed again: each as it stands in the log`,
      ...(this.#hidden === 0 ? [] : [`${this.#hidden} allocations not shown, so not computed again`]),
    ]
  }

  #compare(facts: JsonObject, text: string): void {
    const { allocation, assessment } = recordOf(text)
    if (typeof allocation.engineVersion !== 'string') throw new Differs('it names no engine')
    if (allocation.engineVersion !== ENGINE) throw new Impossible(`this program knows engine ${ENGINE} only`)
    const questionnaire = this.#document('questionnaire', allocation.questionnaire) as Questionnaire
    if (!same(named(allocation.questionnaire), assessment.questionnaire))
      throw new Differs('the questionnaire is not the one that was answered')
    const { eligible } = assessment.eligibility
    const table = eligible ? (this.#document('calibration-table', allocation.table) as Table) : null
    const score = scored(questionnaire, assessment)
    const { money, refers }: Priced =
      table === null ? { money: NO_MONEY, refers: [] } : priced(questionnaire, table, assessment, score)
    const flags = eligible
      ? [...refers.map((code) => [code, null]), ...rulesOf(questionnaire, assessment, score)]
      : []
    const outcome = !eligible ? 'not-eligible' : flags.length > 0 ? 'refer-individual-costing' : 'indicative'
    const points = {
      gross: shown(score.gross),
      carerReduction: shown(score.reduction),
      addOns: shown(score.addOns),
      total: shown(score.total),
    }
    const result = { outcome, points, ...money }
    for (const [name, value] of Object.entries(result)) {
      if (!same(allocation[name], value))
        throw new Differs(`${name} is ${said(allocation[name])}, not ${said(value)}`)
      if (!same(facts[name], value))
        throw new Differs(`${name} in the envelope is ${said(facts[name])}, not ${said(value)}`)
    }
    const stored = allocation.flags
      .filter(({ code }) => !NOTICES.has(code))
      .map(({ code, rule }) => [code, rule])
    if (!same(stored, flags))
      throw new Differs(`the reasons to refer are ${said(stored)}, not ${said(flags)}`)
    const { userGroup, assessedOn, revision } = assessment
    const expected = {
      engine: ENGINE,
      on: assessedOn,
      questionnaire: named(allocation.questionnaire),
      revision,
      table: allocation.table === null ? null : named(allocation.table),
      userGroup,
    }
    for (const [name, value] of Object.entries(expected))
      if (!same(facts[name], value))
        throw new Differs(`${name} in the envelope is ${said(facts[name])}, not ${said(value)}`)
    if (!eligible && allocation.table !== null) throw new Differs('nobody was eligible, and a table is named')
  }

  #document(kind: string, ref: Ref | null): JsonObject {
    if (ref === null) throw new Differs(`no ${kind} is named`)
    const found = this.#documents.get(nameOf(kind, ref))
    if (found === undefined)
      throw new Impossible(`the bundle does not have ${kind} ${ref.key} version ${ref.version} before it`)
    if (found.hash !== ref.contentHash) throw new Differs(`the ${kind} has another hash than was published`)
    return found.content
  }
}

/** What is shown cannot be computed again, through no fault of it. */
class Impossible extends Error {}

type Ref = { readonly key: string; readonly version: number; readonly contentHash: string }

type StoredRecord = {
  readonly allocation: {
    readonly [name: string]: unknown
    readonly engineVersion: string
    readonly questionnaire: Ref
    readonly table: Ref | null
    readonly flags: readonly { readonly code: string; readonly rule: string | null }[]
  }
  readonly assessment: Assessment & {
    readonly questionnaire: { readonly key: string; readonly version: number }
  }
}

// As it was written: a name that stands twice, or a space, would not come back.
function recordOf(text: string): StoredRecord {
  let record: unknown
  try {
    record = JSON.parse(text)
  } catch {
    throw new Differs('the body is not JSON')
  }
  if (JSON.stringify(record) !== text) throw new Differs('the body is not written as the service writes it')
  return record as StoredRecord
}

function rulesOf({ referralRules }: Questionnaire, assessment: Assessment, { supported }: Score) {
  const given = [assessment.answers, assessment.weightings, assessment.addOns]
  return referralRules
    .filter(({ all }) =>
      all.every(({ question, support, option }) =>
        support === undefined
          ? given.some(
              (choices) => Object.hasOwn(choices, question ?? '') && choices[question ?? ''] === option,
            )
          : [...supported].some(
              ([domain, of]) => (support === 'overall' || support === domain) && of === option,
            ),
      ),
    )
    .map(({ key }) => ['referral-rule', key])
}

function nameOf(
  kind: string,
  { key, version }: { readonly key?: unknown; readonly version?: unknown },
): string {
  return `${kind} ${key} ${version}`
}

function named({ key, version }: Ref) {
  return { key, version }
}

// Both are plain data; the order of names says nothing.
function same(a: unknown, b: unknown): boolean {
  return said(a) === said(b)
}

function said(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'missing'
  if (Array.isArray(value)) return `[${value.map(said).join(',')}]`
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${said(member)}`).join(',')}}`
}
