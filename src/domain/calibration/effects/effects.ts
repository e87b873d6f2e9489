// Everything that new amounts would change for a cohort, for the whole amounts and for what people can plan with now:
// the same functions for a method of a run and for a table that somebody drafted.

import type { Declared } from '../../../contract/calibration/cohort.ts'
import type { CharacteristicEffect, Tenth } from '../../../contract/calibration/effects.ts'
import type { Impact, Scenario } from '../../../contract/calibration/impact.ts'
import type { ScenarioRequest } from '../../../contract/calibration/run-request.ts'
import type { Fraction } from '../../number/fraction.ts'
import type { Case } from '../cohort/case.ts'
import { availableOf } from './available.ts'
import { characteristicEffects } from './characteristics.ts'
import { type ImpactOptions, impact } from './impact.ts'
import { scenarios } from './scenarios.ts'
import { tenths } from './tenths.ts'

export type EffectsOptions = ImpactOptions & {
  readonly scenarios: ScenarioRequest
  readonly characteristics: readonly Declared[]
}

/** What one list of amounts would change. */
export type Side = {
  readonly impact: Impact
  readonly scenarios: readonly Scenario[]
  readonly tenths: readonly Tenth[]
  readonly characteristics: readonly CharacteristicEffect[]
}

/** The whole, and what is available of it; null where nothing is held. */
export type Sides<T> = { readonly whole: T; readonly available: T | null }

/** Amounts in pence a year, one for each case: the whole, and what is left of it where a share is held. */
export function sidesOf(amounts: readonly number[], held: Fraction): Sides<readonly number[]> {
  return { whole: amounts, available: held.n === 0n ? null : availableOf(amounts, held) }
}

/** Both sides of anything that is made of amounts. */
export function mapSides<T, R>({ whole, available }: Sides<T>, make: (side: T) => R): Sides<R> {
  return { whole: make(whole), available: available === null ? null : make(available) }
}

/** The effects of one list of amounts. What is set as a target is the whole's. */
export function effectsOf(cases: readonly Case[], amounts: readonly number[], options: EffectsOptions): Side {
  const { existing, scenarios: pace, characteristics } = options
  return {
    impact: impact(cases, amounts, options),
    scenarios: scenarios(cases, amounts, { ...pace, ...(existing === undefined ? {} : { existing }) }),
    tenths: tenths(cases, amounts, existing),
    characteristics: characteristicEffects(characteristics, cases, amounts, existing),
  }
}
