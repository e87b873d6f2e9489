// What is wrong with a JSON body, where, and what to do: in words that never repeat what the body says.
import type { BodyFaultCode } from '../../../contract/faults.ts'

export const MAX_DEPTH = 32
export const MAX_TOKENS = 20_000
const MAX_FAULTS = 50
const MAX_POINTER = 200
const REPLACEMENT = Buffer.from('\ufffd')

/** One reason for refusal; `pointer` (RFC 6901) names the nearest known place, '' being the whole body. */
export type BodyFault = { readonly code: BodyFaultCode; readonly pointer: string; readonly detail: string }

const FOUND: Readonly<Record<BodyFaultCode, string>> = {
  'body-not-utf8': 'found bytes that are not UTF-8. Encode the whole body as UTF-8',
  'body-empty': 'found an empty body. Send a JSON document',
  'body-not-json': 'found a fault in the JSON. Send one valid JSON document',
  'body-too-deep': `found more than ${MAX_DEPTH} levels of nesting. Send a flatter body`,
  'body-too-many-tokens': `found more than ${MAX_TOKENS} names and values. Send less at once`,
  'body-duplicate-key': 'found the same name twice in one object. Remove one',
  'body-forbidden-key': 'found a reserved name. Remove it',
  'body-nul-character': 'found a NUL character. Remove it',
  'body-lone-surrogate': 'found half of a surrogate pair. Send whole characters',
  'body-number-out-of-range': 'found a number beyond ±1.8e308. Send a smaller number',
}

/** How far a scan has come: where it stands, inside which members, with which faults so far. */
export type Place = {
  readonly text: string
  readonly path: (string | number)[]
  readonly faults: BodyFault[]
  at: number
  tokens: number
  line: number
  lineStart: number
  faultyToken: number
}

/** Ends the scan with a syntax fault: what stands here, and what should. */
export function unexpected(place: Place, expected: string): false {
  const found = describe(place.text.charAt(place.at))
  return stop(place, 'body-not-json', `found ${found}; expected ${expected}. Send one valid JSON document`)
}

function describe(char: string): string {
  if (char === '') return 'the end of the body'
  if ('{}[]:,"\''.includes(char)) return char
  if (char < ' ') return 'a control character'
  return 'another character'
}

/** Ends the scan with a fault; the reason for ending is always in the list, whatever else filled it. */
export function stop(place: Place, code: BodyFaultCode, found = FOUND[code]): false {
  if (place.faults.length >= MAX_FAULTS) place.faults.pop()
  add(place, code, found, place.at)
  return false
}

/** Adds a fault after which the scan goes on, once for each code in one name or value. */
export function note(place: Place, code: BodyFaultCode, at = place.at): void {
  const repeated = place.faults.at(-1)?.code === code && place.faultyToken === place.tokens
  if (!repeated && place.faults.length < MAX_FAULTS) add(place, code, FOUND[code], at)
}

function add(place: Place, code: BodyFaultCode, found: string, at: number): void {
  place.faultyToken = place.tokens
  const detail = `Line ${place.line}, column ${at - place.lineStart + 1}: ${found}.`
  place.faults.push({ code, pointer: pointerTo(place.path), detail })
}

/** The longest whole-name prefix that is short and well formed: a pointer to the place or an ancestor. */
function pointerTo(path: readonly (string | number)[]): string {
  let pointer = ''
  for (const step of path) {
    const name = String(step)
    if (name.length > MAX_POINTER || name.includes('\0') || !name.isWellFormed()) break
    const longer = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (longer.length > MAX_POINTER) break
    pointer = longer
  }
  return pointer
}

/** The fault of a body that is not UTF-8, with the offset of the first wrong byte. */
export function notUtf8(bytes: Buffer): BodyFault {
  const text = bytes.toString('utf8')
  let offset = 0
  let from = 0
  // A replacement character that stands in the body as itself (EF BF BD) is no fault: look past it.
  for (;;) {
    const mark = text.indexOf('\ufffd', from)
    offset += Buffer.byteLength(text.slice(from, mark))
    if (!bytes.subarray(offset, offset + 3).equals(REPLACEMENT)) break
    offset += 3
    from = mark + 1
  }
  const code = 'body-not-utf8'
  return { code, pointer: '', detail: `Byte ${offset}: ${FOUND[code]}.` }
}
