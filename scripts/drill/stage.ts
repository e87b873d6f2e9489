// Where the long forms of the trust tests run: the tests' own PostgreSQL and service, without a test around them.
import type { Test } from 'tap'
import { startService, type TestService } from '../../test/support/service.ts'
import { startTestDatabase } from '../test-database.ts'

type Stage = (options?: Parameters<typeof startService>[1]) => Promise<TestService>

/** Runs a drill; it returns its faults, and the process ends with 1 when there are any. */
export async function drill(run: (start: Stage) => Promise<readonly string[]>): Promise<void> {
  const database = await startTestDatabase()
  process.env.OPENRAS_TEST_ADMIN_URL = database.adminUrl
  process.env.OPENRAS_TEST_APPLICATION_URL = database.applicationUrl
  const endings: (() => unknown)[] = [() => database.stop()]
  const faults: string[] = []
  // The two things that the service of a test asks of its test.
  const test = {
    teardown: (ending: () => unknown) => void endings.push(ending),
    fail: (message: string) => void faults.push(message),
  } as unknown as Test
  try {
    faults.push(...(await run((options) => startService(test, options))))
  } finally {
    for (const ending of endings.reverse()) await ending()
  }
  for (const fault of faults.slice(0, 20)) console.error(`FAULT ${fault}`)
  console.log(faults.length === 0 ? 'no fault' : `${faults.length} faults`)
  process.exitCode = faults.length === 0 ? 0 : 1
}

/** The n-th argument as a whole number, or what it is without one. */
export function numberArgument(place: number, otherwise: number): number {
  const given = Number(process.argv[2 + place] ?? otherwise)
  if (Number.isSafeInteger(given) && given > 0) return given
  throw new Error(`Argument ${place + 1} is "${process.argv[2 + place]}"; expected a whole number above 0.`)
}
