// The examples in openapi/examples are what the service answers today: told again, the story gives the same files.
import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { recordExamples } from '../../../scripts/openapi-examples/record.ts'
import { cloneTemplate } from '../../support/template-database.ts'

const folder = new URL('../../../openapi/examples/', import.meta.url)

t.test('the examples are those that "npm run openapi:examples" records', async (t) => {
  const cloned = await cloneTemplate()
  const files = await recordExamples(cloned)
  t.strictSame([...files.keys()].sort(), readdirSync(folder).sort())
  for (const [name, text] of files) t.equal(text, readFileSync(new URL(name, folder), 'utf8'), name)
})
