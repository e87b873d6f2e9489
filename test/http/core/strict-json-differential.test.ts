// The strict body parser against the values spelt, JSON.parse and isUtf8: random values, spelt in many ways,
// whole and damaged.
import assert from 'node:assert/strict'
import { isUtf8 } from 'node:buffer'
import fc from 'fast-check'
import t from 'tap'
import type { BodyFaultCode } from '../../../src/contract/faults.ts'
import { parseStrictJson, type StrictJson } from '../../../src/http/core/bodies/strict-json.ts'
import { draws } from '../../support/draws.ts'

const parse = (text: string) => parseStrictJson(Buffer.from(text))
const codesOf = (result: StrictJson) => new Set(result.ok ? [] : result.faults.map((fault) => fault.code))

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

const escaped = (plain: string, upper: boolean) =>
  Array.from({ length: plain.length }, (_, at) => {
    const hex = plain.charCodeAt(at).toString(16).padStart(4, '0')
    return `\\u${upper ? hex.toUpperCase() : hex}`
  }).join('')
const escapeStrings = (text: string, upper: boolean) =>
  text.replace(/"(?:[^"\\]|\\.)*"/g, (literal) => `"${escaped(JSON.parse(literal), upper)}"`)
const spellings: readonly ((value: Json) => string)[] = [
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, null, 2),
  (value) => `\r\n${JSON.stringify(value, null, '\t')} `,
  (value) => escapeStrings(JSON.stringify(value), false),
  (value) => escapeStrings(JSON.stringify(value), true),
]
const anyUnit = fc.oneof(
  ...[
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('__proto__', 'constructor', 'prototype', ''),
  ],
  fc.string({ unit: fc.constantFrom('\0', '\ud83d', '\ude00', 'a', '"', '\\', '/', '\u2028'), maxLength: 4 }),
)
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    // JSON.stringify spells minus zero as 0, so adding zero makes what is spelt what is drawn.
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    ...[anyUnit, fc.integer(), fc.maxSafeInteger(), fc.boolean()],
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(anyUnit, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value
const spelling = fc.constantFrom(...spellings)
const spelt = fc.tuple(json, spelling).map(([value, spell]) => spell(value))

function refusalsDue(value: Json, due = new Set<BodyFaultCode>()): Set<BodyFaultCode> {
  const note = (text: string) => {
    if (text.includes('\0')) due.add('body-nul-character')
    if (!text.isWellFormed()) due.add('body-lone-surrogate')
  }
  if (typeof value === 'string') note(value)
  if (value === null || typeof value !== 'object') return due
  for (const [name, inner] of Object.entries(value)) {
    note(name)
    if (['__proto__', 'constructor', 'prototype'].includes(name)) due.add('body-forbidden-key')
    refusalsDue(inner, due)
  }
  return due
}

/** As it is read: a number that is not spelt in plain digits is none. */
const read = (value: Json): Json => {
  if (typeof value === 'number') return /^-?[0-9]{1,16}$/.test(JSON.stringify(value)) ? value : Number.NaN
  if (Array.isArray(value)) return value.map(read)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, read(inner)]))
}

t.test(
  'any JSON value, however it is spelt, is read as what it is or refused for a reason it has',
  async (t) => {
    const property = fc.property(json, spelling, (value, spell) => {
      const result = parse(spell(value))
      assert.deepStrictEqual(codesOf(result), refusalsDue(value))
      if (result.ok) assert.deepStrictEqual(result.value, read(value))
    })
    fc.assert(property, { numRuns: draws(1000) })
    t.pass(`${draws(1000)} random values`)
  },
)

const shard = fc.oneof(
  fc.constantFrom(...Array.from('{}[]:,"\\/ubE+-.019 \n\t\0\u001f\u007f\u00a0\ufeff\'é')),
  fc.constantFrom(
    'true',
    'nul',
    '\\u',
    '\\ud83d',
    '\\u0000',
    '1e999',
    '00',
    '{"a":1,"a":2}',
    '"__proto__":1,',
  ),
)
const cut = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  drop: fc.nat(3),
  add: fc.option(shard),
})
const broken = fc.tuple(spelt, fc.array(cut, { minLength: 1, maxLength: 3 })).map(([text, cuts]) =>
  cuts.reduce((now, { at, drop, add }) => {
    const start = Math.floor(at * now.length)
    return now.slice(0, start) + (add ?? '') + now.slice(start + drop)
  }, text),
)
const readable = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

t.test('a damaged text is not JSON here exactly when it is not JSON to JSON.parse', async (t) => {
  const seen = { ok: 0, broken: 0, refused: 0 }
  const property = fc.property(
    fc.oneof({ weight: 6, arbitrary: broken }, { weight: 1, arbitrary: fc.string({ unit: shard }) }),
    (damaged) => {
      const text = Buffer.from(damaged).toString()
      const codes = codesOf(parse(text))
      const broken = codes.has('body-not-json') || codes.has('body-empty')
      seen[broken ? 'broken' : codes.size > 0 ? 'refused' : 'ok']++
      // A raw NUL breaks the JSON too, but is named for what it is.
      const rawNul = text.includes('\0') && codes.has('body-nul-character')
      if (!rawNul) assert.equal(broken, !readable(text))
    },
  )
  fc.assert(property, { numRuns: draws(1000) })
  t.ok(seen.ok > 15 && seen.broken > 600 && seen.refused > 2, `all three happen: ${JSON.stringify(seen)}`)
})

t.test('bytes are refused as not UTF-8 exactly when they are not', async (t) => {
  const tail = fc.tuple(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 4 }))
  const property = fc.property(tail, ([text, bytes]) => {
    const body = Buffer.concat([Buffer.from(text), bytes])
    assert.equal(codesOf(parseStrictJson(body)).has('body-not-utf8'), !isUtf8(body))
  })
  fc.assert(property, { numRuns: draws(1000) })
  t.pass(`${draws(1000)} random bodies`)
})

t.test('every repeat of a name in an object is found, however the name is spelt', async (t) => {
  const member = fc.tuple(fc.constantFrom('a', 'b', 'é', '😀', '1', 'a"b'), fc.boolean())
  const property = fc.property(fc.array(member, { maxLength: 12 }), (members) => {
    const spell = (name: string, asUnits: boolean) =>
      asUnits ? `"${escaped(name, false)}"` : JSON.stringify(name)
    const text = `{${members.map(([name, asUnits]) => `${spell(name, asUnits)}:{"a":1}`).join()}}`
    const repeats = members.length - new Set(members.map(([name]) => name)).size
    const result = parse(text)
    assert.equal(result.ok ? 0 : result.faults.length, repeats)
  })
  fc.assert(property, { numRuns: draws(200) })
  t.pass(`${draws(200)} random objects`)
})
