// The one test command: lint, types, the OpenAPI document, and every test on a real PostgreSQL, some processes at once.
// The domain's own tests have to cover it; no others are counted, which would cost them up to half of their time. With
// arguments it runs only those test files. Ends with a plain line "N passed, N failed".
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { starterOf, testFiles, UNCOUNTED } from '../test/support/folder-files.ts'
import { domainCoverageFaults } from './domain-coverage.ts'
import { BIN, inTurn, runProcess } from './process.ts'
import { readTap } from './tap-output.ts'
import { startTestDatabase } from './test-database.ts'

const AT_ONCE = 3

const FOLLOW_TESTS = new URL('../test/support/follow-tests.ts', import.meta.url).href

// What takes longest begins first, so that in the end nothing is waited for alone.
const LONGEST = [
  'test/http/folder',
  'test/trust/crash',
  'test/http/calibration-runs/',
  'test/trust/folder',
  'test/trust/start',
  'test/folder',
  'test/domain/',
  'test/pages/',
  'test/embedded/',
]

const CHECKS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  // Its threads check much of the same each for itself, and there is other work for the other core.
  types: ['tsc', '-p', '.', '--singleThreaded'],
  'lint and format': ['biome', 'check', '--error-on-warnings', '.'],
  'the OpenAPI document is the one committed': ['node', 'scripts/openapi.ts', '--check'],
  'the OpenAPI document keeps its rules': ['node', 'scripts/openapi-rules.ts'],
}

let passed = 0
let failed = 0

function count(name: string, ok: boolean): void {
  console.log(`${ok ? 'ok' : 'NOT OK'} - ${name}`)
  if (ok) passed += 1
  else failed += 1
}

const asked = process.argv.slice(2)
const starters = [...new Set(asked.length === 0 ? testFiles().map(starterOf) : asked)]
const ran = new Set<string>()
const folder = await mkdtemp(join(tmpdir(), 'openras-tests-'))
// Some processes of the tests are of other users.
await chmod(folder, 0o755)
const [compiled, covered] = [join(folder, 'compiled'), join(folder, 'covered')]
const printsOf = (name: string) => join(folder, name.replaceAll(/[^a-z]+/g, '-'))
// The checks need none: they begin while it starts.
const starting = startTestDatabase()

async function check(name: string, [tool, ...args]: readonly [string, ...string[]]): Promise<void> {
  const { ok, output, errors } = await runProcess(join(BIN, tool), args, { prints: printsOf(name) })
  count(name, ok)
  if (!ok) console.log(`${output}${errors}`)
}

// A program that is counted has to be compiled by its own process; all others find it compiled.
async function test(file: string): Promise<void> {
  const counted = asked.length === 0 && file.startsWith('test/domain/') && !UNCOUNTED.includes(file)
  const database = await starting
  const began = performance.now()
  const { ok, output, errors } = await runProcess(process.execPath, ['--import', FOLLOW_TESTS, file], {
    prints: printsOf(file),
    env: {
      OPENRAS_TEST_ADMIN_URL: database.adminUrl,
      OPENRAS_TEST_APPLICATION_URL: database.applicationUrl,
      OPENRAS_TEST_MADE: database.made,
      TAP_TIMEOUT: '900',
      ...(counted ? { NODE_V8_COVERAGE: covered } : { NODE_COMPILE_CACHE: compiled }),
    },
  })
  const tap = readTap(output, file, ok)
  passed += tap.passed
  failed += tap.failed
  for (const one of tap.files) ran.add(one)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${file}: ${tap.passed} passed, ${tap.failed} failed, ${seconds} s`)
  for (const line of tap.failures) console.log(line)
  if (errors !== '') console.log(errors)
}

const urgency = (file: string) => {
  const place = LONGEST.findIndex((start) => file.startsWith(start))
  return place === -1 ? LONGEST.length : place
}
const tests = starters.toSorted((a, b) => urgency(a) - urgency(b)).map((file) => () => test(file))
const checks = Object.entries(CHECKS).map(
  ([name, command]) =>
    () =>
      check(name, command),
)

try {
  await inTurn(asked.length === 0 ? [...checks, ...tests] : tests, AT_ONCE)
  if (asked.length === 0) {
    const left = testFiles().filter((file) => !ran.has(file))
    for (const file of left) console.log(`did not run: ${file}`)
    count('every file of tests has run', left.length === 0)
    const faults = await domainCoverageFaults(covered)
    for (const fault of faults) console.log(fault)
    count('every line and branch of the domain is tested', faults.length === 0)
  }
} finally {
  await (await starting).stop()
  await rm(folder, { recursive: true, force: true })
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
