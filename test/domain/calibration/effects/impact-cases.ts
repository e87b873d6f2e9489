// The synthetic cohort of 134 that agrees with everything Bath & North East Somerset printed in 2012, the two columns
// of amounts that the report gives it, and small cases for the tests of impact.

import fc from 'fast-check'
import { type Fault, Refusal } from '../../../../src/contract/refusal.ts'
import type { CostBands } from '../../../../src/domain/calibration/cohort/bands.ts'
import type { Case } from '../../../../src/domain/calibration/cohort/case.ts'
import { text } from '../../../cases/documents.ts'

export type Row = Readonly<Record<string, string>>

export function person(changes: Partial<Case>): Case {
  return {
    ref: 'P-1',
    userGroup: 'adults',
    points: 1000,
    cost: 100_000,
    weight: 10_000,
    ageBand: null,
    setting: null,
    team: null,
    estimate: null,
    characteristics: null,
    answers: null,
    ...changes,
  }
}

export const arbCase: fc.Arbitrary<Case> = fc
  .record({
    ref: fc.constantFrom('A', 'B', 'C', 'D'),
    userGroup: fc.constantFrom('adults', 'elders', 'young'),
    points: fc.nat(10_000),
    cost: fc.nat(9_000_000),
    weight: fc.constantFrom(10_000, 20_000, 30_000),
    ageBand: fc.constantFrom(null, '18-64', '65+'),
    setting: fc.constantFrom(null, 'home', 'residential'),
    estimate: fc.option(fc.nat(9_000_000)),
  })
  .map(person)

/** What a refusal finds wrong, as "pointer code: detail". */
export function refusal(run: () => unknown): readonly string[] {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal && error.code === 'calibration-impossible')
      return error.faults.map(({ pointer, code, detail }: Fault) => `${pointer} ${code}: ${detail}`)
    throw error
  }
  return []
}

/** The same people with whole weights written out as rows. */
export function repeated<T>(cases: readonly Case[], beside: readonly T[]): [Case[], T[]] {
  const pairs = cases.flatMap((one, i) =>
    Array.from({ length: one.weight / 10_000 }, () => [{ ...one, weight: 10_000 }, beside[i]] as [Case, T]),
  )
  return [pairs.map(([one]) => one), pairs.map(([, other]) => other)]
}

const rows = csv('test/data/bnes-2012-reconstructed-cohort.csv')
export const printed = csv('test/data/bnes-table.csv')

export const bnes: readonly Case[] = rows.map((row) =>
  person({
    ref: cell(row, 'ref'),
    userGroup: cell(row, 'clientGroup'),
    points: Number(cell(row, 'points')) * 100,
    cost: Number(cell(row, 'annualCost')) * 100,
  }),
)
export const bnesBands = rows.map((row) => cell(row, 'costBand'))

/** £1,885,762 ÷ 3,456 points, each person rounded to the penny. */
export const fixedAmounts: readonly number[] = bnes.map(({ points }) =>
  Math.floor((points * 1_885_762 * 2 + 3456) / (2 * 3456)),
)

/** The 1 % table: the first node at or above the points, its cost when equal, else a line from the node before. */
export const percentileAmounts: readonly number[] = percentTable(bnes)

/** One possible reading of the unprinted Incremental: a line with a floor and a ceiling price per point. */
export const boundedLineAmounts: readonly number[] = bnes.map(({ points }) => {
  const p = points / 100
  const line = -28_247.009 + 1423.2848 * p
  return Math.round(100 * Math.min(872.5909 * p, Math.max(161.6524 * p, line)))
})

function percentTable(cases: readonly Case[]): readonly number[] {
  const points = nodes(cases.map((one) => one.points))
  const costs = nodes(cases.map(({ cost }) => cost))
  return cases.map((one) => {
    const p = BigInt(one.points) * 100n
    const k = points.findIndex((node) => node >= p)
    const [p1 = 0n, c1 = 0n, p0 = p1, c0 = c1] = [points[k], costs[k], points[k - 1], costs[k - 1]]
    const [n, d] = p1 === p ? [c1, 1n] : [c0 * (p1 - p0) + (c1 - c0) * (p - p0), p1 - p0]
    return Number((n * 2n + d * 100n) / (d * 200n))
  })
}

/** A spreadsheet's PERCENTILE.INC for 0 % to 100 %, in hundredths of the values' unit. */
function nodes(values: readonly number[]): readonly bigint[] {
  const sorted = values.toSorted((a, b) => a - b).map(BigInt)
  return Array.from({ length: 101 }, (_, k) => {
    const h = (values.length - 1) * k
    const [low = 0n, high = low] = [sorted[Math.floor(h / 100)], sorted[Math.floor(h / 100) + 1]]
    return low * 100n + BigInt(h % 100) * (high - low)
  })
}

/** The report's own bands of each group, read half-open from its labels. */
export const bnesCostBands: CostBands = {
  all: [{ label: 'any', below: null }],
  byGroup: Object.fromEntries(
    [...Map.groupBy(printed, (row) => cell(row, 'client_group'))].map(([group, own]) => [
      group,
      own.map((row, i) => ({ label: cell(row, 'cost_band'), below: lowerEnd(own[i + 1]) })),
    ]),
  ),
}

function lowerEnd(row: Row | undefined): number | null {
  if (row === undefined) return null
  const [, digits = ''] = /^£([\d,]+)/.exec(cell(row, 'cost_band')) ?? []
  return Number(digits.replaceAll(',', '')) * 100
}

export function cell(row: Row, column: string): string {
  const value = row[column]
  if (value === undefined) throw new Error(`there is no column ${column}`)
  return value
}

function csv(path: string): readonly Row[] {
  const [header = [], ...lines] = text(path)
    .trim()
    .split('\n')
    .map((line) => [...line.matchAll(/"([^"]*)"|([^,]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''))
  return lines.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])))
}
