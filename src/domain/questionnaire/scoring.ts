// Turns answers into points. Policy (Care Act 2014 s.10; domain research 1.3): needs are scored first as if there
// were no carer (gross), then reduced only by what a willing and able carer gives (net); the two stand side by side.

import type { Answers, CarerAnswer } from '../../contract/allocation/assessment.ts'
import type {
  AppliedFactor,
  AppliedSupport,
  WorkingDomain,
  WorkingLine,
} from '../../contract/allocation/working.ts'
import type { AddOn } from '../../contract/documents/questionnaire.ts'
import { faultsIn, Refusal } from '../../contract/refusal.ts'
import { type Decimal, formatPoints, round2, ZERO } from '../number/decimal.ts'
import { present } from '../present.ts'
import { answerFaults } from './answer-faults.ts'
import { answerTo } from './answers.ts'
import type { Scored, ScoringPlan } from './scoring-plan.ts'

export type Score = {
  readonly gross: Decimal
  readonly carerReduction: Decimal
  readonly addOns: Decimal
  readonly total: Decimal
  readonly lines: readonly WorkingLine[]
}

/**
 * Points for one set of answers: `total = round2(Σ net + add-ons)`, half-up, once. Refuses `assessment-invalid`
 * with every fault found: each question needs one of its own options, and nothing else may be answered.
 */
export function score(plan: ScoringPlan, answers: Answers): Score {
  refuseFaults(plan, answers)
  const factors = appliedFactors(plan, answers)
  const lines: WorkingLine[] = []
  let gross = ZERO
  let reduction = ZERO
  for (const asked of plan.domains) {
    const { weighted, net, line } = scoreDomain(plan, asked, answers, factors)
    if (!weighted.isZero()) gross = gross.plus(weighted)
    if (net !== weighted) reduction = reduction.plus(weighted.minus(net))
    lines.push(line)
  }
  lines.push(grossLine(gross), reductionLine(answers.carer?.willingAndAble ?? null, reduction))
  const addOns = scoreAddOns(plan, answers, reduction, lines)
  const unrounded = gross.minus(reduction).plus(addOns)
  const total = round2(unrounded)
  lines.push(totalLine(unrounded, total))
  return { gross, carerReduction: reduction, addOns, total, lines }
}

/** Refuses `assessment-invalid` with every fault of the answers. */
export function refuseFaults(plan: ScoringPlan, answers: Answers): void {
  const faults = answerFaults(plan, answers)
  if (faults.length === 0) return
  throw new Refusal('assessment-invalid', faultsIn('The assessment', faults), { faults })
}

export function grossLine(gross: Decimal): WorkingLine {
  return { step: 'gross', result: formatPoints(gross) }
}

export function reductionLine(willingAndAble: boolean | null, reduction: Decimal): WorkingLine {
  return { step: 'carer-reduction', willingAndAble, result: formatPoints(reduction) }
}

export function totalLine(unrounded: Decimal, total: Decimal): WorkingLine {
  return { step: 'total', unrounded: formatPoints(unrounded), result: formatPoints(total) }
}

export function addOnLine(
  { key, condition }: AddOn,
  option: string,
  { points }: Scored,
  counted: boolean,
): WorkingLine {
  return { step: 'add-on', addOn: key, option, points, condition, counted }
}

type Applied = { readonly appliesTo: string; readonly factor: Scored; readonly line: AppliedFactor }

/** The factors that the answers choose. */
export function appliedFactors(plan: ScoringPlan, answers: Answers): readonly Applied[] {
  return plan.weightings.map((weighting) => applied(weighting, picked(answers.weightings, weighting.key)))
}

function applied({ key, appliesTo, options }: ScoringPlan['weightings'][number], option: string): Applied {
  const factor = present(options.get(option))
  return { appliesTo, factor, line: { weighting: key, option, factor: factor.text } }
}

/** One domain by itself: its points with their factors, what of them is left after unpaid support, and its line. */
export function scoreDomain(
  plan: ScoringPlan,
  { domain, options }: ScoringPlan['domains'][number],
  answers: Answers,
  factors: readonly Applied[],
): { weighted: Decimal; net: Decimal; line: WorkingDomain } {
  const option = picked(answers.answers, domain.key)
  const points = present(options.get(option))
  const own = factors.filter(({ appliesTo }) => appliesTo === domain.weightingGroup)
  const weighted = own.reduce((product, { factor }) => times(product, factor), points.value)
  const support = domain.carerAdjustable ? supportOf(plan, domain.key, answers.carer) : null
  const net = support?.line.counted === true ? times(weighted, support.fraction) : weighted
  const shown = weighted === points.value ? points.points : formatPoints(weighted)
  const line = {
    step: 'domain',
    domain: domain.key,
    option,
    points: points.points,
    factors: own.map(({ line }) => line),
    weighted: shown,
    support: support?.line ?? null,
    net: net === weighted ? shown : formatPoints(net),
  } as const
  return { weighted, net, line }
}

// Most factors are 1 and many points 0: leaving those alone keeps the engine fast and the sum the same.
function times(points: Decimal, factor: Scored): Decimal {
  return factor.isOne || points.isZero() ? points : points.times(factor.value)
}

function supportOf(
  plan: ScoringPlan,
  domain: string,
  carer: CarerAnswer | undefined,
): { fraction: Scored; line: AppliedSupport } | null {
  const option =
    plan.supportScope === 'overall' ? carer?.overall : carer?.support && answerTo(carer.support, domain)
  if (carer === undefined || option === undefined) return null
  const fraction = present(plan.support.get(option))
  return { fraction, line: { option, retainedFraction: fraction.text, counted: carer.willingAndAble } }
}

function scoreAddOns(plan: ScoringPlan, answers: Answers, reduction: Decimal, lines: WorkingLine[]): Decimal {
  let sum = ZERO
  for (const { addOn, options } of plan.addOns) {
    const option = picked(answers.addOns, addOn.key)
    const points = present(options.get(option))
    const counted = addOn.condition === 'always' || reduction.greaterThan(ZERO)
    if (counted) sum = sum.plus(points.value)
    lines.push(addOnLine(addOn, option, points, counted))
  }
  return sum
}

function picked(given: Readonly<Record<string, string>>, key: string): string {
  return present(answerTo(given, key))
}
