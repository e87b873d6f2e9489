// An assessment: the answers on one date, what the council decided on eligibility, and the caller's references.
import { type Static, Type } from '@sinclair/typebox'
import { VersionRef } from '../documents/version.ts'
import { Actor } from '../event.ts'
import {
  Instant,
  KEY_FORM,
  KEY_PATTERN,
  Key,
  Money,
  Nullable,
  named,
  OneOf,
  PolicyDate,
  Ref,
  Uuid,
} from '../primitives.ts'
import { Setting } from '../setting.ts'
import { Form, type Frozen } from '../shape.ts'

export const Choices = Type.Record(Type.String({ pattern: KEY_PATTERN }), Key, {
  $id: 'Choices',
  maxProperties: 200,
  expectedNames: `keys of the questionnaire: ${KEY_FORM}`,
  additionalProperties: false,
  description: 'The key of the option chosen, by the key of its question.',
})

export const CarerAnswer = Form(
  'CarerAnswer',
  {
    willingAndAble: Type.Boolean(),
    support: Type.Optional(named(Choices)),
    overall: Type.Optional(Key),
  },
  'Support counts only where a carer is willing and able; else it is kept and the working says so.',
)
export type CarerAnswer = Frozen<Static<typeof CarerAnswer>>

/** All that may count towards points: nothing about age, cost or who the person is can be put in here. */
export const Answers = Type.Object({
  userGroup: Key,
  answers: named(Choices),
  weightings: named(Choices),
  carer: Type.Optional(named(CarerAnswer)),
  addOns: named(Choices),
})
export type Answers = Frozen<Static<typeof Answers>>

// Codes and no words of the caller's: a free text here would become a record about the person.
const OUTCOMES = [
  ...[...'abcdefghij'].map((outcome) => `2(2)(${outcome})`),
  '3(2)(a)',
  ...['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii'].map((outcome) => `3(2)(b)(${outcome})`),
]

export const Eligibility = Form(
  'Eligibility',
  {
    eligible: Type.Boolean(),
    outcomesNotMet: Type.Array(OneOf(...OUTCOMES), {
      maxItems: OUTCOMES.length,
      uniqueItems: true,
      description:
        'By their places in the Care and Support (Eligibility Criteria) Regulations 2015: 2(2)(a) to (j) for an adult with needs, 3(2)(a) and (b)(i) to (viii) for a carer.',
    }),
    wellbeingImpact: Type.Boolean(),
    decidedOn: PolicyDate,
  },
  'Decided by the council before any budget; the software never decides it.',
)

/** Of eligibility the sum asks only whether; what else is stated is read for contradictions. */
export const EstimatedEligibility = Form(
  'EstimatedEligibility',
  { ...Type.Partial(Eligibility).properties, eligible: Eligibility.properties.eligible },
  'Only eligible counts in the sum of an estimate; what else is stated may raise a notice.',
)
export type EstimatedEligibility = Frozen<Static<typeof EstimatedEligibility>>

/** What is stated of eligibility beside whether: read for contradictions, and never judged. */
export type StatedEligibility = Omit<EstimatedEligibility, 'eligible'>

/** All that the sum is made from. */
const { userGroup, ...answered } = Answers.properties
const scored = {
  userGroup,
  assessedOn: PolicyDate,
  questionnaire: named(VersionRef),
  setting: Type.Optional(Setting),
  ...answered,
}
const otherNeeds = Type.Boolean({ description: 'Whether there are needs the form did not ask about.' })

/** An assessment that is only tried: nobody is named, and nothing is stored. */
export const EstimateIntake = Form('EstimateIntake', {
  ...scored,
  eligibility: named(EstimatedEligibility),
  otherNeeds,
})
export type EstimateIntake = Frozen<Static<typeof EstimateIntake>>

/** An assessment as the caller sends it. Only what an estimate has too reaches the sum. */
export const AssessmentIntake = Form('AssessmentIntake', {
  assessmentRef: Ref('The caller’s own reference for this assessment; with revision it is recorded once.'),
  revision: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  personRef: Ref('The caller’s own opaque reference for the person: no name, no NHS number.'),
  ...scored,
  eligibility: named(Eligibility),
  otherNeeds,
  ageBand: Type.Optional(
    Type.String({
      pattern: '^[0-9]{1,3}(-[0-9]{1,3}|\\+)$',
      maxLength: 7,
      expected: 'an age band, two ages or one and more',
      examples: ['75-84'],
    }),
  ),
  teamRef: Type.Optional(Ref('The caller’s own reference for a team.')),
  assessorRef: Type.Optional(Ref('The caller’s own reference for the assessor.')),
  currentCostAnnual: Type.Optional(Money),
})
export type AssessmentIntake = Frozen<Static<typeof AssessmentIntake>>

/** As it is stored, and as it came into the log. */
export const StoredAssessment = Form('StoredAssessment', {
  id: Uuid,
  ...AssessmentIntake.properties,
  corrects: Nullable(Uuid),
  allocationId: Uuid,
  createdAt: Instant,
  createdBy: named(Actor),
})
export type StoredAssessment = Frozen<Static<typeof StoredAssessment>>

/** As it is read: with what is known of it only later. */
export const Assessment = Form('Assessment', { ...StoredAssessment.properties, correctedBy: Nullable(Uuid) })

export const IdParams = Type.Object({ id: Uuid })
