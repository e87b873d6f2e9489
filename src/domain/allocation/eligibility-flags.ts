// Where the record of eligibility contradicts itself (SI 2015/313, regs 2 and 3). The record is read and never judged:
// whether somebody is eligible is the council's decision, and a person must look.

import type { Flag } from '../../contract/allocation/allocation.ts'
import type { Answers, StatedEligibility } from '../../contract/allocation/assessment.ts'
import { present } from '../present.ts'
import { answerTo } from '../questionnaire/answers.ts'
import type { ScoringPlan } from '../questionnaire/scoring-plan.ts'
import { flagOf } from './flags.ts'

/** The outcomes that the regulations ask for; of another population nothing is known. */
const ENOUGH: Readonly<Record<string, number>> = { adult: 2, carer: 1 }

/** What was stated beside `eligible`: in an estimate perhaps nothing, and then nothing is read. */
export function eligibilityFlags(
  eligible: boolean,
  stated: StatedEligibility,
  plan: ScoringPlan,
  answers: Answers,
  assessedOn: string,
): readonly Flag[] {
  const { population } = plan.questionnaire
  const { outcomesNotMet, wellbeingImpact, decidedOn } = stated
  const named = outcomesNotMet?.length
  const enough = Object.hasOwn(ENOUGH, population) ? ENOUGH[population] : undefined
  const flags: Flag[] = []
  if (population === 'adult' && eligible && named === 1)
    flags.push(
      flagOf('eligibility-one-outcome', 'The record names one outcome that is not met, and two are needed.'),
    )
  if (eligible && (named === 0 || wellbeingImpact === false))
    flags.push(
      flagOf(
        'eligibility-without-grounds',
        'The person is eligible, but the record names no unmet outcome, or no significant impact on wellbeing. A person must check the record.',
      ),
    )
  if (!eligible && enough !== undefined && named !== undefined && named >= enough && wellbeingImpact === true)
    flags.push(
      flagOf(
        'eligibility-may-be-met',
        'The record says not eligible, but names enough outcomes and an impact on wellbeing. A person must check it.',
      ),
    )
  flags.push(...differingAnswers(outcomesNotMet, plan, answers))
  if (decidedOn !== undefined && inAYear(decidedOn) < assessedOn)
    flags.push(
      flagOf('eligibility-old', 'Eligibility was decided more than 12 months before the assessment.', {
        decidedOn,
      }),
    )
  return flags
}

function differingAnswers(
  outcomesNotMet: StatedEligibility['outcomesNotMet'],
  { outcomes }: ScoringPlan,
  { answers }: Answers,
): readonly Flag[] {
  if (outcomesNotMet === undefined) return []
  for (const { code, domains } of outcomes) {
    const isListed = outcomesNotMet.includes(code)
    const differ = domains.every(({ key, none, most }) =>
      (isListed ? none : most).has(present(answerTo(answers, key))),
    )
    if (!differ) continue
    const reason = isListed
      ? `Outcome ${code} is recorded as not met, but its answers have no points. A person must check it.`
      : `Outcome ${code} is not recorded as not met, but its answers are the highest. A person must check it.`
    return [flagOf('eligibility-answers-differ', reason, { outcome: code, listed: String(isListed) })]
  }
  return []
}

// The same day of the next year; texts of dates compare as dates do, 29 February as well.
function inAYear(date: string): string {
  return `${BigInt(date.slice(0, 4)) + 1n}${date.slice(4)}`
}
