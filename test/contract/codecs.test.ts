// Stored text is read in one place for each form of it, so that nobody casts it to a shape of their own.
import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'

const SOURCE = new URL('../../src/', import.meta.url)

/** Who reads stored text, and what it says there. */
const CODECS: Readonly<Record<string, string>> = {
  'operations/assessment/stored-intake.ts': 'an assessment with its allocation',
  'operations/cohort/read-part.ts': 'what was rejected of a part',
  'operations/document/read-report.ts': 'the frozen reports of a table',
  'operations/document/version-view.ts': 'a version of a document',
  'operations/run/outcome-text.ts': 'a person of a run',
  'operations/run/results.ts': 'the results of a run',
  'operations/run/stored-run.ts': 'the request of a run',
}

/** What is no stored text: bodies and cursors, judged as they are read, and the OpenAPI document. */
const SENT = /^http\/core\/(bodies|requests|openapi)\//

const readers = ['operations', 'http', 'pages'].flatMap((layer) =>
  readdirSync(new URL(`${layer}/`, SOURCE), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `${layer}/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\bJSON\.parse\(/.test(readFileSync(new URL(path, SOURCE), 'utf8'))),
)

t.test('stored text is parsed by its codec alone', async (t) => {
  const others = readers.filter((path) => !SENT.test(path))
  t.strictSame(others.sort(), Object.keys(CODECS).sort())
})
