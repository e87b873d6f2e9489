// What a questionnaire version is. Policy: every domain has explicit options, the scale belongs to the version
// (domain research, 1.2), and nothing about age is asked or scored.
import { type Static, Type } from '@sinclair/typebox'
import { Factor, Key, named, OneOf, Points, Text, Version } from '../primitives.ts'
import { closed, Form, type Frozen } from '../shape.ts'
import { beside, besidePublic } from './version.ts'

export const PointsOption = Form('PointsOption', { key: Key, label: Text(500), points: Points })

export const FactorOption = Form('FactorOption', { key: Key, label: Text(500), factor: Factor })

export const SupportOption = Form('SupportOption', { key: Key, label: Text(500), retainedFraction: Factor })

export const UserGroup = Form('UserGroup', {
  key: Key,
  title: Text(200),
  ageDefined: Type.Boolean({
    description: 'Whether the group is defined by age, which is age by another name.',
  }),
})

export const QuestionDomain = Form('QuestionDomain', {
  key: Key,
  title: Text(200),
  question: Text(1000),
  help: Type.Optional(Text(2000)),
  careActOutcomes: Type.Array(Text(200), { maxItems: 20 }),
  carerAdjustable: Type.Boolean({
    description: 'Whether unpaid support reduces the points of this domain.',
  }),
  weightingGroup: Type.Optional(Key),
  options: Type.Array(named(PointsOption), { minItems: 1, maxItems: 30 }),
})
export type QuestionDomain = Frozen<Static<typeof QuestionDomain>>

export const Weighting = Form('Weighting', {
  key: Key,
  question: Text(1000),
  appliesTo: Key,
  options: Type.Array(named(FactorOption), { minItems: 1, maxItems: 30 }),
})

export const CarerSupport = Form('CarerSupport', {
  scope: OneOf('per-domain', 'overall'),
  options: Type.Array(named(SupportOption), { minItems: 1, maxItems: 30 }),
  referAbove: Type.Optional({
    ...Factor,
    description:
      'Where unpaid support takes off more than this share of the points, a person works out the cost. Above 0 and below 1; publication asks for it.',
  }),
})
export type CarerSupport = Frozen<Static<typeof CarerSupport>>

export const AddOnCondition = OneOf('always', 'carer-reduction-positive')

export const AddOn = Form('AddOn', {
  key: Key,
  question: Text(1000),
  condition: AddOnCondition,
  options: Type.Array(named(PointsOption), { minItems: 1, maxItems: 30 }),
})
export type AddOn = Frozen<Static<typeof AddOn>>

/** The answer to a question, or how much of a domain's care a willing and able carer gives. */
export const ReferralCondition = Type.Union([
  Type.Object({ question: Key, option: Key }, closed),
  Type.Object(
    {
      support: { ...Key, description: 'The key of a domain, or overall where support is asked about once.' },
      option: Key,
    },
    closed,
  ),
])
export type ReferralCondition = Frozen<Static<typeof ReferralCondition>>

export const ReferralRule = Form('ReferralRule', {
  key: Key,
  all: Type.Array(ReferralCondition, { minItems: 1, maxItems: 20 }),
  reason: Text(1000),
})
export type ReferralRule = Frozen<Static<typeof ReferralRule>>

/** The content of a questionnaire version. Points, factors and fractions are decimal strings. */
export const Questionnaire = Type.Object({
  title: Text(200),
  population: Key,
  userGroups: Type.Array(named(UserGroup), { minItems: 1, maxItems: 50 }),
  domains: Type.Array(named(QuestionDomain), { minItems: 1, maxItems: 100 }),
  weightings: Type.Array(named(Weighting), { maxItems: 20 }),
  carerSupport: Type.Optional(named(CarerSupport)),
  addOns: Type.Array(named(AddOn), { maxItems: 20 }),
  referralRules: Type.Array(named(ReferralRule), { maxItems: 100 }),
  scaleMaximum: Points,
  source: Text(5000),
  rationale: Text(10000),
})
export type Questionnaire = Frozen<Static<typeof Questionnaire>>

export const QuestionnaireDraft = Form('QuestionnaireDraft', { key: Key, ...Questionnaire.properties })
export type QuestionnaireDraft = Frozen<Static<typeof QuestionnaireDraft>>

export const QuestionnaireVersion = Form('QuestionnaireVersion', {
  key: Key,
  version: Version,
  ...Questionnaire.properties,
  ...beside,
})
export type QuestionnaireVersion = Frozen<Static<typeof QuestionnaireVersion>>

export const PublicQuestionnaire = Form('PublicQuestionnaire', {
  key: Key,
  version: Version,
  ...Questionnaire.properties,
  ...besidePublic,
})
