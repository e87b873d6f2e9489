// Writes openapi/openapi.json from the routes and docs/problems.md from the catalogue of refusals; with --check only
// compares, and fails on a difference.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import pino from 'pino'
import { createApp } from '../src/app.ts'
import { workThreads } from '../src/operations/worker/threads.ts'
import { openDatabase } from '../src/store/database.ts'
import { TEST_LOG_KEY } from '../test/support/log-key.ts'
import { problemsDocument } from './problems-document.ts'

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
    threads: workThreads(),
    logger: pino({ level: 'silent' }),
    logKey: TEST_LOG_KEY,
    release: version,
    credentialChecks: [],
    publicEstimatesPerMinute: 30,
    uploadsAtOnce: 2,
    refusalsPerMinute: 20,
    trustProxy: 0,
    stopping: () => false,
  })
  await app.ready()
  const text = written(app.swagger() as Described)
  await app.close()
  await database.close()
  return text
}

type Described = { readonly components?: { readonly examples?: Readonly<Record<string, object>> } }

// An example stands on one line: it is read, and its changes are seen, in openapi/examples.
function written(document: Described): string {
  const examples = document.components?.examples ?? {}
  const names = Object.keys(examples)
  const marks = Object.fromEntries(names.map((name) => [name, `example ${name}`]))
  const components = { ...document.components, examples: marks }
  const text = JSON.stringify({ ...document, components }, null, 2)
  return `${text.replace(/"example ([^"]+)"(?=,?\n)/g, (whole, name) => JSON.stringify(examples[name]) ?? whole)}\n`
}

const problems = new URL('../docs/problems.md', import.meta.url)

await mkdir(new URL('.', file), { recursive: true })
await generate(file, 'openapi/openapi.json', document)
await generate(problems, 'docs/problems.md', async () => problemsDocument(await readFile(problems, 'utf8')))

async function generate(place: URL, name: string, make: () => Promise<string>): Promise<void> {
  const made = await make()
  if (!process.argv.includes('--check')) {
    await writeFile(place, made)
    console.log(`${name} written`)
  } else if ((await readFile(place, 'utf8').catch(() => '')) !== made) {
    console.error(`${name} is not what src says. Run "npm run openapi" and commit the result.`)
    process.exitCode = 1
  }
}
