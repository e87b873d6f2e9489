// Databases for tests, cloned from one migrated template on the server that `npm test` started. None is dropped: a drop
// costs as much as a clone and waits for a checkpoint of all, and the whole server goes when the tests have ended.
import { randomUUID } from 'node:crypto'
import pg from 'pg'

export const TEMPLATE = 'openras_template'

export type ClonedDatabase = {
  readonly name: string
  readonly adminUrl: string
  readonly applicationUrl: string
}

export async function cloneTemplate(): Promise<ClonedDatabase> {
  const server = serverUrl('OPENRAS_TEST_ADMIN_URL')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(`create database ${name} template ${TEMPLATE}`)
  } finally {
    await client.end()
  }
  return {
    name,
    adminUrl: withDatabase(server, name),
    applicationUrl: withDatabase(serverUrl('OPENRAS_TEST_APPLICATION_URL'), name),
  }
}

function serverUrl(variable: string): string {
  const url = process.env[variable]
  if (url === undefined)
    throw new Error(`${variable} is not set: run tests with "npm test", or "npm test -- FILE…".`)
  return url
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
