// docs/problems.md, the catalogue and the pages of the service say the same of every refusal: nothing is missing in
// any of them, and nothing is left over. What no code raises is not promised.
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { FAULTS } from '../../src/contract/faults.ts'
import { PROBLEMS } from '../../src/contract/problems.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const text = readFileSync(`${root}docs/problems.md`, 'utf8')

const sections = text.split(/^### /m).slice(1)
const sectionOf = new Map(
  sections.map((section) => [/^`([a-z-]+)`$/m.exec(section)?.[1] ?? section, section]),
)
const rows = new Map(
  [...text.matchAll(/^\| `([a-z0-9-]+)` \| (.+?) \|$/gm)].map(([, code, meaning]) => [code, meaning]),
)

t.test('every problem has its section, and every section its problem', async (t) => {
  t.equal(sectionOf.size, sections.length, 'no code has two')
  t.strictSame([...sectionOf.keys()].sort(), Object.keys(PROBLEMS).sort())
  for (const [code, { status, title, meaning, todo }] of Object.entries(PROBLEMS)) {
    const section = sectionOf.get(code) ?? ''
    t.match(section, `Status ${status}. ${title}.`, code)
    t.ok(section.includes(meaning), `${code}: what it means`)
    t.ok(section.includes(todo), `${code}: what to do`)
  }
})

t.test('every single fault has its row, and every row its fault', async (t) => {
  t.strictSame(Object.fromEntries(rows), FAULTS)
})

const CATALOGUES = ['contract/problems.ts', 'contract/faults.ts']

t.test('every code is one that the service can answer with', async (t) => {
  const source = globSync('src/**/*.ts', { cwd: root })
    .filter((file) => !CATALOGUES.some((name) => file.endsWith(name)))
    .map((file) => readFileSync(`${root}${file}`, 'utf8'))
    .join('\n')
  for (const code of [...Object.keys(PROBLEMS), ...Object.keys(FAULTS)])
    t.ok(source.includes(`'${code}'`), `${code} is raised somewhere`)
})

t.test('statuses are those that clients know how to treat', async (t) => {
  for (const [code, { status }] of Object.entries(PROBLEMS)) t.ok(status >= 400 && status < 600, code)
  t.equal(PROBLEMS.busy.status, 503)
  t.equal(PROBLEMS['rate-limited'].status, 429)
})
