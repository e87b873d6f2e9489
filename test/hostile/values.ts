// The values that have broken services before: JSON texts, strings and names that must never be accepted.
const times = (text: string, count: number) => text.repeat(count)
const nest = (levels: number) => [
  times('[', levels) + times(']', levels),
  `${times('{"a":', levels)}0${times('}', levels)}`,
]

/** JSON texts by type, to be put where another type belongs. */
export const wrongTypes: Readonly<Record<string, readonly string[]>> = {
  string: ['"text"', '""', '"1"', '"true"', '"false"', '"null"', '"NaN"', '"Infinity"', '"[]"', '"{}"'],
  number: ['0', '1', '-1', '-0', '0.1', '1e308', '1e-320', '9007199254740992', '-9007199254740993', '1e21'],
  boolean: ['true', 'false'],
  array: ['[]', '[null]', '["text"]', '[[]]', '[{}]', '[1,2,3]', `[${times('1,', 9_999)}1]`],
  object: ['{}', '{"value":1}', '{"length":1}', '{"toString":"x"}', '{"$ref":"#"}', '{"0":"x"}'],
}

/** Not JSON, wherever they stand. */
export const brokenValues = [
  ...['NaN', '-NaN', 'Infinity', '-Infinity', 'undefined', "'text'", '01', '-01', '+1', '0x10', '1.', '.5'],
  ...['1e', '1e+', '-', '--1', '1_000', '1,000,', 'tru', 'True', 'nul', 'None', '١٢', '{a:1}', '{"a" 1}'],
  ...[
    '{"a":1,}',
    '[1,]',
    '[1 2]',
    '[,]',
    '{,}',
    '"\t"',
    '"\n"',
    '"\\x41"',
    '"\\u12"',
    '"\\u{41}"',
    '"\\',
    '"',
  ],
  ...['/* */1', '1 // note', '[', '{', ']', '}', '', '\u00a01', '\ufeff1', '\u20281', '1n', 'new Date()'],
]

/** JSON to JSON.parse, refused by the strict parser. */
export const refusedValues = [
  ...['1e400', '-1E+309', times('9', 400), '"\\u0000"', '"a\\u0000b"', '{"\\u0000":1}', '{"\\udc00":1}'],
  ...['"\\ud800"', '"\\udfff"', '"\\ud83d\\u0041"', '"\\udc00\\ud800"', '"\\ud83d😀"', '["\\udbff"]'],
  ...['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}', '{"a":1,"a":1}'],
  ...['{"a":1,"\\u0061":2}', '{"":1,"":2}', '[{"__proto__":null}]'],
]

export const deepValues = [33, 100, 1_000, 10_000, 20_000].flatMap((levels) => [
  ...nest(levels),
  times('[', levels * 5),
])
export const nestedValues = nest(10)
export const longValues = [
  `[${times('0,', 29_999)}0]`,
  `[${times('{},', 29_999)}{}]`,
  `[${times('"a",', 29_999)}""]`,
]
export const reservedNames = [
  '"__proto__"',
  '"constructor"',
  '"prototype"',
  '"\\u005f_proto__"',
  '"constr\\u0075ctor"',
]
export const brokenNames = [
  'a',
  "'a'",
  '1',
  'null',
  '"\\ud800"',
  '"a\\u0000"',
  '"a\0"',
  '"a\n"',
  '""""',
  '{}',
]
export const afterTheEnd = ['}', ']', ',', 'x', '\0', '{}', '\n1', '//', '"', '\u00a0', ';']
export const documents = [
  'null',
  'true',
  '0',
  '1e308',
  '"text"',
  '""',
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '{"":{}}',
]

export const dates = [
  ...['2026-02-30', '2025-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '0000-01-01'],
  ...[
    '9999-99-99',
    '2026-1-1',
    '26-01-01',
    '2026-04-07T00:00:00Z',
    '2026-04-07 00:00',
    '07/04/2026',
    '20260407',
  ],
  ...[' 2026-04-07', '2026-04-07 ', '2026-04-07\n', '+002026-04-07', '-2026-04-07', '2026-W15-2', '2026-097'],
  ...[
    '٢٠٢٦-٠٤-٠٧',
    '２０２６-04-07',
    '2026–04–07',
    '2026-04-07Z',
    'today',
    'NaN',
    '',
    '1e308',
    '12026-04-07',
  ],
]

export const decimals = [
  ...[
    '1e5',
    '1E5',
    '١٢',
    '１２.00',
    '1.2.3',
    '-1',
    '-0',
    ' 1',
    '1 ',
    '1\n',
    '1,000',
    '1_000',
    '1.',
    '.5',
    '+1',
  ],
  ...[
    '0x10',
    '1e308',
    'NaN',
    'Infinity',
    '-Infinity',
    '£1',
    '1 000',
    '--1',
    '1..2',
    '12,50',
    '½',
    '²',
    'one',
    '',
  ],
  ...[times('9', 100), `0.${times('0', 100)}1`, `${times('9', 60)}.99`, '\u200b1', '1\u0660', 'null', 'true'],
]

/** Strings that resemble a code without being it. */
export const codesLike = (code: string) => [
  ...[
    'NaN',
    'Infinity',
    'null',
    'undefined',
    'true',
    '0',
    '-1',
    '1e308',
    '__proto__',
    'constructor',
    'toString',
  ],
  ...[
    `${code} `,
    ` ${code}`,
    `${code}\n`,
    `${code}\u200b`,
    `\u202e${code}`,
    `${code}\u0301`,
    `${code}${code}`,
  ],
  ...[
    '😀',
    'שלום',
    '中',
    "'; DROP TABLE assessment; --",
    '../../etc/passwd',
    '<script>',
    '%00',
    '{{7*7}}',
    '$1',
  ],
  times('x', 10_000),
]

const long = times('k', 10_000)

/** Names no schema of ours has. */
export const names = [
  ...[
    'extra',
    '',
    ' ',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '__defineGetter__',
    '$ref',
    '$schema',
    '0',
    '-1',
  ],
  ...['😀', 'שם', 'اسم', '\u202ename', '\u200b', 'a/b~c', 'a.b', "a'b", 'a"b', 'a\\b', '\n', long, 'É'],
]

export const renamings: readonly ((name: string) => string)[] = [
  ...[(name: string) => `${name}_`, (name: string) => `${name} `, (name: string) => ` ${name}`],
  ...[(name: string) => `${name}\u200b`, (name: string) => `😀${name}`, (name: string) => `\u202e${name}`],
  ...[
    (name: string) => `x-${name}`,
    (name: string) => `${name}[]`,
    (name: string) => `${name}.0`,
    () => long,
  ],
  (name) => (name.toUpperCase() === name ? `${name}_` : name.toUpperCase()),
]

export const contentTypes = [
  ...['text/plain', '', 'application/xml', 'application/json; charset=utf-16', 'application/jsonx', 'json'],
  ...['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/octet-stream'],
]
