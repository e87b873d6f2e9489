// A run beside the table in force: what its methods would change from what the council's own table gives today, which
// is not always what people cost today.

import type { MethodRefused } from '../../contract/calibration/calibration-run.ts'
import type { ComputedRequest } from '../../contract/calibration/run-request.ts'
import type { ComparisonResult } from '../../contract/calibration/run-tables.ts'
import { impact } from '../../domain/calibration/effects/impact.ts'
import { reasonableness } from '../../domain/calibration/effects/reasonableness.ts'
import { scenarios } from '../../domain/calibration/effects/scenarios.ts'
import { hundredthsText } from '../../domain/number/decimal-fraction.ts'
import { type TableInput, tablePrices } from '../caseload/table-prices.ts'
import type { Progress } from './computation.ts'
import { amountOf, caseOfPerson, peopleIn } from './outcome-text.ts'
import { bandsOf, costBandsOf, hundredths } from './run-request.ts'

export type ComparisonInput = {
  readonly request: ComputedRequest
  /** What the run has of each method: its name, or why it was refused. */
  readonly methods: readonly ComparedOf[]
  readonly persons: string
  readonly table: TableInput
}

type ComparedOf = { readonly outcome: 'fitted'; readonly name: string } | MethodRefused

const MOST_DIFFERENCES = 100

/** The comparison as JSON text, to stand beside which table and which day it is with. */
export function* compareRun({
  request,
  methods,
  persons,
  table,
}: ComparisonInput): Generator<Progress, string> {
  yield { stage: 'reading the table', done: 0, total: 1 }
  const prices = tablePrices(table)
  const people = [...peopleIn(persons)].filter(({ excluded }) => excluded === null)
  const priced = people.flatMap((person) => {
    const now = prices.amount(person.userGroup, person.points)
    return now === null ? [] : { person, now }
  })
  const cases = priced.map(({ person }) => caseOfPerson(person))
  const existing = priced.map(({ now }) => now)
  // Two tables that are rounded to a unit may differ by one of it where nothing else does.
  const unit = Math.max(hundredths(request.rounding.to), hundredths(table.content.rounding.to))
  const options = {
    costBands: costBandsOf(request.costBands),
    pointsBands: bandsOf(request.pointsBands),
    target: null,
    existing,
    unchangedWithin: unit,
  }
  const compared = methods.map((method, i): ComparisonResult => {
    if (method.outcome === 'refused') return method
    const amounts = priced.map(({ person }) => amountOf(person, i))
    const listed = { existing, most: MOST_DIFFERENCES }
    return {
      ...method,
      impact: impact(cases, amounts, options),
      scenarios: scenarios(cases, amounts, { ...request.scenarios, existing }),
      reasonableness: reasonableness(cases, amounts, request.tolerance, listed),
    }
  })
  return JSON.stringify({
    people: priced.length,
    refusedByTable: people.length - priced.length,
    unchangedWithin: hundredthsText(unit),
    methods: compared,
  })
}
