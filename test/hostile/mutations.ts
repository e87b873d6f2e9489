// Every mutation of the hostile corpus, in the order in which they take turns.

import type { Mutation, Place, Subject } from './mutation.ts'
import {
  edited,
  flipped,
  garbled,
  inObjects,
  inserted,
  isObject,
  noise,
  pick,
  prefixed,
  replacing,
  unitsOf,
  upTo,
} from './mutation.ts'
import * as hostile from './values.ts'

const isDate = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
const isDecimal = (value: unknown) => typeof value === 'string' && /^\d+(\.\d+)?$/.test(value)
// Strings the caller chooses freely: only '' and huge ones are wrong.
const isFree = ({ pointer }: Place) => pointer.endsWith('Ref')
const isCode = (place: Place) =>
  typeof place.value === 'string' && !isDate(place.value) && !isDecimal(place.value) && !isFree(place)

const typeOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

function wrongFor({ value, pointer }: Place, { optional }: Subject): string[] {
  const type = typeOf(value)
  const raws = Object.entries(hostile.wrongTypes).flatMap(([kind, list]) => (kind === type ? [] : list))
  if (type === 'number') raws.push('1e308', '9007199254740992', '-1', '1.5', '1e21', '-1e-7', '4294967297')
  if (type === 'array') {
    const first = JSON.stringify(Array.isArray(value) ? (value[0] ?? 'x') : 'x')
    raws.push(
      '[null]',
      '[1]',
      '[[]]',
      '[{}]',
      '[""]',
      '["unknown-code"]',
      `[${`${first},`.repeat(9_999)}${first}]`,
    )
  }
  if (isObject(value)) {
    raws.push('{"":""}', '{"😀":"😀"}', '{"א":"ת"}')
    if (Object.keys(value).some((key) => !optional.has(`${pointer}/${key}`))) raws.push('{}')
  }
  return raws
}

const json = JSON.stringify
const isString = ({ value }: Place) => typeof value === 'string'
const isRequired = ({ pointer, path }: Place, { optional }: Subject) =>
  path.length > 0 && !optional.has(pointer)

/** The listed texts and, as often, the valid one with a character that no date, decimal or code has. */
function withMangled({ value }: Place, subject: Subject, listed: readonly string[]): string[] {
  const text = String(value)
  const mangled = listed.map(() => {
    const at = upTo(subject, text.length + 1)
    const wrong = String.fromCodePoint(
      upTo(subject, 2) === 0 ? 1 + upTo(subject, 32) : 0xa0 + upTo(subject, 0x2f00),
    )
    return `${text.slice(0, at)}${wrong}${text.slice(at)}`
  })
  return [...listed, ...mangled].map((text) => json(text))
}

const brokenBytes: readonly Mutation[] = [
  garbled('cut short', (bytes, subject) => bytes.subarray(0, upTo(subject, bytes.length))),
  garbled('flipped bits', flipped),
  garbled('wrong bytes inserted', inserted),
  garbled('random bytes', (_, subject) => noise(subject, upTo(subject, 4_000), 256)),
  garbled('random text', (_, subject) => noise(subject, upTo(subject, 4_000), 128)),
  garbled('byte order mark', (bytes) => Buffer.concat([Buffer.from('efbbbf', 'hex'), bytes])),
  garbled('UTF-16', (bytes) => Buffer.from(bytes.toString(), 'utf16le')),
  garbled('more after the end', (bytes, subject) =>
    Buffer.concat([bytes, Buffer.from(pick(subject, hostile.afterTheEnd) ?? '}')]),
  ),
]

const refusedJson: readonly Mutation[] = [
  replacing('json broken value', () => hostile.brokenValues),
  replacing('json refused value', () => hostile.refusedValues),
  replacing('json too deep', () => hostile.deepValues),
  replacing('json too many values', () => hostile.longValues),
  inObjects('json reserved name', (object, subject) => [
    prefixed(object, `${pick(subject, hostile.reservedNames)}:{"admin":true}`),
  ]),
  inObjects('json name twice', (object, subject) => {
    const [name, value] = pick(subject, Object.entries(object)) ?? ['', '']
    return [json(name), `"${unitsOf(name)}"`].map((spelt) => prefixed(object, `${spelt}:${json(value)}`))
  }),
  inObjects('json broken name', (object) => hostile.brokenNames.map((name) => prefixed(object, `${name}:1`))),
]

const wrongSchema: readonly Mutation[] = [
  edited('schema removed', () => undefined),
  edited('schema renamed', (key, subject) => pick(subject, hostile.renamings)?.(key) ?? `${key}_`),
  replacing('schema null', () => ['null'], isRequired),
  replacing('schema wrong type', wrongFor, ({ path }) => path.length > 0),
  replacing(
    'schema wrong document',
    ({ value }) => [...hostile.documents, `[${json(value)}]`, `{"data":${json(value)}}`],
    ({ path }) => path.length === 0,
  ),
  replacing(
    'schema nested',
    () => hostile.nestedValues,
    ({ path }) => path.length > 0,
  ),
  inObjects('schema unknown member', (object, subject) => {
    const name = pick(subject, hostile.names) ?? 'extra'
    return Object.hasOwn(object, name)
      ? []
      : [prefixed(object, `${json(name)}:${pick(subject, ['1', 'null', '"x"', '{}'])}`)]
  }),
  replacing(
    'schema wrong date',
    (place, subject) => withMangled(place, subject, hostile.dates),
    (place) => isDate(place.value) && !isFree(place),
  ),
  replacing(
    'schema wrong decimal',
    (place, subject) => withMangled(place, subject, hostile.decimals),
    (place) => isDecimal(place.value) && !isFree(place),
  ),
  replacing(
    'schema wrong code',
    (place, subject) => withMangled(place, subject, hostile.codesLike(String(place.value))),
    isCode,
  ),
  replacing('schema empty string', () => ['""'], isString),
  replacing(
    'schema huge string',
    (_, subject) => [json('x'.repeat(10_000 + upTo(subject, 290_000)))],
    isString,
  ),
]

const contentTypes: readonly Mutation[] = [
  (subject) => {
    const contentType = pick(subject, hostile.contentTypes) ?? ''
    return { name: `content-type ${contentType || 'missing'}`, bytes: Buffer.from(subject.text), contentType }
  },
]

// What a schema must catch is the larger part of the danger, so it takes two turns to the others' one.
export const mutations: readonly Mutation[] = [
  ...wrongSchema,
  ...brokenBytes,
  ...wrongSchema,
  ...refusedJson,
  ...contentTypes,
]
