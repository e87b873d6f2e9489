// The form of a questionnaire version over HTTP. What its parts mean is said in src/domain/questionnaire.ts.
import { Type } from '@sinclair/typebox'
import { ContentHash, Factor, Key, OneOf, Points, Text, Version } from '../../contract/primitives.ts'
import { DraftFaults, Lifecycle } from '../documents/schema.ts'

const closed = { additionalProperties: false }

const PointsOption = Type.Object({ key: Key, label: Text(500), points: Points }, closed)
const FactorOption = Type.Object({ key: Key, label: Text(500), factor: Factor }, closed)
const SupportOption = Type.Object({ key: Key, label: Text(500), retainedFraction: Factor }, closed)

const UserGroup = Type.Object(
  {
    key: Key,
    title: Text(200),
    ageDefined: Type.Boolean({
      description: 'Whether the group is defined by age, which is age by another name.',
    }),
  },
  closed,
)

const QuestionDomain = Type.Object(
  {
    key: Key,
    title: Text(200),
    question: Text(1000),
    help: Type.Optional(Text(2000)),
    careActOutcomes: Type.Array(Text(200), { maxItems: 20 }),
    carerAdjustable: Type.Boolean({
      description: 'Whether unpaid support reduces the points of this domain.',
    }),
    weightingGroup: Type.Optional(Key),
    options: Type.Array(PointsOption, { minItems: 1, maxItems: 30 }),
  },
  closed,
)

const Weighting = Type.Object(
  {
    key: Key,
    question: Text(1000),
    appliesTo: Key,
    options: Type.Array(FactorOption, { minItems: 1, maxItems: 30 }),
  },
  closed,
)

const CarerSupport = Type.Object(
  {
    scope: OneOf('per-domain', 'overall'),
    options: Type.Array(SupportOption, { minItems: 1, maxItems: 30 }),
  },
  closed,
)

const AddOn = Type.Object(
  {
    key: Key,
    question: Text(1000),
    condition: OneOf('always', 'carer-reduction-positive'),
    options: Type.Array(PointsOption, { minItems: 1, maxItems: 30 }),
  },
  closed,
)

const ReferralRule = Type.Object(
  {
    key: Key,
    all: Type.Array(Type.Object({ question: Key, option: Key }, closed), { minItems: 1, maxItems: 20 }),
    reason: Text(1000),
  },
  closed,
)

export const questionnaireContent = {
  title: Text(200),
  population: Key,
  userGroups: Type.Array(UserGroup, { minItems: 1, maxItems: 50 }),
  domains: Type.Array(QuestionDomain, { minItems: 1, maxItems: 100 }),
  weightings: Type.Array(Weighting, { maxItems: 20 }),
  carerSupport: Type.Optional(CarerSupport),
  addOns: Type.Array(AddOn, { maxItems: 20 }),
  referralRules: Type.Array(ReferralRule, { maxItems: 100 }),
  scaleMaximum: Points,
  source: Text(5000),
  rationale: Text(10000),
}

export const QuestionnaireDraft = Type.Object(
  { key: Key, ...questionnaireContent },
  { $id: 'QuestionnaireDraft', additionalProperties: false },
)

export const QuestionnaireVersion = Type.Object(
  {
    key: Key,
    version: Version,
    ...questionnaireContent,
    contentHash: Type.Union([ContentHash, Type.Null()]),
    lifecycle: Lifecycle,
    faults: DraftFaults,
  },
  { $id: 'QuestionnaireVersion', additionalProperties: false },
)
