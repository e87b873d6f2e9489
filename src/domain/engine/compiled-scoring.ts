// Scoring in whole numbers. A domain has only so many lines (an option, its weightings, a support); the reference makes
// each when it is first met, and the points of a person are the sum of theirs.

import type { Answers } from '../../contract/allocation/assessment.ts'
import type { WorkingDomain, WorkingLine } from '../../contract/allocation/working.ts'
import type { Scored } from '../allocation/allocation.ts'
import type { PointsStanding } from '../allocation/standing.ts'
import { formatPoints, round2 } from '../number/decimal.ts'
import { present } from '../present.ts'
import {
  addOnLine,
  appliedFactors,
  grossLine,
  reductionLine,
  scoreDomain,
  totalLine,
} from '../questionnaire/scoring.ts'
import type { ScoringPlan } from '../questionnaire/scoring-plan.ts'
import { type AnswerReader, answerReader, type Reading } from './answer-reader.ts'
import { kept } from './kept.ts'
import { hundredthsOf, offScale, onScale, type WholeScale, wholeScale } from './whole-scale.ts'
import { sharedLine } from './working-text.ts'

export type CompiledScoring = {
  /** The points in hundredths; null where the answers are not as asked. */
  hundredths(answers: Answers): number | null
  /** The same with all that a result says of points. */
  scored(answers: Answers): ScoredHundredths | null
}

export type ScoredHundredths = Scored & { readonly hundredths: number }

/** How many lines the domains of a questionnaire may have together: more are left to the reference. */
export const MOST_LINES = 65_536

/** A questionnaire compiled, or null where its numbers are too large for it, or its lines too many. */
export function compileScoring(plan: ScoringPlan): CompiledScoring | null {
  const scale = wholeScale(plan)
  const reader = answerReader(plan)
  if (scale === null || reader.lines.reduce((sum, lines) => sum + lines, 0) > MOST_LINES) return null
  const parts = compileParts(plan, scale, reader)
  const shown = compileShown(scale)
  return {
    hundredths(answers) {
      const reading = reader.read(answers)
      return reading === null ? null : hundredthsOf(scale, totalOf(parts.sum(answers, reading)))
    },
    scored(answers) {
      const reading = reader.read(answers)
      if (reading === null) return null
      const sum = parts.sum(answers, reading)
      return shown(answers, sum, parts.lines(reading, sum.reduction))
    },
  }
}

/** Points on the scale. */
type Sum = { readonly gross: number; readonly reduction: number; readonly addOns: number }

function totalOf({ gross, reduction, addOns }: Sum): number {
  return gross - reduction + addOns
}

type DomainPart = { readonly weighted: number; readonly reduction: number; readonly line: WorkingDomain }

type QuestionLines = { readonly domains: readonly WorkingDomain[]; readonly addOns: readonly WorkingLine[] }

function compileParts(plan: ScoringPlan, scale: WholeScale, { lines }: AnswerReader) {
  const domains = lines.map((count) => new Array<DomainPart | undefined>(count).fill(undefined))
  const addOns = plan.addOns.map(({ addOn, options }) => ({
    isAlways: addOn.condition === 'always',
    parts: [...options].map(([option, scored]) => ({
      points: onScale(scale, scored.value),
      counted: sharedLine(addOnLine(addOn, option, scored, true)),
      left: sharedLine(addOnLine(addOn, option, scored, false)),
    })),
  }))

  function make(index: number, place: number, answers: Answers): DomainPart {
    const factors = appliedFactors(plan, answers)
    const { weighted, net, line } = scoreDomain(plan, present(plan.domains[index]), answers, factors)
    const reduction = onScale(scale, weighted.minus(net))
    const part = { weighted: onScale(scale, weighted), reduction, line: sharedLine(line) }
    present(domains[index])[place] = part
    return part
  }

  /** Makes the parts that nobody has had before. */
  function sum(answers: Answers, reading: Reading): Sum {
    let [gross, reduction, added] = [0, 0, 0]
    for (let i = 0; i < domains.length; i += 1) {
      const place = present(reading.domains[i])
      const part = present(domains[i])[place] ?? make(i, place, answers)
      gross += part.weighted
      reduction += part.reduction
    }
    for (let i = 0; i < addOns.length; i += 1) {
      const { isAlways, parts } = present(addOns[i])
      if (isAlways || reduction > 0) added += present(parts[present(reading.addOns[i])]).points
    }
    return { gross, reduction, addOns: added }
  }

  /** The lines of parts that are all made. */
  function linesOf(reading: Reading, reduction: number): QuestionLines {
    return {
      domains: domains.map((parts, i) => present(parts[present(reading.domains[i])]).line),
      addOns: addOns.map(({ isAlways, parts }, i) => {
        const { counted, left } = present(parts[present(reading.addOns[i])])
        return isAlways || reduction > 0 ? counted : left
      }),
    }
  }

  return { sum, lines: linesOf }
}

/** What a result says of a sum. Rounding and every text are the reference's, made once of each value. */
function compileShown(scale: WholeScale) {
  const text = kept((value: number) => formatPoints(offScale(scale, value)))
  const gross = kept((value: number) => sharedLine(grossLine(offScale(scale, value))))
  const reductions = (willing: boolean | null) =>
    kept((value: number) => sharedLine(reductionLine(willing, offScale(scale, value))))
  const [unsaid, unable, able] = [reductions(null), reductions(false), reductions(true)]
  const total = kept((value: number) => {
    const unrounded = offScale(scale, value)
    const rounded = round2(unrounded)
    const hundredths = hundredthsOf(scale, value)
    return { hundredths, text: formatPoints(rounded), line: sharedLine(totalLine(unrounded, rounded)) }
  })
  const { referAbove } = scale

  return ({ carer }: Answers, sum: Sum, { domains, addOns }: QuestionLines): ScoredHundredths => {
    const found = total(totalOf(sum))
    const reduction = carer === undefined ? unsaid : carer.willingAndAble ? able : unable
    const standing: PointsStanding = {
      hasGross: sum.gross > 0,
      hasTotal: found.hundredths > 0,
      reliesOnCare: referAbove !== null && sum.reduction * referAbove.unit > sum.gross * referAbove.share,
    }
    return {
      hundredths: found.hundredths,
      points: {
        gross: text(sum.gross),
        carerReduction: text(sum.reduction),
        addOns: text(sum.addOns),
        total: found.text,
      },
      standing,
      domains,
      sums: [gross(sum.gross), reduction(sum.reduction), ...addOns, found.line],
    }
  }
}
