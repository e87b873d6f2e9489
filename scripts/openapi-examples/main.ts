// Writes openapi/examples/: what requests and answers look like, recorded from the service itself. "npm run openapi"
// then puts them into the OpenAPI document.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { withDatabase } from '../../test/support/template-database.ts'
import { startTestDatabase } from '../test-database.ts'
import { recordExamples } from './record.ts'

const folder = new URL('../../openapi/examples/', import.meta.url)
// The document is read for the names of its schemas, and looks here.
await mkdir(folder, { recursive: true })
const server = await startTestDatabase()
try {
  const files = await recordExamples({
    adminUrl: withDatabase(server.adminUrl, 'openras_template'),
    applicationUrl: withDatabase(server.applicationUrl, 'openras_template'),
  })
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  for (const [name, text] of files) await writeFile(new URL(name, folder), text)
  console.log(`openapi/examples: ${files.size} written`)
} finally {
  await server.stop()
}
