// Pounds for points by a published table: one exact fraction, rounded once.
import { type Assessment, Differs, type Questionnaire, type Table } from './documents.ts'
import {
  compared,
  type Exact,
  exact,
  isZero,
  minus,
  ONE,
  PENNY,
  rounded,
  shown,
  times,
  ZERO,
} from './exact.ts'
import type { Score } from './score.ts'

export type Money = {
  readonly amountAnnual: string | null
  readonly contingencyAnnual: string | null
  readonly availableAnnual: string | null
  readonly amountWeekly: string | null
}

export const NO_MONEY: Money = {
  amountAnnual: null,
  contingencyAnnual: null,
  availableAnnual: null,
  amountWeekly: null,
}

/** The money, and why a person has to look at the case, in the order of the flags. */
export type Priced = { readonly money: Money; readonly refers: readonly string[] }

export function priced(
  questionnaire: Questionnaire,
  table: Table,
  { userGroup, assessedOn, setting = 'own-home' }: Assessment,
  score: Score,
): Priced {
  const { key, version } = table.questionnaire
  if (key !== questionnaire.key || version !== questionnaire.version)
    throw new Differs('the table is for another questionnaire')
  const { effectiveFrom, effectiveBefore = '9999-12-31' } = table
  if (assessedOn < effectiveFrom || assessedOn >= effectiveBefore)
    throw new Differs('the table is not for the day of the assessment')
  const outside = (table.outside ?? []).map((one) => one.userGroup)
  if (outside.includes(userGroup) || !(table.settings ?? ['own-home']).includes(setting))
    return { money: NO_MONEY, refers: ['outside-table', ...careReasons(questionnaire, score, null)] }
  const curve = table.curves.find(({ userGroups }) => userGroups === 'all' || userGroups.includes(userGroup))
  if (curve === undefined) throw new Differs('the table has no curve for the user group')
  const scale = exact(questionnaire.scaleMaximum)
  const reading = readingOf(curve, table.belowFirst, scale, score.total)
  if (reading.isAbove && table.aboveLast === 'refuse') throw new Differs('the table refuses so many points')
  const factors = table.adjustments.reduce((product, { factor }) => times(product, exact(factor)), ONE)
  const { to, mode } = table.rounding
  const amount = rounded(times(reading.numerator, factors), reading.denominator, exact(to), mode)
  const held = rounded(times(amount, exact(table.contingency.fraction)), ONE, PENNY, 'half-up')
  const isCapped = table.cap !== undefined && compared(amount, exact(table.cap.amountAnnual)) > 0
  const isOffScale = compared(score.total, scale) > 0
  return {
    money: {
      amountAnnual: shown(amount),
      contingencyAnnual: shown(held),
      availableAnnual: shown(minus(amount, held)),
      amountWeekly: shown(rounded(amount, exact(table.weeksPerYear), PENNY, 'half-up')),
    },
    refers: [
      ...(isCapped ? ['above-cap'] : []),
      ...(isOffScale ? ['above-scale'] : reading.isAbove ? ['above-table'] : []),
      ...careReasons(questionnaire, score, amount),
    ],
  }
}

function careReasons(
  { carerSupport }: Questionnaire,
  { gross, reduction, total }: Score,
  amount: Exact | null,
): readonly string[] {
  const share = carerSupport?.referAbove
  return [
    ...(compared(gross, ZERO) > 0 && isZero(total) ? ['met-by-unpaid-care'] : []),
    ...(isZero(gross) ? ['eligible-without-points'] : []),
    ...(amount !== null && isZero(amount) && compared(total, ZERO) > 0 ? ['priced-at-nothing'] : []),
    ...(share !== undefined && compared(reduction, times(gross, exact(share))) > 0
      ? ['relies-on-unpaid-care']
      : []),
  ]
}

type Reading = { readonly numerator: Exact; readonly denominator: Exact; readonly isAbove: boolean }

function readingOf(
  { interpolation, knots }: Table['curves'][number],
  belowFirst: Table['belowFirst'],
  scale: Exact,
  points: Exact,
): Reading {
  const read = knots.map((knot) => ({ points: exact(knot.points), amount: exact(knot.amountAnnual) }))
  const [first, last] = [read[0], read.at(-1)]
  if (first === undefined || last === undefined) throw new Differs('the curve has no knots')
  const held = (numerator: Exact, isAbove = false) => ({ numerator, denominator: ONE, isAbove })
  if (compared(points, interpolation === 'step' ? scale : last.points) > 0) return held(last.amount, true)
  if (compared(points, first.points) < 0) {
    if (belowFirst === 'hold') return held(first.amount)
    if (belowFirst === 'zero') return held(ZERO)
    return { numerator: times(first.amount, points), denominator: first.points, isAbove: false }
  }
  const next = read.findIndex((knot) => compared(knot.points, points) > 0)
  const low = read[(next === -1 ? read.length : next) - 1]
  const high = next === -1 ? undefined : read[next]
  if (low === undefined) throw new Differs('the knots of the curve are not in order')
  if (interpolation === 'step' || high === undefined) return held(low.amount)
  const width = minus(high.points, low.points)
  const rise = minus(points, low.points)
  const left = times(low.amount, minus(width, rise))
  const right = times(high.amount, rise)
  return { numerator: minus(left, { ...right, digits: -right.digits }), denominator: width, isAbove: false }
}
