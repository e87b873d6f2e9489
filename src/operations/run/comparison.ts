// A run beside the table in force, or beside another run: what its methods would change from what people would have
// otherwise, which is not always what they cost today.

import type { MethodRefused } from '../../contract/calibration/calibration-run.ts'
import type { Declared } from '../../contract/calibration/cohort.ts'
import type { ComputedRequest } from '../../contract/calibration/run-request.ts'
import type { ComparisonResult } from '../../contract/calibration/run-tables.ts'
import { effectsOf, sidesOf } from '../../domain/calibration/effects/effects.ts'
import { reasonableness } from '../../domain/calibration/effects/reasonableness.ts'
import { fractionOf, hundredthsIn, hundredthsText } from '../../domain/number/decimal-fraction.ts'
import { type Beside, comparedPeople, heldBeside, roundingBeside } from './compared-people.ts'
import type { Progress } from './computation.ts'
import { amountOf, caseOfPerson } from './outcome-text.ts'
import { bandsOf, costBandsOf } from './run-request.ts'

export type ComparisonInput = {
  readonly request: ComputedRequest
  readonly characteristics: readonly Declared[]
  /** What the run has of each method: its name, or why it was refused. */
  readonly methods: readonly ComparedOf[]
  readonly persons: string
  readonly beside: Beside
}

type ComparedOf = { readonly outcome: 'fitted'; readonly name: string } | MethodRefused

const MOST_DIFFERENCES = 100

/** The comparison as JSON text, to stand beside what it is with. */
export function* compareRun({
  request,
  characteristics,
  methods,
  persons,
  beside,
}: ComparisonInput): Generator<Progress, string> {
  yield { stage: 'reading what it is compared with', done: 0, total: 1 }
  const { people, existing, existingAvailable, leftOut } = comparedPeople(persons, beside)
  const cases = people.map(caseOfPerson)
  const held = fractionOf(request.contingency.fraction)
  const options = {
    costBands: costBandsOf(request.costBands),
    pointsBands: bandsOf(request.pointsBands),
    target: null,
    unchangedWithin: unchangedWithin(request, beside),
    scenarios: request.scenarios,
    characteristics,
  }
  const compared = methods.map((method, i): ComparisonResult => {
    if (method.outcome === 'refused') return method
    const amounts = people.map((person) => amountOf(person, i))
    const planned = isHeld(request, beside) ? (sidesOf(amounts, held).available ?? amounts) : null
    const available = planned && effectsOf(cases, planned, { ...options, existing: existingAvailable })
    return {
      ...method,
      ...effectsOf(cases, amounts, { ...options, existing }),
      impactAvailable: available?.impact ?? null,
      scenariosAvailable: available?.scenarios ?? null,
      tenthsAvailable: available?.tenths ?? null,
      characteristicsAvailable: available?.characteristics ?? null,
      reasonableness: reasonableness(cases, amounts, request.tolerance, { existing, most: MOST_DIFFERENCES }),
    }
  })
  return JSON.stringify({
    people: people.length,
    refusedByTable: leftOut,
    unchangedWithin: hundredthsText(options.unchangedWithin),
    methods: compared,
  })
}

/** Pence: two tables that are rounded to a unit may differ by one of it where nothing else does. */
export function unchangedWithin({ rounding }: Pick<ComputedRequest, 'rounding'>, beside: Beside): number {
  return Math.max(hundredthsIn(rounding.to), hundredthsIn(roundingBeside(beside)))
}

/** Whether either of the two holds a share ready. */
export function isHeld({ contingency }: Pick<ComputedRequest, 'contingency'>, beside: Beside): boolean {
  return [contingency.fraction, heldBeside(beside)].some((share) => fractionOf(share).n > 0n)
}
