// A second computation of an allocation, written from the contract alone and sharing no code with src/domain: every
// number is a fraction of two BigInts, so nothing is ever shortened. It must agree with the engine to the penny.

import type { Answers } from '../../src/contract/allocation/assessment.ts'
import type { CalibrationTable, Curve } from '../../src/contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../src/contract/documents/questionnaire.ts'

/** An exact fraction; `d` is above 0. */
export type Ratio = { readonly n: bigint; readonly d: bigint }

export type OracleInput = {
  readonly answers: Answers
  readonly eligible: boolean
  readonly otherNeeds: boolean
}

export type OracleAllocation = {
  readonly outcome: 'indicative' | 'refer-individual-costing' | 'not-eligible' | 'points-above-table'
  readonly points: { gross: string; carerReduction: string; addOns: string; total: string }
  readonly amountAnnual: string | null
  readonly contingencyAnnual: string | null
  readonly availableAnnual: string | null
  readonly amountWeekly: string | null
}

const PENNY: Ratio = { n: 1n, d: 100n }
const NOTHING: Ratio = { n: 0n, d: 1n }
const UNIT: Ratio = { n: 1n, d: 1n }
const NO_MONEY = { amountAnnual: null, contingencyAnnual: null, availableAnnual: null, amountWeekly: null }

/** What the contract says comes of these answers. `points-above-table` stands for the refusal of that name. */
export function oracleAllocation(
  questionnaire: Questionnaire,
  table: CalibrationTable,
  input: OracleInput,
): OracleAllocation {
  const { total, ...points } = oraclePoints(questionnaire, input.answers)
  const shown = { points: { ...points, total: decimalText(total) } }
  if (!input.eligible) return { outcome: 'not-eligible', ...shown, ...NO_MONEY }
  const curve = curveOf(table, input.answers.userGroup)
  const above = more(total, endOf(curve, questionnaire))
  if (above && table.aboveLast === 'refuse') return { outcome: 'points-above-table', ...shown, ...NO_MONEY }
  const amount = oracleAmount(curve, table, total)
  const held = rounded(times(amount, ratio(table.contingency.fraction)), PENNY, 'half-up')
  const capped = table.cap !== undefined && more(amount, ratio(table.cap.amountAnnual))
  const refers = above || capped || cared(questionnaire, shown, amount) || ruled(questionnaire, input.answers)
  return {
    outcome: refers ? 'refer-individual-costing' : 'indicative',
    ...shown,
    amountAnnual: decimalText(amount),
    contingencyAnnual: decimalText(held),
    availableAnnual: decimalText(minus(amount, held)),
    amountWeekly: decimalText(rounded(over(amount, ratio(table.weeksPerYear)), PENNY, 'half-up')),
  }
}

// A quiet £0 does not exist, nor unpaid care beyond the share that the questionnaire says. No points at all are referred
// even where the table has an amount for none of them.
function cared({ carerSupport }: Questionnaire, { points }: Shown, amount: Ratio): boolean {
  const [gross, reduction] = [ratio(points.gross), ratio(points.carerReduction)]
  const share = carerSupport?.referAbove
  const isNothing = ratio(points.total).n === 0n ? gross.n > 0n : amount.n === 0n
  return gross.n === 0n || isNothing || (share !== undefined && more(reduction, times(gross, ratio(share))))
}

type Shown = Pick<OracleAllocation, 'points'>

function oraclePoints(questionnaire: Questionnaire, given: Answers) {
  let [gross, net, extra] = [NOTHING, NOTHING, NOTHING]
  for (const domain of questionnaire.domains) {
    let points = ratio(pick(domain.options, own(given.answers, domain.key)).points)
    for (const weighting of questionnaire.weightings) {
      if (weighting.appliesTo !== domain.weightingGroup) continue
      points = times(points, ratio(pick(weighting.options, own(given.weightings, weighting.key)).factor))
    }
    gross = plus(gross, points)
    net = plus(
      net,
      domain.carerAdjustable ? times(points, retained(questionnaire, given, domain.key)) : points,
    )
  }
  const reduction = minus(gross, net)
  for (const addOn of questionnaire.addOns) {
    const points = ratio(pick(addOn.options, own(given.addOns, addOn.key)).points)
    if (addOn.condition === 'always' || more(reduction, NOTHING)) extra = plus(extra, points)
  }
  return {
    gross: decimalText(gross),
    carerReduction: decimalText(reduction),
    addOns: decimalText(extra),
    total: rounded(plus(net, extra), PENNY, 'half-up'),
  }
}

function retained({ carerSupport }: Questionnaire, { carer }: Answers, domain: string): Ratio {
  if (carerSupport === undefined || carer?.willingAndAble !== true) return UNIT
  const option = carerSupport.scope === 'overall' ? carer.overall : own(carer.support ?? {}, domain)
  return ratio(pick(carerSupport.options, option).retainedFraction)
}

/** The rounded amount that a curve and a table give to so many points. */
export function oracleAmount(curve: Curve, table: CalibrationTable, points: Ratio): Ratio {
  const exact = table.adjustments.reduce(
    (amount, { factor }) => times(amount, ratio(factor)),
    read(curve, table.belowFirst, points),
  )
  return rounded(exact, ratio(table.rounding.to), table.rounding.mode)
}

// Walks the knots from the first to the last, and keeps what the last one reached says.
function read(curve: Curve, belowFirst: CalibrationTable['belowFirst'], points: Ratio): Ratio {
  const knots = curve.knots.map((knot) => ({ p: ratio(knot.points), a: ratio(knot.amountAnnual) }))
  const [first] = knots
  if (first === undefined) throw new Error('the curve has no knots')
  if (more(first.p, points)) {
    if (belowFirst === 'zero') return NOTHING
    return belowFirst === 'hold' ? first.a : times(first.a, over(points, first.p))
  }
  let amount = first.a
  knots.forEach(({ p, a }, i) => {
    if (more(p, points)) return
    const next = knots[i + 1]
    const level = curve.interpolation === 'step' || next === undefined || !more(next.p, points)
    const share = level ? NOTHING : over(minus(points, p), minus(next.p, p))
    amount = level ? a : plus(a, times(minus(next.a, a), share))
  })
  return amount
}

// The last step of a step curve speaks for all of the scale; a line only for its knots.
function endOf(curve: Curve, { scaleMaximum }: Questionnaire): Ratio {
  return ratio(curve.interpolation === 'step' ? scaleMaximum : (curve.knots.at(-1)?.points ?? '0'))
}

function curveOf({ curves }: CalibrationTable, group: string): Curve {
  const curve = curves.find(({ userGroups }) => userGroups === 'all' || userGroups.includes(group))
  if (curve === undefined) throw new Error(`no curve covers ${group}`)
  return curve
}

function ruled(questionnaire: Questionnaire, given: Answers): boolean {
  const { answers, weightings, addOns } = given
  const chosen = new Map([answers, weightings, addOns].flatMap((section) => Object.entries(section)))
  return questionnaire.referralRules.some(({ all }) =>
    all.every((condition) =>
      'question' in condition
        ? chosen.get(condition.question) === condition.option
        : supported(questionnaire, given, condition.support, condition.option),
    ),
  )
}

// A weighting is never 0, so a domain has points when its option has.
function supported(
  { domains, carerSupport }: Questionnaire,
  { answers, carer }: Answers,
  of: string,
  option: string,
): boolean {
  if (carer?.willingAndAble !== true) return false
  return domains.some(
    ({ key, carerAdjustable, options }) =>
      carerAdjustable &&
      (carerSupport?.scope === 'overall' || key === of) &&
      (carerSupport?.scope === 'overall' ? carer.overall : own(carer.support ?? {}, key)) === option &&
      more(ratio(pick(options, own(answers, key)).points), NOTHING),
  )
}

function own(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return new Map(Object.entries(record)).get(key)
}

function pick<O extends { readonly key: string }>(options: readonly O[], key: string | undefined): O {
  const option = options.find((option) => option.key === key)
  if (option === undefined) throw new Error(`there is no option ${key}`)
  return option
}

/** A decimal text as a fraction. */
export function ratio(text: string): Ratio {
  const [whole = '', places = ''] = text.split('.')
  return { n: BigInt(whole + places), d: 10n ** BigInt(places.length) }
}

/** `value` rounded to a multiple of `to`; both from 0. */
export function rounded(value: Ratio, to: Ratio, mode: string): Ratio {
  const steps = over(value, to)
  const whole = steps.n / steps.d
  const twice = 2n * (steps.n % steps.d)
  const tie = twice === steps.d
  const up = {
    down: false,
    up: twice > 0n,
    'half-up': twice >= steps.d,
    'half-even': tie ? whole % 2n === 1n : twice > steps.d,
  }[mode]
  if (up === undefined) throw new Error(`there is no rounding mode ${mode}`)
  return times({ n: up ? whole + 1n : whole, d: 1n }, to)
}

/** A fraction with a finite decimal form, as JSON carries it: at least two places, and no zero after them. */
export function decimalText(value: Ratio): string {
  let places = 2n
  while ((value.n * 10n ** places) % value.d !== 0n) places += 1n
  const digits = ((value.n * 10n ** places) / value.d).toString().padStart(Number(places) + 1, '0')
  const point = digits.length - Number(places)
  return `${digits.slice(0, point)}.${digits.slice(point)}`
}

function plus(a: Ratio, b: Ratio): Ratio {
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d }
}

function minus(a: Ratio, b: Ratio): Ratio {
  return { n: a.n * b.d - b.n * a.d, d: a.d * b.d }
}

function times(a: Ratio, b: Ratio): Ratio {
  return { n: a.n * b.n, d: a.d * b.d }
}

function over(a: Ratio, b: Ratio): Ratio {
  return { n: a.n * b.d, d: a.d * b.n }
}

function more(a: Ratio, b: Ratio): boolean {
  return a.n * b.d > b.n * a.d
}
