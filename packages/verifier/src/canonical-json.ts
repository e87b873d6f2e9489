// Reads canonical JSON (RFC 8785) and nothing else: no space, names in order and each once, each text and number in its
// one form. Two programs cannot read such a line in two ways.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [name: string]: Json }

export class NotCanonical extends Error {}

const DEEPEST = 100

/** The value of a text; throws NotCanonical. The text has to be well-formed, as decoded UTF-8 is. */
export function readCanonical(text: string): Json {
  const reader = { text, at: 0 }
  const value = readValue(reader, 0)
  if (reader.at !== text.length) throw new NotCanonical()
  return value
}

type Reader = { readonly text: string; at: number }

function readValue(reader: Reader, depth: number): Json {
  if (depth > DEEPEST) throw new NotCanonical()
  switch (reader.text[reader.at]) {
    case '{':
      return readObject(reader, depth)
    case '[':
      return readArray(reader, depth)
    case '"':
      return readString(reader)
    case 'n':
      return word(reader, 'null', null)
    case 't':
      return word(reader, 'true', true)
    case 'f':
      return word(reader, 'false', false)
    default:
      return readNumber(reader)
  }
}

function readObject(reader: Reader, depth: number): JsonObject {
  // Without a prototype, so that no name means anything.
  const object: Record<string, Json> = Object.create(null)
  reader.at += 1
  if (took(reader, '}')) return object
  let before: string | null = null
  do {
    if (reader.text[reader.at] !== '"') throw new NotCanonical()
    const name = readString(reader)
    // By UTF-16 code units, which is how texts compare here. Equal names are not in order either.
    if (before !== null && name <= before) throw new NotCanonical()
    before = name
    expect(reader, ':')
    object[name] = readValue(reader, depth + 1)
  } while (took(reader, ','))
  expect(reader, '}')
  return object
}

function readArray(reader: Reader, depth: number): readonly Json[] {
  const list: Json[] = []
  reader.at += 1
  if (took(reader, ']')) return list
  do list.push(readValue(reader, depth + 1))
  while (took(reader, ','))
  expect(reader, ']')
  return list
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be escaped.
const PLAIN = /[^"\\\u0000-\u001f]*/y
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}
// Controls that have no short form.
const LONG_ESCAPE = /u00(?:0[0-7bef]|1[0-9a-f])/y

function readString(reader: Reader): string {
  const { text } = reader
  reader.at += 1
  let value = ''
  for (;;) {
    value += matched(reader, PLAIN)
    const next = text[reader.at]
    reader.at += 1
    if (next === '"') return value
    if (next !== '\\') throw new NotCanonical()
    const short = ESCAPES[text[reader.at] ?? '']
    if (short !== undefined) {
      value += short
      reader.at += 1
    } else {
      const long = matched(reader, LONG_ESCAPE)
      if (long === '') throw new NotCanonical()
      value += String.fromCharCode(Number.parseInt(long.slice(1), 16))
    }
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:e[+-][0-9]+)?/y

function readNumber(reader: Reader): number {
  const written = matched(reader, NUMBER)
  const value = Number(written)
  if (written === '' || String(value) !== written) throw new NotCanonical()
  return value
}

function matched(reader: Reader, form: RegExp): string {
  form.lastIndex = reader.at
  const [found = ''] = form.exec(reader.text) ?? []
  reader.at += found.length
  return found
}

function word<V extends Json>(reader: Reader, text: string, value: V): V {
  if (!reader.text.startsWith(text, reader.at)) throw new NotCanonical()
  reader.at += text.length
  return value
}

function took(reader: Reader, text: string): boolean {
  if (reader.text[reader.at] !== text) return false
  reader.at += 1
  return true
}

function expect(reader: Reader, text: string): void {
  if (!took(reader, text)) throw new NotCanonical()
}
