// A synthetic council as assessments, each as a case-management system would send it.
import type { AssessmentIntake } from '../../contract/allocation/assessment.ts'
import type { QuestionDomain, Questionnaire } from '../../contract/documents/questionnaire.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import { present } from '../present.ts'
import { referenceOf } from './cohort-lines.ts'
import type { SyntheticPerson } from './council.ts'

export type IntakeWishes = {
  readonly questionnaire: VersionRef
  /** The days of assessment, taken in turn. */
  readonly days: readonly string[]
}

export function* intakes(
  { domains }: Questionnaire,
  people: Iterable<SyntheticPerson>,
  { questionnaire, days }: IntakeWishes,
): Generator<AssessmentIntake, void, undefined> {
  for (const person of people) {
    const assessedOn = present(days[(person.number - 1) % days.length])
    yield {
      assessmentRef: referenceOf('SYN-A', person),
      revision: 1,
      personRef: referenceOf('SYN', person),
      assessedOn,
      questionnaire,
      ...person.answers,
      eligibility: eligibilityOf(domains, person, assessedOn),
      otherNeeds: false,
      ageBand: person.ageBand,
      teamRef: person.team,
      currentCostAnnual: `${person.cost}.00`,
    }
  }
}

const ENOUGH_OUTCOMES = 2

/** As regulation 2 asks of an adult: two outcomes or more, and an impact. */
function eligibilityOf(
  domains: readonly QuestionDomain[],
  { answers }: SyntheticPerson,
  decidedOn: string,
): AssessmentIntake['eligibility'] {
  const needed = domains.filter(({ key }) => answers.answers[key] !== 'none')
  const outcomesNotMet = [...new Set(needed.flatMap(outcomesOf))].sort()
  const eligible = outcomesNotMet.length >= ENOUGH_OUTCOMES
  return { eligible, outcomesNotMet, wellbeingImpact: eligible, decidedOn }
}

// "2(2)(a) managing and maintaining nutrition" begins with its code; what stands in the Act itself is no outcome.
function outcomesOf({ careActOutcomes }: QuestionDomain): readonly string[] {
  return careActOutcomes.flatMap((outcome) => /^2\(2\)\([a-j]\)/.exec(outcome)?.[0] ?? [])
}
