// The one test command: lint, types, the OpenAPI document, then every test on a real PostgreSQL. The domain's own tests
// have to cover it; no others are counted, which would cost them up to half of their time. With arguments it runs only
// those test files. Ends with a plain line "N passed, N failed".
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { domainCoverageFaults } from './domain-coverage.ts'
import { startTestDatabase, type TestDatabase } from './test-database.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const files = process.argv.slice(2)
let passed = 0
let failed = 0

async function run(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  // Tools that start "node" must find this one, whatever the machine's own is.
  const PATH = [bin, dirname(process.execPath), process.env.PATH].join(delimiter)
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env, PATH },
  })
  return (await new Promise<number | null>((resolve) => child.on('exit', resolve))) === 0
}

async function check(name: string, command: string, args: readonly string[]): Promise<void> {
  count(name, await run(command, args))
}

function count(name: string, ok: boolean): void {
  console.log(`${ok ? 'ok' : 'NOT OK'} - ${name}`)
  if (ok) passed += 1
  else failed += 1
}

/** Runs test files, some at once. What is not counted for coverage may be compiled once for all processes. */
async function runTests(database: TestDatabase, tests: readonly string[], covered: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'openras-tap-'))
  // Some processes of the tests are of other users.
  await chmod(folder, 0o755)
  const output = join(folder, 'output.tap')
  try {
    const env = {
      OPENRAS_TEST_ADMIN_URL: database.adminUrl,
      OPENRAS_TEST_APPLICATION_URL: database.applicationUrl,
      ...(covered ? {} : { NODE_COMPILE_CACHE: join(folder, 'compiled') }),
    }
    const coverage = covered ? [] : ['--disable-coverage']
    const args = ['--reporter=terse', `--output-file=${output}`, ...coverage, ...tests]
    const ok = await run(join(bin, 'tap'), args, env)
    const tap = await readFile(output, 'utf8')
    for (const failure of failuresIn(tap)) console.log(failure)
    const counted = countTests(tap)
    passed += counted.passed
    failed += counted.failed === 0 && !ok ? 1 : counted.failed
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

// The reporter shows little where there is no terminal: each failed assertion, and the file or test that holds it.
function failuresIn(tap: string): readonly string[] {
  return tap.split('\n').filter((line) => /^ *not ok /.test(line))
}

// Every named test closes with its time, at whatever depth it stands; a file closes at the margin, and is counted
// only when it broke outside its tests.
function countTests(tap: string): { passed: number; failed: number } {
  const named = [...tap.matchAll(/^ +(not )?ok \d.* # time=/gm)]
  const broken = [...tap.matchAll(/^not ok \d/gm)].length
  const failures = named.filter(([, not]) => not !== undefined).length
  return { passed: named.length - failures, failed: failures === 0 ? broken : failures }
}

async function runEverything(database: TestDatabase): Promise<void> {
  const testsIn = (folder: string) => globSync(`${folder}/**/*.test.ts`, { cwd: root }).sort()
  const ofDomain = testsIn('test/domain')
  const others = testsIn('test').filter((file) => !ofDomain.includes(file))
  await runTests(database, others, false)
  await runTests(database, ofDomain, true)
  const faults = await domainCoverageFaults(join(root, '.tap', 'report', 'coverage-final.json'))
  for (const fault of faults) console.log(fault)
  count('every line and branch of the domain is tested', faults.length === 0)
}

if (files.length === 0) {
  await check('lint and format', join(bin, 'biome'), ['check', '--error-on-warnings', '.'])
  await check('types', join(bin, 'tsc'), ['-p', '.'])
  await check('the OpenAPI document is the one committed', process.execPath, [
    'scripts/openapi.ts',
    '--check',
  ])
  await check('the OpenAPI document keeps its rules', join(bin, 'spectral'), [
    'lint',
    '--fail-severity=warn',
    'openapi/openapi.json',
  ])
}
const database = await startTestDatabase()
try {
  if (files.length === 0) await runEverything(database)
  else await runTests(database, files, false)
} finally {
  await database.stop()
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
