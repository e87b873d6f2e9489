// What a cohort looks like before any method is tried on it: how many people and how much money, by group, cost band
// and points band, and how points and costs are spread. Weights count people.

import type {
  BandTotals,
  CohortTotals,
  Spread,
  Totals,
} from '../../../contract/calibration/cohort-figures.ts'
import { average, byName, fixed, people, percentage, pounds } from '../../number/figures.ts'
import type { Fraction } from '../../number/fraction.ts'
import { quarter, weightedValues } from '../../number/weighted-values.ts'
import { type Band, bandIndex, bandsOf, type CostBands, checkBands, checkCostBands } from './bands.ts'
import type { Case } from './case.ts'
import { outliers } from './outliers.ts'

export type GroupTotals = Totals & { readonly userGroup: string; readonly costBands: readonly BandTotals[] }

export type SummaryOptions = { readonly costBands: CostBands; readonly pointsBands: readonly Band[] }

/** The cohort in figures; the order of the cases does not matter. */
export function summary(cases: readonly Case[], { costBands, pointsBands }: SummaryOptions): CohortTotals {
  checkCostBands(costBands, '/costBands')
  checkBands(pointsBands, '/pointsBands')
  const groups = [...Map.groupBy(cases, ({ userGroup }) => userGroup)].sort(([a], [b]) => byName(a, b))
  return {
    all: totals(cases),
    costSpread: spread(cases, ({ cost }) => cost),
    pointsSpread: spread(cases, ({ points }) => points),
    distinctPoints: new Set(cases.map(({ points }) => points)).size,
    groups: groups.map(([userGroup, own]) => ({
      userGroup,
      ...totals(own),
      costBands: banded(own, bandsOf(costBands, userGroup), ({ cost }) => cost),
    })),
    pointsBands: banded(cases, pointsBands, ({ points }) => points),
    withoutPoints: cases
      .filter(({ points, cost }) => points === 0 && cost > 0)
      .map(({ ref }) => ref)
      .sort(byName),
    outliers: outliers(cases),
  }
}

function banded(
  cases: readonly Case[],
  bands: readonly Band[],
  of: (person: Case) => number,
): readonly BandTotals[] {
  const all = weightOf(cases)
  const parts = Map.groupBy(cases, (person) => bandIndex(bands, of(person)))
  return bands.map(({ label }, i) => {
    const own = parts.get(i) ?? []
    return { band: label, ...totals(own), sharePercent: percentage(weightOf(own), all) }
  })
}

function totals(cases: readonly Case[]): Totals {
  const weight = weightOf(cases)
  const cost = sum(cases, (person) => person.cost)
  const points = sum(cases, (person) => person.points)
  return {
    rows: cases.length,
    people: people(weight),
    cost: pounds(cost),
    points: pounds(points),
    averageCost: average(cost, weight),
    averagePoints: average(points, weight),
    poundsPerPoint: points === 0n ? null : fixed({ n: cost, d: points }, 4),
  }
}

function spread(cases: readonly Case[], of: (person: Case) => number): Spread | null {
  if (cases.length === 0) return null
  const values = weightedValues(cases, of)
  const at = (quarters: 0 | 1 | 2 | 3 | 4) => hundredths(quarter(values, quarters))
  return { minimum: at(0), lowerQuartile: at(1), median: at(2), upperQuartile: at(3), maximum: at(4) }
}

// Pence and hundredths of a point alike; the middle of two may end in half of one.
function hundredths({ n, d }: Fraction): string {
  return fixed({ n, d: d * 100n }, 2)
}

function weightOf(cases: readonly Case[]): bigint {
  return sum(cases, () => 1)
}

function sum(cases: readonly Case[], of: (person: Case) => number): bigint {
  return cases.reduce((total, person) => total + BigInt(of(person)) * BigInt(person.weight), 0n)
}
