// What the tests of the bootstrap ask for, and how they read its bands.
import type { MethodRequest } from '../../../../src/contract/calibration/method.ts'
import type { Band } from '../../../../src/contract/calibration/trust.ts'
import type { Case } from '../../../../src/domain/calibration/cohort/case.ts'
import type { BootstrapInput } from '../../../../src/domain/calibration/trust/bootstrap.ts'
import { fixedInput } from './cohorts.ts'

/** What is asked of a bootstrap where a test says nothing else. */
export function input(cases: readonly Case[], rest: Partial<BootstrapInput> = {}): BootstrapInput {
  return {
    ...fixedInput(cases),
    resamples: 1000,
    grid: [0, 1000, 2500, 5000, 12_000],
    ...rest,
  }
}

export const line: MethodRequest = { method: 'line' }
export const METHODS: readonly MethodRequest[] = [
  { method: 'fixed' },
  { method: 'percentile' },
  line,
  { method: 'rising-price' },
  { method: 'isotonic' },
]

export function pence(text: string | null): number {
  return Math.round(Number(text) * 100)
}

export function width({ lower, upper }: Band): number {
  return pence(upper) - pence(lower)
}
