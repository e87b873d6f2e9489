// From points to an indicative personal budget, with every step of the working. The result is a function of the
// answers, the questionnaire and the table alone. Policy: contract "Amount"; a cap refers a case, it never cuts it.
import type { Adjustment, CalibrationTable } from './calibration-table.ts'
import { type CurveReading, type Place, type PlannedCurve, planCurve, readCurve } from './curve.ts'
import { type Decimal, decimal, formatMoney, formatPoints, PENNY, round2, roundFraction } from './decimal.ts'
import { DomainError } from './errors.ts'
import type { ReferralRule, VersionRef } from './questionnaire.ts'
import { type Answers, type Score, type ScoreLine, type ScoringPlan, score } from './scoring.ts'

/** Changes only when the meaning of a stored input changes; the old engine then stays beside the new one. */
export const ENGINE_VERSION = '1'

export type Outcome = 'indicative' | 'refer-individual-costing' | 'not-eligible'

export type FlagCode =
  | 'above-cap'
  | 'above-scale'
  | 'above-table'
  | 'other-needs-not-scored'
  | 'referral-rule'
export type Flag = { readonly code: FlagCode; readonly rule: string | null; readonly reason: string }

/** A published version and the hash of its canonical bytes. */
export type PublishedRef = VersionRef & { readonly contentHash: string }

/** `change` is the difference of cumulative pence, so the changes of a working add up to its amount. */
export type WorkingLine =
  | ScoreLine
  | { readonly step: 'eligibility'; readonly eligible: boolean }
  | {
      readonly step: 'table'
      readonly key: string
      readonly version: number
      readonly on: string
      readonly effectiveFrom: string
    }
  | {
      readonly step: 'curve'
      readonly points: string
      readonly interpolation: 'linear' | 'step'
      readonly place: Place
      readonly from: KnotShown | null
      readonly to: KnotShown | null
      readonly change: string
      readonly cumulative: string
    }
  | {
      readonly step: 'adjustment'
      readonly name: string
      readonly kind: Adjustment['kind']
      readonly factor: string
      readonly change: string
      readonly cumulative: string
    }
  | {
      readonly step: 'rounding'
      readonly to: string
      readonly mode: string
      readonly change: string
      readonly result: string
    }
  | { readonly step: 'cap'; readonly amountAnnual: string; readonly exceeded: boolean }
  | { readonly step: 'contingency'; readonly fraction: string; readonly result: string }
  | { readonly step: 'available'; readonly result: string }
  | { readonly step: 'weekly'; readonly weeksPerYear: string; readonly result: string }

type KnotShown = { readonly points: string; readonly amountAnnual: string }

export type AllocationResult = {
  readonly outcome: Outcome
  readonly points: {
    readonly gross: string
    readonly carerReduction: string
    readonly addOns: string
    readonly total: string
  }
  readonly amountAnnual: string | null
  readonly contingencyAnnual: string | null
  readonly availableAnnual: string | null
  readonly amountWeekly: string | null
  readonly flags: readonly Flag[]
  readonly questionnaire: PublishedRef
  readonly table: PublishedRef | null
  readonly engineVersion: string
  readonly working: readonly WorkingLine[]
}

/** A published questionnaire, prepared once for many assessments. */
export type PricedQuestionnaire = { readonly ref: PublishedRef; readonly plan: ScoringPlan }

/** A published table, prepared once for many assessments. */
export type TablePlan = {
  readonly ref: PublishedRef
  readonly table: CalibrationTable
  readonly curves: ReadonlyMap<string, PlannedCurve>
  readonly adjustments: readonly { readonly adjustment: Adjustment; readonly factor: Decimal }[]
  readonly roundTo: Decimal
}

export function planTable(
  ref: PublishedRef,
  table: CalibrationTable,
  { plan }: PricedQuestionnaire,
): TablePlan {
  const curves = new Map<string, PlannedCurve>()
  for (const curve of table.curves) {
    const planned = planCurve(curve, table.belowFirst, plan.scaleMaximum)
    for (const group of curve.userGroups === 'all' ? plan.userGroups : curve.userGroups)
      curves.set(group, planned)
  }
  const adjustments = table.adjustments.map((adjustment) => ({
    adjustment,
    factor: decimal(adjustment.factor),
  }))
  return { ref, table, curves, adjustments, roundTo: decimal(table.rounding.to) }
}

/** What the sum is made from: the answers, and three statements by the people who assessed. */
export type AllocationInput = {
  readonly answers: Answers
  readonly eligible: boolean
  readonly otherNeeds: boolean
  /** The date that chose the table, `YYYY-MM-DD`; shown in the working. */
  readonly assessedOn: string
}

/**
 * The indicative allocation with its working. A person found not eligible has points and no amount, and needs no
 * table. Refuses `assessment-invalid`, and `points-above-table` where the table says to refuse.
 */
export function allocate(
  input: AllocationInput,
  questionnaire: PricedQuestionnaire,
  table: TablePlan | null,
): AllocationResult {
  const points = score(questionnaire.plan, input.answers)
  const eligibility = { step: 'eligibility', eligible: input.eligible } as const
  const flags = otherNeedsFlag(input)
  if (!input.eligible) {
    return {
      ...result(questionnaire, points, 'not-eligible', flags),
      working: [...points.lines, eligibility],
    }
  }
  if (table === null) throw new Error('an eligible person needs a table')
  const priced = price(input, points.total, table)
  flags.push(
    ...amountFlags(questionnaire.plan, points.total, priced, table),
    ...referrals(questionnaire.plan, input.answers),
  )
  const outcome = flags.some(({ code }) => code !== 'other-needs-not-scored')
    ? 'refer-individual-costing'
    : 'indicative'
  return {
    ...result(questionnaire, points, outcome, flags),
    ...priced.money,
    table: table.ref,
    working: [...points.lines, eligibility, ...priced.lines],
  }
}

function result(questionnaire: PricedQuestionnaire, points: Score, outcome: Outcome, flags: readonly Flag[]) {
  return {
    outcome,
    points: {
      gross: formatPoints(points.gross),
      carerReduction: formatPoints(points.carerReduction),
      addOns: formatPoints(points.addOns),
      total: formatPoints(points.total),
    },
    amountAnnual: null,
    contingencyAnnual: null,
    availableAnnual: null,
    amountWeekly: null,
    flags,
    questionnaire: questionnaire.ref,
    table: null,
    engineVersion: ENGINE_VERSION,
  }
}

type Priced = {
  readonly amount: Decimal
  readonly place: Place
  readonly money: Pick<
    AllocationResult,
    'amountAnnual' | 'contingencyAnnual' | 'availableAnnual' | 'amountWeekly'
  >
  readonly lines: readonly WorkingLine[]
}

function price({ answers, assessedOn }: AllocationInput, points: Decimal, plan: TablePlan): Priced {
  const { table, ref } = plan
  const curve = plan.curves.get(answers.userGroup)
  if (curve === undefined) throw new Error('a published table covers every user group')
  const reading = readCurve(curve, points)
  if (reading.place === 'above-last' && table.aboveLast === 'refuse') {
    const detail = `${formatPoints(points)} points are above the table's last, ${formatPoints(curve.end)}, and the table refuses them. Cost this case individually.`
    throw new DomainError('points-above-table', detail)
  }
  const lines: WorkingLine[] = [
    { step: 'table', key: ref.key, version: ref.version, on: assessedOn, effectiveFrom: table.effectiveFrom },
  ]
  const amount = workAmount(reading, curve, points, plan, lines)
  const money = shares(amount, table, lines)
  return { amount, place: reading.place, money, lines }
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

function otherNeedsFlag({ otherNeeds }: AllocationInput): Flag[] {
  const reason =
    'The assessor recorded needs that the questionnaire does not ask about. A person must consider them.'
  return otherNeeds ? [{ code: 'other-needs-not-scored', rule: null, reason }] : []
}

function amountFlags(
  plan: ScoringPlan,
  points: Decimal,
  { amount, place }: Priced,
  { table }: TablePlan,
): Flag[] {
  const flags: Flag[] = []
  const refer = 'The figure is shown, and the case goes to individual costing.'
  if (table.cap !== undefined && amount.greaterThan(table.cap.amountAnnual)) {
    flags.push({
      code: 'above-cap',
      rule: null,
      reason: `The amount is above £${table.cap.amountAnnual} a year. ${refer}`,
    })
  }
  if (points.greaterThan(plan.scaleMaximum)) {
    const reason = `The points are above the questionnaire's scale of ${plan.questionnaire.scaleMaximum}. ${refer}`
    flags.push({ code: 'above-scale', rule: null, reason })
  } else if (place === 'above-last') {
    flags.push({ code: 'above-table', rule: null, reason: `The points are above the table's last. ${refer}` })
  }
  return flags
}

function referrals({ questionnaire }: ScoringPlan, answers: Answers): Flag[] {
  return questionnaire.referralRules
    .filter((rule) => holds(rule, answers))
    .map(({ key, reason }) => ({ code: 'referral-rule', rule: key, reason }))
}

function holds({ all }: ReferralRule, { answers, weightings, addOns }: Answers): boolean {
  return all.every(({ question, option }) =>
    [answers, weightings, addOns].some(
      (given) => Object.hasOwn(given, question) && given[question] === option,
    ),
  )
}
