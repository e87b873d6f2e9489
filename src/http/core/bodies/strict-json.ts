// The one door for JSON bodies: accepts exactly what JSON.parse accepts, less what would be lost or
// changed on the way to storage. Answers never repeat what the body says, for bodies hold personal data.
// It builds the value itself: JSON.parse of V8 13 and 14 can read a member name with an escape as another
// name that some earlier body had (nodejs/node#63785). And a number is judged by its text, which a value no longer has.
import { isPlainInteger, NOT_PLAIN } from '../requests/plain-integer.ts'
import {
  type BodyFault,
  MAX_DEPTH,
  MAX_TOKENS,
  note,
  notUtf8,
  type Place,
  stop,
  unexpected,
} from './body-fault.ts'

const BYTE_ORDER_MARK = 0xfeff
const BOM_FOUND = 'found a byte order mark. Start with the JSON'
const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
const ESCAPABLE: ReadonlySet<number> = new Set(Array.from('"\\/bfnrt', (char) => char.charCodeAt(0)))

const [TAB, LINE_FEED, RETURN, SPACE] = [0x09, 0x0a, 0x0d, 0x20]
const [QUOTE, BACKSLASH, COMMA, COLON, CLOSE_BRACKET, CLOSE_BRACE] = [0x22, 0x5c, 0x2c, 0x3a, 0x5d, 0x7d]
const [OPEN_BRACKET, OPEN_BRACE, PLUS, MINUS, DOT, ZERO, NINE] = [0x5b, 0x7b, 0x2b, 0x2d, 0x2e, 0x30, 0x39]
const [LOWER_E, LOWER_F, LOWER_N, LOWER_T, LOWER_U] = [0x65, 0x66, 0x6e, 0x74, 0x75]

export type StrictJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly faults: readonly BodyFault[] }

type Scan = Place & { value: unknown }

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Parses a request body, or says everything that is wrong with it. Never throws. */
export function parseStrictJson(bytes: Buffer): StrictJson {
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch {
    return { ok: false, faults: [notUtf8(bytes)] }
  }
  const start = { at: 0, tokens: 0, line: 1, lineStart: 0, faultyToken: -1, value: undefined }
  const scan: Scan = { text, path: [], faults: [], ...start }
  scanDocument(scan)
  if (scan.faults.length > 0) return { ok: false, faults: scan.faults }
  return { ok: true, value: scan.value }
}

// Every scan function leaves what it read in scan.value, or answers false when the rest of the body can no
// longer be read.

function scanDocument(scan: Scan): boolean {
  if (scan.text.charCodeAt(0) === BYTE_ORDER_MARK) return stop(scan, 'body-not-json', BOM_FOUND)
  skipSpace(scan)
  if (scan.at === scan.text.length) return stop(scan, 'body-empty')
  if (!scanValue(scan)) return false
  skipSpace(scan)
  return scan.at === scan.text.length || unexpected(scan, 'the end of the body')
}

function scanValue(scan: Scan): boolean {
  scan.tokens++
  if (scan.tokens > MAX_TOKENS) return stop(scan, 'body-too-many-tokens')
  const code = scan.text.charCodeAt(scan.at)
  if (code === QUOTE) return scanString(scan)
  if (code === OPEN_BRACE) return scanObject(scan)
  if (code === OPEN_BRACKET) return scanArray(scan)
  if (code === LOWER_T) return scanWord(scan, 'true', true)
  if (code === LOWER_F) return scanWord(scan, 'false', false)
  if (code === LOWER_N) return scanWord(scan, 'null', null)
  return scanNumber(scan)
}

function scanArray(scan: Scan): boolean {
  const items: unknown[] = []
  if (!open(scan)) return false
  if (scan.text.charCodeAt(scan.at) === CLOSE_BRACKET) return close(scan, items)
  for (;;) {
    scan.path.push(items.length)
    if (!scanValue(scan)) return false
    scan.path.pop()
    items.push(scan.value)
    skipSpace(scan)
    const code = scan.text.charCodeAt(scan.at)
    if (code === CLOSE_BRACKET) return close(scan, items)
    if (code !== COMMA) return unexpected(scan, 'a comma or ]')
    scan.at++
    skipSpace(scan)
  }
}

function scanObject(scan: Scan): boolean {
  const members: Record<string, unknown> = {}
  if (!open(scan)) return false
  if (scan.text.charCodeAt(scan.at) === CLOSE_BRACE) return close(scan, members)
  for (;;) {
    if (!scanMember(scan, members)) return false
    skipSpace(scan)
    const code = scan.text.charCodeAt(scan.at)
    if (code === CLOSE_BRACE) return close(scan, members)
    if (code !== COMMA) return unexpected(scan, 'a comma or }')
    scan.at++
    skipSpace(scan)
  }
}

function open(scan: Scan): boolean {
  if (scan.path.length >= MAX_DEPTH) return stop(scan, 'body-too-deep')
  scan.at++
  skipSpace(scan)
  return true
}

function close(scan: Scan, value: unknown): true {
  scan.at++
  scan.value = value
  return true
}

function scanMember(scan: Scan, members: Record<string, unknown>): boolean {
  const start = scan.at
  scan.tokens++
  if (scan.text.charCodeAt(start) !== QUOTE) return unexpected(scan, 'a member name in double quotes')
  if (!scanString(scan)) return false
  const name = scan.value as string
  const forbidden = FORBIDDEN_NAMES.has(name)
  if (forbidden) note(scan, 'body-forbidden-key', start)
  scan.path.push(name)
  if (Object.hasOwn(members, name)) note(scan, 'body-duplicate-key', start)
  skipSpace(scan)
  if (scan.text.charCodeAt(scan.at) !== COLON) return unexpected(scan, 'a colon after the member name')
  scan.at++
  skipSpace(scan)
  if (!scanValue(scan)) return false
  scan.path.pop()
  // A forbidden name is kept nowhere: assigning __proto__ would set the prototype.
  if (!forbidden) members[name] = scan.value
  return true
}

function scanString(scan: Scan): boolean {
  const text = scan.text
  const start = scan.at
  let escaped = false
  let at = start + 1
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === QUOTE || code === BACKSLASH || !(code >= SPACE)) {
      scan.at = at
      if (code === QUOTE) break
      if (code === 0) return stop(scan, 'body-nul-character')
      if (code !== BACKSLASH) return unexpected(scan, 'a character of the string or its closing quote')
      if (!scanEscape(scan)) return false
      escaped = true
      at = scan.at
    } else at++
  }
  scan.at++
  scan.value = escaped ? JSON.parse(text.slice(start, scan.at)) : text.slice(start + 1, at)
  return true
}

function scanEscape(scan: Scan): boolean {
  const code = scan.text.charCodeAt(scan.at + 1)
  if (code === LOWER_U) return scanUnit(scan)
  scan.at++
  if (!ESCAPABLE.has(code)) return unexpected(scan, 'one of " \\ / b f n r t u after a backslash')
  scan.at++
  return true
}

// Decoded UTF-8 holds surrogates in pairs only, so a lone one can come from an escape alone.
function scanUnit(scan: Scan): boolean {
  const unit = escapedUnit(scan.text, scan.at)
  if (unit < 0) return unexpected(scan, 'four hexadecimal digits after \\u')
  if (unit === 0) note(scan, 'body-nul-character')
  if (unit >= 0xd800 && unit <= 0xdfff) {
    const next = unit < 0xdc00 ? escapedUnit(scan.text, scan.at + 6) : -1
    if (next >= 0xdc00 && next <= 0xdfff) scan.at += 6
    else note(scan, 'body-lone-surrogate')
  }
  scan.at += 6
  return true
}

/** The code unit written as \uXXXX at this place, or -1. */
function escapedUnit(text: string, at: number): number {
  if (text.charCodeAt(at) !== BACKSLASH || text.charCodeAt(at + 1) !== LOWER_U) return -1
  let unit = 0
  for (let digitAt = at + 2; digitAt < at + 6; digitAt++) {
    const code = text.charCodeAt(digitAt)
    const letter = (code | 0x20) - 0x57
    if (code >= ZERO && code <= NINE) unit = unit * 16 + code - ZERO
    else if (letter >= 10 && letter <= 15) unit = unit * 16 + letter
    else return -1
  }
  return unit
}

function scanNumber(scan: Scan): boolean {
  const text = scan.text
  const start = scan.at
  if (text.charCodeAt(start) === MINUS) scan.at++
  if (text.charCodeAt(scan.at) === ZERO) scan.at++
  else if (!skipDigits(scan)) return unexpected(scan, scan.at === start ? 'a JSON value' : 'a digit')
  if (text.charCodeAt(scan.at) === DOT) {
    scan.at++
    if (!skipDigits(scan)) return unexpected(scan, 'a digit after the decimal point')
  }
  if ((text.charCodeAt(scan.at) | 0x20) === LOWER_E) {
    const sign = text.charCodeAt(scan.at + 1)
    scan.at += sign === PLUS || sign === MINUS ? 2 : 1
    if (!skipDigits(scan)) return unexpected(scan, 'a digit of the exponent')
  }
  const written = text.slice(start, scan.at)
  const number = Number(written)
  if (!Number.isFinite(number)) note(scan, 'body-number-out-of-range', start)
  scan.value = isPlainInteger(written) ? number : NOT_PLAIN
  return true
}

function skipDigits(scan: Scan): boolean {
  const start = scan.at
  for (;;) {
    const code = scan.text.charCodeAt(scan.at)
    if (!(code >= ZERO && code <= NINE)) return scan.at > start
    scan.at++
  }
}

function scanWord(scan: Scan, word: string, value: boolean | null): boolean {
  if (!scan.text.startsWith(word, scan.at)) return unexpected(scan, 'a JSON value')
  scan.at += word.length
  scan.value = value
  return true
}

// A line feed is legal JSON only here, between tokens, so counting lines costs the hot path nothing.
function skipSpace(scan: Scan): void {
  for (;;) {
    const code = scan.text.charCodeAt(scan.at)
    if (code > SPACE) return
    if (code === LINE_FEED) {
      scan.line++
      scan.lineStart = scan.at + 1
    } else if (code !== SPACE && code !== TAB && code !== RETURN) return
    scan.at++
  }
}
