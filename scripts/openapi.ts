// Writes openapi/openapi.json from the routes; with --check only compares, and fails on a difference.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import pino from 'pino'
import { createApp } from '../src/app.ts'
import { openDatabase } from '../src/store/database.ts'

const file = new URL('../openapi/openapi.json', import.meta.url)

async function document(): Promise<string> {
  // No connection is made: the routes are described without a database.
  const database = openDatabase({
    url: 'postgres://nobody@127.0.0.1:1/nothing',
    poolSize: 2,
    onIdleError: () => {},
  })
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  const app = await createApp({
    database,
    logger: pino({ level: 'silent' }),
    release: version,
    credentialChecks: [],
    publicEstimatesPerMinute: 30,
    trustProxy: false,
    stopping: () => false,
  })
  await app.ready()
  const text = `${JSON.stringify(app.swagger(), null, 2)}\n`
  await app.close()
  await database.close()
  return text
}

const made = await document()
if (process.argv.includes('--check')) {
  const committed = await readFile(file, 'utf8').catch(() => '')
  if (committed !== made) {
    console.error(
      'openapi/openapi.json is not what the routes say. Run "npm run openapi" and commit the result.',
    )
    process.exitCode = 1
  }
} else {
  await mkdir(new URL('.', file), { recursive: true })
  await writeFile(file, made)
  console.log('openapi/openapi.json written')
}
