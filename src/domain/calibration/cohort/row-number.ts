// Numbers of a cohort's rows. Only plain decimals are read ("1234.50"): a comma or a pound sign could mean two things,
// and a guess about somebody's money is not made here. What is not whole pence is rounded half-up, once, at the end.

import type { CohortRowFaultCode } from '../../../contract/faults.ts'
import { FREQUENCIES, type Frequency } from '../../../contract/limits.ts'
import { fractionOf } from '../../number/decimal-fraction.ts'
import { type Fraction, fraction, multiply, roundHalfUp } from '../../number/fraction.ts'
import { wholeNumber } from '../../number/whole-number.ts'

/** A number, or why there is none. */
export type Reading = { readonly value: number } | { readonly fault: CohortRowFaultCode }

export function isFrequency(text: string): text is Frequency {
  return (FREQUENCIES as readonly string[]).includes(text)
}

/** £1,000,000,000 a year, in pence. */
const HIGHEST_COST = 100_000_000_000n
const HIGHEST_WEIGHT = 1_000_000n * 10_000n

/** Points to two places, as hundredths, from 0 to the scale's maximum. */
export function readPoints(text: string, scaleMaximum: number): Reading {
  if (!/^-?[0-9]{1,9}(\.[0-9]{1,2})?$/.test(text)) return { fault: 'points-unreadable' }
  const points = multiply(fractionOf(text), fraction(100n)).n
  return points < 0n || points > BigInt(scaleMaximum)
    ? { fault: 'points-off-scale' }
    : { value: wholeNumber(points) }
}

/** An amount and how often it is paid, as pence a year. */
export function readCost(text: string, frequency: Frequency, weeksPerYear: Fraction): Reading {
  if (!MONEY.test(text)) return { fault: 'cost-unreadable' }
  const amount = fractionOf(text)
  if (amount.n < 0n) return { fault: 'cost-negative' }
  const pence = roundHalfUp(multiply(amount, multiply(paymentsAYear(frequency, weeksPerYear), HUNDRED)))
  return pence > HIGHEST_COST ? { fault: 'cost-out-of-range' } : { value: wholeNumber(pence) }
}

/** The worker's own estimate, as pence a year. */
export function readEstimate(text: string): Reading {
  if (!MONEY.test(text)) return { fault: 'estimate-unreadable' }
  const pence = roundHalfUp(multiply(fractionOf(text), HUNDRED))
  return pence < 0n || pence > HIGHEST_COST
    ? { fault: 'estimate-out-of-range' }
    : { value: wholeNumber(pence) }
}

/** People that a row stands for, to four places, as ten-thousandths: above 0 and at most a million. */
export function readWeight(text: string): Reading {
  if (!/^-?[0-9]{1,9}(\.[0-9]{1,4})?$/.test(text)) return { fault: 'weight-unreadable' }
  const weight = multiply(fractionOf(text), fraction(10_000n)).n
  return weight <= 0n || weight > HIGHEST_WEIGHT
    ? { fault: 'weight-out-of-range' }
    : { value: wholeNumber(weight) }
}

const MONEY = /^-?[0-9]{1,12}(\.[0-9]{1,8})?$/
const HUNDRED = fraction(100n)

function paymentsAYear(frequency: Frequency, weeks: Fraction): Fraction {
  switch (frequency) {
    case 'weekly':
      return weeks
    case 'fortnightly':
      return multiply(weeks, fraction(1n, 2n))
    case '4-weekly':
      return multiply(weeks, fraction(1n, 4n))
    case 'monthly':
      return fraction(12n)
    case 'quarterly':
      return fraction(4n)
    case 'annual':
      return fraction(1n)
  }
}
