// The form of an assessment: what the caller sends, and what is given back of one that is stored.
import { Type } from '@sinclair/typebox'
import {
  Instant,
  KEY_FORM,
  KEY_PATTERN,
  Key,
  Money,
  Nullable,
  OneOf,
  PolicyDate,
  Ref,
  Uuid,
  VersionRef,
} from '../../contract/primitives.ts'

const closed = { additionalProperties: false }
const Answers = Type.Record(Type.String({ pattern: KEY_PATTERN }), Key, {
  maxProperties: 200,
  expectedNames: `keys of the questionnaire: ${KEY_FORM}`,
  additionalProperties: false,
})

const Carer = Type.Object(
  {
    willingAndAble: Type.Boolean(),
    support: Type.Optional(Answers),
    overall: Type.Optional(Key),
  },
  {
    ...closed,
    description:
      'Support counts only where a carer is willing and able; else it is kept and the working says so.',
  },
)

// Codes and no words of the caller's: a free text here would become a record about the person.
const OUTCOMES = [
  ...[...'abcdefghij'].map((outcome) => `2(2)(${outcome})`),
  '3(2)(a)',
  ...['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii'].map((outcome) => `3(2)(b)(${outcome})`),
]

const decided = {
  eligible: Type.Boolean(),
  outcomesNotMet: Type.Array(OneOf(...OUTCOMES), {
    maxItems: OUTCOMES.length,
    uniqueItems: true,
    description:
      'By their places in the Care and Support (Eligibility Criteria) Regulations 2015: 2(2)(a) to (j) for an adult with needs, 3(2)(a) and (b)(i) to (viii) for a carer.',
  }),
  wellbeingImpact: Type.Boolean(),
  decidedOn: PolicyDate,
}
const Eligibility = Type.Object(decided, {
  ...closed,
  description: 'Decided by the council before any budget; the software never decides it.',
})

/** Of eligibility the sum asks only whether; the rest may stand there, and is not looked at. */
export const EstimatedEligibility = Type.Object(
  { ...Type.Partial(Type.Object(decided)).properties, eligible: decided.eligible },
  { ...closed, description: 'Only eligible counts in an estimate.' },
)

/** All that the sum is made from. */
export const scoredFields = {
  userGroup: Key,
  assessedOn: PolicyDate,
  questionnaire: VersionRef,
  answers: Answers,
  weightings: Answers,
  carer: Type.Optional(Carer),
  addOns: Answers,
  eligibility: Eligibility,
  otherNeeds: Type.Boolean({ description: 'Whether there are needs the form did not ask about.' }),
}

export const assessmentFields = {
  assessmentRef: Ref('The caller’s own reference for this assessment; with revision it is recorded once.'),
  revision: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  personRef: Ref('The caller’s own opaque reference for the person: no name, no NHS number.'),
  ...scoredFields,
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
}

export const AssessmentIntake = Type.Object(assessmentFields, { $id: 'AssessmentIntake', ...closed })

export const Actor = Type.Object({ client: Type.String(), subject: Type.String() }, closed)

export const Assessment = Type.Object(
  {
    id: Uuid,
    ...assessmentFields,
    corrects: Nullable(Uuid),
    allocationId: Uuid,
    createdAt: Instant,
    createdBy: Actor,
    correctedBy: Nullable(Uuid),
  },
  { $id: 'Assessment', ...closed },
)

export const IdParams = Type.Object({ id: Uuid })
