// One scale on which every number of a questionnaire is whole, so that adding and comparing points needs no decimals.
//
// The proof: a number of at most `places` places times 10^places is whole. A double holds every whole number below 2^53
// exactly, and adding, subtracting or taking a remainder of two of them gives the exact whole number if that is below
// 2^53 too. No sum that scoring meets is larger than the most that all domains and add-ons together can give, since
// factors are not negative and no support keeps more than everything. So where that most, at least 1, is below 2^53
// on the scale, still with the places of the share above which a case is referred, every step is exact. Where it
// is not, there is no scale, and decimal.js does the whole sum.

import { Decimal, decimal, ONE, ZERO } from '../number/decimal.ts'
import { wholeNumber } from '../number/whole-number.ts'
import type { Options, ScoringPlan } from '../questionnaire/scoring-plan.ts'

export type WholeScale = {
  /** 10^places. */
  readonly unit: Decimal
  /** How many of the scale make a hundredth of a point. */
  readonly hundredth: number
  /** What the share above which a case is referred is counted in, and how many of those it is; null where none is named. */
  readonly referAbove: { readonly unit: number; readonly share: number } | null
}

const LIMIT = new Decimal(2).pow(53)
const HUNDREDTHS = 2

/** The scale of a questionnaire, or null where some sum could be too large to be exact. */
export function wholeScale(plan: ScoringPlan): WholeScale | null {
  const { support, addOns, referAbove } = plan
  if (most(support).greaterThan(ONE)) return null
  const domains = plan.domains.map((asked) => {
    const factors = plan.weightings.filter(({ appliesTo }) => appliesTo === asked.domain.weightingGroup)
    return {
      most: factors.reduce((product, { options }) => product.times(most(options)), most(asked.options)),
      places: factors.reduce((sum, { options }) => sum + places(options), places(asked.options)),
    }
  })
  const finest = Math.max(
    HUNDREDTHS,
    ...domains.map((domain) => domain.places + places(support)),
    ...addOns.map(({ options }) => places(options)),
  )
  const largest = [
    ...domains.map((domain) => domain.most),
    ...addOns.map(({ options }) => most(options)),
  ].reduce((sum, one) => sum.plus(one), ZERO)
  const unit = powerOfTen(finest)
  const share = powerOfTen(referAbove === null ? 0 : referAbove.value.decimalPlaces())
  if (Decimal.max(largest, ONE).times(unit).times(share).greaterThanOrEqualTo(LIMIT)) return null
  return {
    unit,
    hundredth: whole(powerOfTen(finest - HUNDREDTHS)),
    referAbove:
      referAbove === null ? null : { unit: whole(share), share: whole(referAbove.value.times(share)) },
  }
}

/** A number of the questionnaire on its scale. */
export function onScale({ unit }: WholeScale, value: Decimal): number {
  return whole(value.times(unit))
}

/** A number of the scale as a decimal. */
export function offScale({ unit }: WholeScale, value: number): Decimal {
  return new Decimal(value).div(unit)
}

/** Rounded half-up to whole hundredths of a point; the value is not negative. */
export function hundredthsOf({ hundredth }: WholeScale, value: number): number {
  const rest = value % hundredth
  return (value - rest) / hundredth + (rest + rest >= hundredth ? 1 : 0)
}

function whole(value: Decimal): number {
  return wholeNumber(BigInt(value.toFixed()))
}

function powerOfTen(exponent: number): Decimal {
  return decimal(`1e${exponent}`)
}

function most(options: Options): Decimal {
  return [...options.values()].reduce((highest, { value }) => Decimal.max(highest, value), ZERO)
}

function places(options: Options): number {
  return Math.max(0, ...[...options.values()].map(({ value }) => value.decimalPlaces()))
}
