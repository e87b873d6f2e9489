// The strict body parser: JSON.parse's language less what storage would lose, with every fault named at once.
import t from 'tap'
import type { BodyFaultCode } from '../../../src/contract/faults.ts'
import { parseStrictJson } from '../../../src/http/core/bodies/strict-json.ts'
import { hostileBodies } from '../../hostile/corpus.ts'

const parse = (text: string) => parseStrictJson(Buffer.from(text))
const faultsOf = (body: Buffer | string) => {
  const result = parseStrictJson(Buffer.from(body))
  return result.ok ? [] : result.faults
}
const nested = (levels: number, innermost = '') => '['.repeat(levels) + innermost + ']'.repeat(levels)

t.test('a body that is plain JSON comes out as JSON.parse reads it', async (t) => {
  const most = '9'.repeat(16)
  const rows: readonly [text: string, why: string][] = [
    ['{}', 'the smallest object'],
    [` \t\r\n[ 1 , 0 , -1 , 10 , ${most} , -${most} ] \n`, 'white space and every form of whole number'],
    ['"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041"', 'every kind of escape'],
    [
      '"\\ud83d\\ude00 😀 ١٢ \u2028\ufffd"',
      'pairs, escaped and raw, and a replacement character sent as such',
    ],
    ['{"a":{"a":1},"A":2,"":3," a":4}', 'the same name in another object, another case, empty, with a space'],
    ['{"toString":1,"hasOwnProperty":2,"proto":3}', 'names that only look dangerous'],
    ['[true,false,null]', 'the three words'],
    [nested(32), '32 levels, the most allowed'],
    [`[${'1,'.repeat(19_998)}1]`, '20,000 names and values, the most allowed'],
  ]
  for (const [text, why] of rows) t.strictSame(parse(text), { ok: true, value: JSON.parse(text) }, why)
})

t.test('a number is judged by its text: written otherwise than in plain digits, it is none', async (t) => {
  const rows: readonly [text: string, why: string][] = [
    ['41.99999999999999999', 'is 42 once it is read'],
    ['1.0', 'a point'],
    ['1e2', 'an exponent'],
    ['1E+2', 'a plus'],
    ['1e-400', 'is 0 once it is read'],
    ['-0', 'a minus before nothing'],
    ['1.0000000000000000001', 'is 1 once it is read'],
    [`1${'0'.repeat(16)}`, 'seventeen digits'],
    [`${'9'.repeat(308)}.${'9'.repeat(400)}`, 'very long and still finite'],
  ]
  for (const [text, why] of rows)
    t.strictSame(parse(`{"a":[${text}]}`), { ok: true, value: { a: [Number.NaN] } }, `${text}: ${why}`)
})

t.test('a name with an escape is read as itself, whatever names earlier bodies had', async (t) => {
  // JSON.parse answers {"a":1,"\\":2} here once another text had the name \\ in this place.
  JSON.parse('{"a":1,"\\\\":2}')
  for (const [spelt, name] of [
    ['\\u0041', 'A'],
    ['\\n', '\n'],
    ['\\"', '"'],
    ['\\u00e9', 'é'],
  ] as const) {
    t.strictSame(parse(`{"a":1,"${spelt}":2}`), { ok: true, value: { a: 1, [name]: 2 } }, spelt)
  }
})

t.test('a body that cannot be kept as sent is refused with its own code and place', async (t) => {
  const rows: readonly [body: string, code: BodyFaultCode, pointer: string, why: string][] = [
    ['', 'body-empty', '', 'no bytes'],
    [' \r\n\t', 'body-empty', '', 'white space alone'],
    ['\ufeff{}', 'body-not-json', '', 'a byte order mark'],
    ['{"a":1,}', 'body-not-json', '', 'a trailing comma'],
    ["{'a':1}", 'body-not-json', '', 'single quotes'],
    ['{"a":[1,2', 'body-not-json', '/a', 'cut short'],
    ['{"a":tru}', 'body-not-json', '/a', 'a broken word'],
    ['{"a":01}', 'body-not-json', '', 'a leading zero'],
    ['{"a":NaN}', 'body-not-json', '/a', 'not a JSON number'],
    ['{"a":.5}', 'body-not-json', '/a', 'no digit before the point'],
    ['[1.]', 'body-not-json', '/0', 'no digit after the point'],
    ['[1e+]', 'body-not-json', '/0', 'no digit in the exponent'],
    ['[-]', 'body-not-json', '/0', 'no digit after the minus'],
    ['{} {}', 'body-not-json', '', 'two documents'],
    ['["\t"]', 'body-not-json', '/0', 'a raw tab in a string'],
    ['["\\x41"]', 'body-not-json', '/0', 'an escape JSON does not have'],
    ['["\\u12g4"]', 'body-not-json', '/0', 'an escape that is not hexadecimal'],
    ['["\\u 12"]', 'body-not-json', '/0', 'an escape that Number() would read'],
    [nested(33), 'body-too-deep', '/0'.repeat(32), '33 levels'],
    [nested(100_000), 'body-too-deep', '/0'.repeat(32), 'deep enough to exhaust a stack'],
    [`[${'1,'.repeat(19_999)}1]`, 'body-too-many-tokens', '/19999', 'one value too many'],
    ['{"a":1,"a":2}', 'body-duplicate-key', '/a', 'the same name twice'],
    ['{"a":1,"\\u0061":2}', 'body-duplicate-key', '/a', 'the same name, spelt with an escape'],
    ['{"x":[{"a/b~":1,"a/b~":1}]}', 'body-duplicate-key', '/x/0/a~1b~0', 'a pointer escapes / and ~'],
    ['{"a":"b\\u0000"}', 'body-nul-character', '/a', 'an escaped NUL in a string'],
    ['{"a":{"\\u0000":1}}', 'body-nul-character', '/a', 'an escaped NUL in a name points to its object'],
    ['{"a":"b\0"}', 'body-nul-character', '/a', 'a raw NUL in a string'],
    ['["\\ud800"]', 'body-lone-surrogate', '/0', 'a high half alone'],
    ['["\\ud800x\\udc00"]', 'body-lone-surrogate', '/0', 'halves apart'],
    ['["\\udc00\\ud800"]', 'body-lone-surrogate', '/0', 'halves the wrong way round'],
    ['["\\ud83d😀"]', 'body-lone-surrogate', '/0', 'an escaped half before a raw pair'],
    ['{"\\udfff":1}', 'body-lone-surrogate', '', 'half a character in a name'],
    ['{"a":{"__proto__":{}}}', 'body-forbidden-key', '/a', 'would reach a prototype'],
    ['{"__pr\\u006fto__":{}}', 'body-forbidden-key', '', 'the same, spelt with an escape'],
    ['{"constructor":{"x":1}}', 'body-forbidden-key', '', 'half of constructor.prototype'],
    ['{"prototype":1}', 'body-forbidden-key', '', 'the other half'],
    ['{"a":1e309}', 'body-number-out-of-range', '/a', 'parses to infinity'],
    ['[-1E+400]', 'body-number-out-of-range', '/0', 'parses to minus infinity'],
    [`[${'9'.repeat(400)}]`, 'body-number-out-of-range', '/0', 'infinity without an exponent'],
  ]
  for (const [body, code, pointer, why] of rows) {
    t.match(faultsOf(body), [{ code, pointer }], why)
    t.equal(faultsOf(body).length, 1, `${why}: one fault`)
  }
})

t.test('bytes that are not UTF-8 are refused with the offset of the first wrong one', async (t) => {
  const rows: readonly [hex: string, offset: number, why: string][] = [
    ['ff', 0, 'a byte UTF-8 never has'],
    ['2261c32261', 2, 'a sequence cut by a quote'],
    ['22c3', 1, 'a sequence cut by the end'],
    ['22eda08022', 1, 'a surrogate written in three bytes'],
    ['22c08022', 1, 'an overlong NUL'],
    ['22efbfbde282acff', 7, 'after a real replacement character and a euro sign'],
    ['fffe7b007d00', 0, 'UTF-16'],
  ]
  for (const [hex, offset, why] of rows) {
    const faults = faultsOf(Buffer.from(hex, 'hex'))
    t.match(faults, [{ code: 'body-not-utf8', pointer: '' }], why)
    t.match(faults[0]?.detail, `Byte ${offset}:`, why)
  }
})

t.test('all faults that leave the rest readable are reported together, up to fifty', async (t) => {
  const codes = faultsOf('{"a":1,"a":"\\u0000\\u0000\\ud800","b":[1e999,{"c":1,"c":2}]').map((f) => f.code)
  t.strictSame(codes, [
    ...['body-duplicate-key', 'body-nul-character', 'body-lone-surrogate', 'body-number-out-of-range'],
    ...['body-duplicate-key', 'body-not-json'],
  ])
  const many = faultsOf(`{${'"a":1,'.repeat(500)}`)
  t.equal(many.length, 50)
  t.equal(many.at(-1)?.code, 'body-not-json', 'the reason the scan ended is never crowded out')
})

t.test('a fault says where it is and never repeats the body', async (t) => {
  const [fault] = faultsOf('{\n  "name": "Secretname",\n  "note": Secretnote\n}')
  t.equal(
    fault?.detail,
    'Line 3, column 11: found another character; expected a JSON value. Send one valid JSON document.',
  )
  const secret = 'Zq7'.repeat(100)
  const bodies = [
    `{"a":"${secret}`,
    `{"a":${secret}}`,
    `{"${secret}":1,"${secret}":2}`,
    `["${secret}\\u0000"]`,
  ]
  bodies.push(`{"${secret}" 1}`, `["\\${secret}"]`, `{"${secret}":{"a":1,"a":2}}`)
  for (const body of bodies) t.notMatch(JSON.stringify(faultsOf(body)), 'Zq7')
  for (const { pointer } of faultsOf(`{"${'k'.repeat(150)}":{"${'m'.repeat(150)}":"\\u0000"}}`)) {
    t.equal(
      pointer,
      `/${'k'.repeat(150)}`,
      'a long pointer stops at the last whole name within 200 characters',
    )
  }
})

t.test(
  'of a hostile corpus, what is broken is refused and what only breaks a schema is let through',
  async (t) => {
    const valid = {
      ...{
        assessmentRef: 'A-1',
        revision: 1,
        userGroup: 'adults',
        assessedOn: '2026-04-07',
        otherNeeds: false,
      },
      questionnaire: { key: 'sample-adult', version: 1 },
      answers: { nutrition: 'medium', hygiene: 'low' },
      eligibility: { eligible: true, outcomesNotMet: ['nutrition', 'hygiene'] },
      currentCostAnnual: '12000.00',
    }
    const wrong = new Set<string>()
    const counts = { json: 0, schema: 0, 'content-type': 0 }
    for (const { name, bytes } of hostileBodies(valid, 4_000, 20_260_407)) {
      const kind = name.startsWith('json') ? 'json' : name.startsWith('schema') ? 'schema' : 'content-type'
      counts[kind]++
      if (parseStrictJson(bytes).ok === (kind === 'json')) wrong.add(name)
    }
    t.strictSame([...wrong], [])
    t.ok(counts.json > 1_000 && counts.schema > 2_000 && counts['content-type'] > 50, JSON.stringify(counts))
    const digest = () => [...hostileBodies(valid, 300, 7)].map(({ name, bytes }) => `${name} ${bytes.length}`)
    t.strictSame(digest(), digest(), 'the same seed gives the same bodies')
  },
)
