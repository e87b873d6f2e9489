// Prints the types that clients are generated from the OpenAPI document with: "npm run clients" for TypeScript,
// "npm run clients -- csharp" for C#. The generators are installed beside this file when it first runs.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { definitionsFor, type Schemas, withUnions } from './csharp.ts'

const run = promisify(execFile)
const here = fileURLToPath(new URL('.', import.meta.url))
const document = fileURLToPath(new URL('../../openapi/openapi.json', import.meta.url))
const LONG = { maxBuffer: 64 * 1024 * 1024 }

async function installed(command: string): Promise<string> {
  const file = join(here, 'node_modules', '.bin', command)
  if (!existsSync(file))
    await run('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], { cwd: here })
  return file
}

async function typescript(): Promise<string> {
  return (await run(await installed('openapi-typescript'), [document], LONG)).stdout
}

async function csharp(): Promise<string> {
  const { components } = JSON.parse(await readFile(document, 'utf8')) as { components: { schemas: Schemas } }
  const folder = await mkdtemp(join(tmpdir(), 'openras-clients-'))
  try {
    const schemas = join(folder, 'schemas.json')
    await writeFile(schemas, JSON.stringify(definitionsFor(components.schemas)))
    const options = ['--lang', 'csharp', '--framework', 'SystemTextJson', '--features', 'attributes-only']
    const source = ['--src-lang', 'schema', '--src', `${schemas}#/definitions/`]
    const named = ['--namespace', 'OpenRas', '--no-combine-classes']
    const { stdout } = await run(await installed('quicktype'), [...source, ...options, ...named], LONG)
    return withUnions(stdout, components.schemas)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const [language = 'typescript'] = process.argv.slice(2)
if (language !== 'typescript' && language !== 'csharp')
  throw new Error(`No types of "${language}" are made. Ask for typescript or csharp.`)
process.stdout.write(language === 'csharp' ? await csharp() : await typescript())
