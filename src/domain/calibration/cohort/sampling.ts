// How many people a cohort needs, and how sure its mean is. A weight counts as so many people of that kind, as if the
// row stood there repeatedly.
import type { MeanInterval, SampleSize } from '../../../contract/calibration/cohort-figures.ts'
import { type Decimal, decimal } from '../../number/decimal.ts'
import { normalQuantile } from '../../number/distributions.ts'
import { Diagnostic, people } from '../../number/figures.ts'
import { outOfRange } from './bands.ts'
import type { Case } from './case.ts'

/** `confidence` as a share ("0.95"); `population` null where it is so large that it does not matter. */
export type Sampling = { readonly confidence: string; readonly population: number | null }

const PERSON = 10_000

/**
 * The people needed for a margin on a share: n₀ = z²·¼ ÷ e², then n₀ ÷ (1 + (n₀ − 1) ÷ N). 95% and ±9% need 119 of a
 * large population.
 */
export function sampleSize({ margin, ...sampling }: Sampling & { readonly margin: string }): SampleSize {
  return sizeFor(margin, '0.5', sampling)
}

/** The same for a margin on the mean, as a share of it, where the spread is so many times the mean. */
export function sampleSizeForMean({
  margin,
  variation,
  ...sampling
}: Sampling & { readonly margin: string; readonly variation: string }): SampleSize {
  return sizeFor(margin, variation, sampling)
}

/**
 * The margin on a share that so many people of a population give: 134 give ±8.5% at 95%. Weights make `size`, a
 * decimal string, a sum that need not be whole.
 */
export function marginOf({ size: people, ...sampling }: Sampling & { readonly size: string }): string {
  const z = quantileOf(sampling.confidence)
  const size = new Diagnostic(people)
  if (size.lessThan(1)) throw outOfRange('/size', `Found a size of ${people}. Give 1 person or more.`)
  const population = populationOf(sampling, size)
  const finite = population === null ? new Diagnostic(1) : population.minus(size).div(population.minus(1))
  // Everybody was asked: nothing is left to chance, also where the population is one person.
  const part = population?.equals(size) ? new Diagnostic(0) : finite
  return z.times('0.5').times(part.div(size).sqrt()).toFixed(4)
}

/** The people that the cases stand for by their weights. */
export function peopleOf(cases: readonly Case[]): string {
  return people(sums(cases).weight)
}

/** The interval on the mean cost, z · s ÷ √n · √(1 − n ÷ N); null where one person or fewer say nothing of a spread. */
export function meanInterval(cases: readonly Case[], sampling: Sampling): MeanInterval | null {
  const z = quantileOf(sampling.confidence)
  const { weight, sum, squares } = sums(cases)
  const n = new Diagnostic(String(weight)).div(PERSON)
  const population = populationOf(sampling, n)
  if (weight <= PERSON) return null
  const mean = new Diagnostic(String(sum)).div(String(weight)).div(100)
  const spread = new Diagnostic(String(squares * weight - sum * sum))
    .div(String(weight * (weight - BigInt(PERSON))))
    .sqrt()
    .div(100)
  const finite = population === null ? new Diagnostic(1) : new Diagnostic(1).minus(n.div(population))
  const margin = z.times(spread).times(finite.div(n).sqrt())
  return {
    people: people(weight),
    mean: mean.toFixed(2),
    standardDeviation: spread.toFixed(2),
    variation: mean.isZero() ? null : spread.div(mean).toFixed(4),
    low: mean.minus(margin).toFixed(2),
    high: mean.plus(margin).toFixed(2),
    margin: margin.toFixed(2),
    marginPercent: mean.isZero() ? null : margin.div(mean).times(100).toFixed(2),
  }
}

function sizeFor(margin: string, spread: string, sampling: Sampling): SampleSize {
  const z = quantileOf(sampling.confidence)
  const [e, s] = [decimal(margin), decimal(spread)]
  if (!(e.greaterThan(0) && e.lessThan(1)))
    throw outOfRange('/margin', `Found a margin of ${margin}. Give a share between 0 and 1: "0.09" is ±9%.`)
  if (!s.greaterThan(0)) throw outOfRange('/variation', `Found a variation of ${spread}. Give one above 0.`)
  const without = z.times(s).div(e).pow(2)
  const population = populationOf(sampling, new Diagnostic(1))
  const size = population === null ? without : without.div(without.minus(1).div(population).plus(1))
  return { z: z.toFixed(6), size: size.ceil().toFixed(0), sizeWithoutPopulation: without.ceil().toFixed(0) }
}

function quantileOf(confidence: string): Decimal {
  const share = new Diagnostic(confidence)
  if (!(share.greaterThan(0) && share.lessThanOrEqualTo('0.9999')))
    throw outOfRange(
      '/confidence',
      `Found a confidence of ${confidence}. Give a share above 0 and at most 0.9999: "0.95" is 95%.`,
    )
  return normalQuantile(share.plus(1).div(2))
}

function populationOf({ population }: Sampling, atLeast: Decimal): Decimal | null {
  if (population === null) return null
  if (!Number.isInteger(population) || atLeast.greaterThan(population))
    throw outOfRange(
      '/population',
      `Found a population of ${population}. Give a whole number of at least ${atLeast.toFixed()}, the people in the cohort.`,
    )
  return new Diagnostic(population)
}

function sums(cases: readonly Case[]) {
  let [weight, sum, squares] = [0n, 0n, 0n]
  for (const { cost, weight: own } of cases) {
    weight += BigInt(own)
    sum += BigInt(cost) * BigInt(own)
    squares += BigInt(cost) ** 2n * BigInt(own)
  }
  return { weight, sum, squares }
}
