// From points to pounds by one table: read the curve, apply the adjustments in their order, round once, and say what
// is held as contingency. Policy: contract "Amount"; a cap refers a case, it never cuts it.

import type { WorkingCurve, WorkingLine } from '../../contract/allocation/working.ts'
import type { Adjustment, CalibrationTable } from '../../contract/documents/calibration-table.ts'
import type { PublishedRef } from '../../contract/documents/version.ts'
import { Refusal } from '../../contract/refusal.ts'
import {
  type Decimal,
  decimal,
  formatMoney,
  formatPoints,
  ONE,
  PENNY,
  round2,
  roundFraction,
} from '../number/decimal.ts'
import type { ScoringPlan } from '../questionnaire/scoring-plan.ts'
import { groupsInside, groupsOf } from '../table/calibration-table.ts'
import { type CurveReading, type PlannedCurve, planCurve, readCurve } from '../table/curve.ts'
import { type TableAsRead, tableAsRead } from '../table/table-as-read.ts'

/** A published questionnaire, prepared once for many assessments. */
export type PricedQuestionnaire = { readonly ref: PublishedRef; readonly plan: ScoringPlan }

/** A published table, prepared once for many assessments. */
export type TablePlan = {
  readonly ref: PublishedRef
  readonly table: TableAsRead
  readonly curves: ReadonlyMap<string, PlannedCurve>
  readonly adjustments: readonly { readonly adjustment: Adjustment; readonly factor: Decimal }[]
  readonly roundTo: Decimal
  /** What the adjustments below 1 take off each £100 together; null where none is. */
  readonly takenOfEach100: string | null
}

export function planTable(
  ref: PublishedRef,
  content: CalibrationTable,
  { plan }: PricedQuestionnaire,
): TablePlan {
  const table = tableAsRead(content)
  const inside = groupsInside(table, plan.userGroups)
  const curves = new Map<string, PlannedCurve>()
  for (const curve of table.curves) {
    const planned = planCurve(curve, table.belowFirst, plan.scaleMaximum)
    for (const group of groupsOf(curve, inside)) curves.set(group, planned)
  }
  const adjustments = table.adjustments.map((adjustment) => ({
    adjustment,
    factor: decimal(adjustment.factor),
  }))
  const lowering = adjustments.map(({ factor }) => factor).filter((factor) => factor.lessThan(ONE))
  const left = lowering.reduce((product, factor) => product.times(factor), ONE)
  const taken = formatMoney(roundFraction(ONE.minus(left).times(100), ONE, PENNY, 'half-up'))
  return {
    ref,
    table,
    curves,
    adjustments,
    roundTo: decimal(table.rounding.to),
    takenOfEach100: lowering.length === 0 ? null : taken,
  }
}

/** The figures of an allocation, in pounds: `availableAnnual + contingencyAnnual = amountAnnual`. */
export type Money = {
  readonly amountAnnual: string
  readonly contingencyAnnual: string
  readonly availableAnnual: string
  readonly amountWeekly: string
}

/** An amount with its shares, and the lines that lead to it from the table. */
export type Priced = {
  readonly amount: Decimal
  readonly place: WorkingCurve['place']
  /** Whether an adjustment takes something off. */
  readonly isLowered: boolean
  readonly money: Money
  readonly lines: readonly WorkingLine[]
}

/** Prices points by a table. Refuses `points-above-table` where the table says to refuse. */
export function price(userGroup: string, points: Decimal, plan: TablePlan): Priced {
  const { table } = plan
  const curve = plan.curves.get(userGroup)
  if (curve === undefined) throw new Error('whoever is priced is not outside the table')
  const reading = readCurve(curve, points)
  if (reading.place === 'above-last' && table.aboveLast === 'refuse') {
    const detail = `The points are above the table's last, ${formatPoints(curve.end)}. Cost this case individually.`
    throw new Refusal('points-above-table', detail)
  }
  const lines: WorkingLine[] = []
  const amount = workAmount(reading, curve, points, plan, lines)
  const money = shares(amount, table, lines)
  const isLowered = !reading.numerator.isZero() && plan.takenOfEach100 !== null
  return { amount, place: reading.place, isLowered, money, lines }
}

/** Which table, and the date that chose it. */
export function tableLine({ ref, table }: TablePlan, on: string): WorkingLine {
  return { step: 'table', key: ref.key, version: ref.version, on, effectiveFrom: table.effectiveFrom }
}

// The lines are differences of amounts each rounded from the exact fraction, so they add up to the final amount.
function workAmount(
  reading: CurveReading,
  { curve }: PlannedCurve,
  points: Decimal,
  plan: TablePlan,
  lines: WorkingLine[],
): Decimal {
  const { table, adjustments, roundTo } = plan
  const { place, from, to, denominator } = reading
  let { numerator } = reading
  let cumulative = roundFraction(numerator, denominator, PENNY, 'half-up')
  const base = formatMoney(cumulative)
  lines.push({
    step: 'curve',
    points: formatPoints(points),
    interpolation: curve.interpolation,
    place,
    from,
    to,
    change: base,
    cumulative: base,
  })
  for (const { adjustment, factor } of adjustments) {
    numerator = numerator.times(factor)
    const next = roundFraction(numerator, denominator, PENNY, 'half-up')
    lines.push({
      step: 'adjustment',
      name: adjustment.name,
      kind: adjustment.kind,
      factor: adjustment.factor,
      change: formatMoney(next.minus(cumulative)),
      cumulative: formatMoney(next),
    })
    cumulative = next
  }
  const { to: unit, mode } = table.rounding
  const amount = roundFraction(numerator, denominator, roundTo, mode)
  lines.push({
    step: 'rounding',
    to: unit,
    mode,
    change: formatMoney(amount.minus(cumulative)),
    result: formatMoney(amount),
  })
  return amount
}

function shares(
  amount: Decimal,
  { cap, contingency, weeksPerYear }: CalibrationTable,
  lines: WorkingLine[],
): Priced['money'] {
  if (cap !== undefined) {
    lines.push({
      step: 'cap',
      amountAnnual: cap.amountAnnual,
      exceeded: amount.greaterThan(cap.amountAnnual),
    })
  }
  const held = round2(amount.times(contingency.fraction))
  const money = {
    amountAnnual: formatMoney(amount),
    contingencyAnnual: formatMoney(held),
    availableAnnual: formatMoney(amount.minus(held)),
    amountWeekly: formatMoney(roundFraction(amount, decimal(weeksPerYear), PENNY, 'half-up')),
  }
  lines.push({ step: 'contingency', fraction: contingency.fraction, result: money.contingencyAnnual })
  lines.push({ step: 'available', result: money.availableAnnual })
  lines.push({ step: 'weekly', weeksPerYear, result: money.amountWeekly })
  return money
}
