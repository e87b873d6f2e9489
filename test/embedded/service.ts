// A service that starts the embedded PostgreSQL, reports one line of JSON and stays until it is killed.
import { type AlreadyRunningError, startEmbeddedPostgres } from '../../src/embedded/postgres.ts'

const [dataDir = '', fallbackRoot = ''] = process.argv.slice(2)
const silent = { info: () => undefined, warn: () => undefined }

try {
  const { adminUrl, dataDir: real } = await startEmbeddedPostgres({ dataDir, fallbackRoot, log: silent })
  process.stdout.write(`${JSON.stringify({ adminUrl, dataDir: real })}\n`)
  setInterval(() => undefined, 1000)
} catch (error) {
  const { name, message, pid } = error as AlreadyRunningError
  process.stdout.write(`${JSON.stringify({ error: name, message, pid })}\n`)
}
