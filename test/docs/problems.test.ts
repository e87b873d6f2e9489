// docs/problems.md is what the catalogue says, and the catalogue promises nothing that no code raises.
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { problemsDocument } from '../../scripts/problems-document.ts'
import { FAULTS } from '../../src/contract/faults.ts'
import { PROBLEMS } from '../../src/contract/problems.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

t.test('docs/problems.md is made from the catalogue: "npm run openapi" where it is not', async (t) => {
  const text = readFileSync(`${root}docs/problems.md`, 'utf8')
  t.equal(text, problemsDocument(text))
  for (const code of [...Object.keys(PROBLEMS), ...Object.keys(FAULTS)])
    t.ok(text.includes(`\`${code}\``), `${code} is in it`)
})

t.test('the introduction is kept, and one without its mark is not written over', async (t) => {
  const mark = '<!-- Made from somewhere -->'
  t.match(
    problemsDocument(`Words.\n\n${mark}\nleft over\n`),
    new RegExp(`^Words\\.\n\n${mark}\n\n## Refusals`),
  )
  t.notMatch(problemsDocument(`${mark}\nleft over\n`), /left over/)
  t.throws(() => problemsDocument('Words.\n'), /has lost the comment/)
})

t.test('every code that the introduction puts in order is one', async (t) => {
  const [introduction = ''] = readFileSync(`${root}docs/problems.md`, 'utf8').split('<!-- Made from')
  const named = [...introduction.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, code]) => code ?? '')
  t.ok(named.length > 10)
  for (const code of named) t.ok(Object.hasOwn(PROBLEMS, code), code)
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
