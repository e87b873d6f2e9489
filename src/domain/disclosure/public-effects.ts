// What everybody may see of the effects of new amounts, ready to be published: the whole and what can be planned with,
// small parts joined. A method of a run and a table that somebody drafted are told by the same function.

import type { Declared } from '../../contract/calibration/cohort.ts'
import type { Effect, Impact } from '../../contract/calibration/impact.ts'
import type { PublicEffect, PublicEffects } from '../../contract/calibration/public-effects.ts'
import type { ScenarioRequest } from '../../contract/calibration/run-request.ts'
import { mapSides, type Sides } from '../calibration/effects/effects.ts'
import { impact } from '../calibration/effects/impact.ts'
import { scenarios } from '../calibration/effects/scenarios.ts'
import { tenthTallies } from '../calibration/effects/tenths.ts'
import { present } from '../present.ts'
import { disclosedCharacteristics } from './disclosed-characteristics.ts'
import {
  type DisclosedImpact,
  disclosedImpact,
  disclosedScenarios,
  type Shown,
  unchangedWith,
} from './disclosed-impact.ts'
import { disclosedTenths } from './disclosed-tenths.ts'
import { type Cohort, joinedCohort } from './joined-cohort.ts'
import { audienceOf, mayShow } from './may-show.ts'

export type PublicEffectsOptions = {
  readonly scenarios: ScenarioRequest
  readonly characteristics: readonly Declared[]
}

const PUBLIC = audienceOf('headline')

/** The effects of amounts (pence a year, one for each case) for everybody; null where there are too few people to tell. */
export function publicEffects(
  cohort: Cohort,
  amounts: Sides<readonly number[]>,
  { scenarios: pace, characteristics }: PublicEffectsOptions,
): PublicEffects | null {
  if (!mayShow(cohort.cases.length, PUBLIC) || cohort.cases.length === 0) return null
  const { cases, existing, bands, userGroups } = joinedCohort(cohort, PUBLIC)
  const counted = mapSides(amounts, (own) => ({
    amounts: own,
    impact: impact(cases, own, { ...bands, target: null, existing }),
  }))
  const unchanged = unchangedWith(impactsOf(counted), PUBLIC)
  const sides = mapSides(counted, (own) => ({
    amounts: own.amounts,
    shown: present(disclosedImpact(own.impact, PUBLIC, unchanged)),
  }))
  const both = bothSides(mapSides(sides, ({ shown }) => shown))
  return {
    sameCountedAs: unchanged === 'apart' ? 'same' : unchanged,
    ...both(({ all }) => all),
    tenths: mapSides(sides, ({ amounts: own, shown: { all } }) =>
      disclosedTenths(tenthTallies(cases, own, existing), PUBLIC, all.higher === null ? null : unchanged),
    ),
    scenarios: mapSides(sides, ({ amounts: own, shown }) =>
      disclosedScenarios(scenarios(cases, own, { ...pace, existing }), shown),
    ),
    pointsBands: bands.pointsBands.map(({ label: band }, i) => ({
      band,
      ...both(({ pointsBands }) => pointsBands?.[i]),
    })),
    groups: present(sides.whole.shown.groups).map(({ userGroup: key }, i) => {
      const { title, ageDefined, members } = { ...UNNAMED, ...userGroups.find((one) => one.key === key) }
      return {
        userGroups: members ?? [key],
        title: title ?? key,
        ageDefined,
        ...both(({ groups }) => groups?.[i]),
      }
    }),
    ageBands: present(sides.whole.shown.ageBands).map(({ ageBand }, i) => ({
      ageBand,
      ...both(({ ageBands }) => ageBands?.[i]),
    })),
    characteristics: mapSides(amounts, (own) =>
      disclosedCharacteristics(characteristics, cohort.cases, own, PUBLIC, existing),
    ),
  }
}

const UNNAMED = { title: null, ageDefined: false, members: null }

function impactsOf({ whole, available }: Sides<{ readonly impact: Impact }>): readonly Impact[] {
  return available === null ? [whole.impact] : [whole.impact, available.impact]
}

type Part = { readonly suppressed: true } | Shown<Effect> | undefined

// The parts of a joined cohort are never hidden: each has enough people.
function bothSides(sides: Sides<DisclosedImpact>) {
  return (part: (shown: DisclosedImpact) => Part) =>
    mapSides(sides, (shown) => effectOf(part(shown) as Shown<Effect>))
}

function effectOf(effect: Shown<Effect>): PublicEffect {
  const { rows, people, higher, lower, same, existing, new: next, gains, losses } = effect
  const { change, changePercent, averageExisting, averageNew } = effect
  return {
    ...{ rows, people, higher, lower, same, existing, new: next, gains, losses },
    ...{ change, changePercent, averageExisting, averageNew },
  }
}
