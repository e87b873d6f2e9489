// Databases for tests: each file's is cloned from one migrated template on the server that `npm test` started.
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
  await onServer(server, `create database ${name} template ${TEMPLATE}`)
  return {
    name,
    adminUrl: withDatabase(server, name),
    applicationUrl: withDatabase(serverUrl('OPENRAS_TEST_APPLICATION_URL'), name),
  }
}

export async function dropDatabase({ name }: ClonedDatabase): Promise<void> {
  await onServer(serverUrl('OPENRAS_TEST_ADMIN_URL'), `drop database if exists ${name} with (force)`)
}

function serverUrl(variable: string): string {
  const url = process.env[variable]
  if (url === undefined)
    throw new Error(`${variable} is not set: run tests with "npm test", or "npm test -- FILE…".`)
  return url
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
