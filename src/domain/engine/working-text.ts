// A working as JSON. Its lines are shared between many people, so each is frozen and its text is made once.
import type { WorkingLine } from '../../contract/allocation/working.ts'

// A line that nobody holds any more takes its text along.
const texts = new WeakMap<WorkingLine, string>()

/** The line, which nothing can change any more, with its text at hand. */
export function sharedLine<L extends WorkingLine>(line: L): L {
  texts.set(line, JSON.stringify(line))
  return frozen(line)
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) frozen(member)
  return Object.freeze(value)
}

/** The JSON of a working, as JSON.stringify writes it. */
export function workingText(lines: readonly WorkingLine[]): string {
  let text = ''
  for (const line of lines) text += `${text === '' ? '' : ','}${texts.get(line) ?? JSON.stringify(line)}`
  return `[${text}]`
}

/** The JSON of something with a working, as JSON.stringify writes it. No text within it can look like its own member. */
export function textWithWorking<T extends { readonly working: readonly WorkingLine[] }>(whole: T): string {
  const text = JSON.stringify({ ...whole, working: [] })
  // Inside a text its quotes would be escaped, and of an allocation nothing that stands before has such a member.
  const place = text.indexOf(NONE) + NONE.length
  return `${text.slice(0, place - 2)}${workingText(whole.working)}${text.slice(place)}`
}

const NONE = '"working":[]'
