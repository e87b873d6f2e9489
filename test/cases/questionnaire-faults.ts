// What publication refuses in a questionnaire, case by case: the small questionnaire with one thing changed.
import type { Questionnaire } from '../../src/contract/documents/questionnaire.ts'
import type { QuestionnaireFaultCode } from '../../src/contract/faults.ts'
import { questionnaire } from './documents.ts'

export type QuestionnaireCase = {
  readonly why: string
  readonly of: Questionnaire
  readonly faults: readonly `${QuestionnaireFaultCode} ${string}`[]
}

const { domains, weightings, addOns, userGroups, referralRules } = questionnaire
const [washing, company, money] = domains
const [twoPeople] = weightings
const [travel, breaks] = addOns
const [rule] = referralRules
const { carerSupport: support, ...withoutCarer } = questionnaire
if (!washing || !company || !money || !twoPeople || !travel || !breaks || !rule || !support)
  throw new Error('the small questionnaire lacks a part')

const changed = (change: Partial<Questionnaire>): Questionnaire => ({ ...questionnaire, ...change })
const factor = (factor: string) => [{ ...twoPeople, options: [{ key: 'no', label: 'No', factor }] }]
const retained = (retainedFraction: string) => ({
  ...support,
  options: [{ key: 'none', label: 'None', retainedFraction }],
})
const { referAbove: _, ...without } = support
const asking = (...all: (typeof rule)['all']) => [{ ...rule, all }]

export const questionnaireCases: readonly QuestionnaireCase[] = [
  { why: 'the small questionnaire may be published as it stands', of: questionnaire, faults: [] },

  {
    why: 'a user group named twice',
    of: changed({ userGroups: [...userGroups, ...userGroups.slice(0, 1)] }),
    faults: ['key-duplicate /userGroups/2/key'],
  },
  {
    why: 'a domain asked twice, and again: each repetition is named',
    of: changed({ domains: [...domains, money, money], scaleMaximum: '50.00' }),
    faults: ['key-duplicate /domains/3/key', 'key-duplicate /domains/4/key'],
  },
  {
    why: 'a weighting keyed as a domain: a referral rule could not tell them apart',
    of: changed({ weightings: [{ ...twoPeople, key: 'money' }], referralRules: [] }),
    faults: ['key-duplicate /weightings/0/key'],
  },
  {
    why: 'an add-on keyed as a weighting',
    of: changed({ addOns: [travel, { ...breaks, key: 'two_people' }] }),
    faults: ['key-duplicate /addOns/1/key'],
  },
  {
    why: 'a referral rule keyed twice',
    of: changed({ referralRules: [rule, rule] }),
    faults: ['key-duplicate /referralRules/1/key'],
  },
  {
    why: 'a referral rule may share its key with a question: it is never answered',
    of: changed({ referralRules: [{ ...rule, key: 'money' }] }),
    faults: [],
  },
  {
    why: 'an option keyed twice in a domain, a weighting, an add-on and the carer support',
    of: changed({
      domains: [washing, { ...company, options: company.options.map((o) => ({ ...o, key: 'x' })) }, money],
      weightings: [{ ...twoPeople, options: twoPeople.options.map((o) => ({ ...o, key: 'x' })) }],
      addOns: [travel, { ...breaks, options: breaks.options.map((o) => ({ ...o, key: 'x' })) }],
      carerSupport: { ...support, options: support.options.map((o) => ({ ...o, key: 'x' })) },
      referralRules: [],
    }),
    faults: [
      'key-duplicate /domains/1/options/1/key',
      'key-duplicate /domains/1/options/2/key',
      'key-duplicate /weightings/0/options/1/key',
      'key-duplicate /addOns/1/options/1/key',
      'key-duplicate /carerSupport/options/1/key',
      'key-duplicate /carerSupport/options/2/key',
    ],
  },
  {
    why: 'the same option key in two domains is no repetition',
    of: changed({ domains: [washing, company, money] }),
    faults: [],
  },

  {
    why: 'the highest options add up to the scale exactly',
    of: changed({ scaleMaximum: '30.00' }),
    faults: [],
  },
  {
    why: 'the highest options are a hundredth above the scale',
    of: changed({ scaleMaximum: '29.99' }),
    faults: ['scale-exceeded /scaleMaximum'],
  },
  {
    why: 'weightings and add-ons may carry a person above the scale: only unweighted options count',
    of: changed({ weightings: factor('10'), referralRules: [] }),
    faults: [],
  },
  {
    why: 'the highest option counts wherever it stands in the list',
    of: changed({ domains: [washing, company, { ...money, options: money.options.toReversed() }] }),
    faults: [],
  },

  {
    why: 'a domain in a group that no weighting applies to',
    of: changed({ domains: [washing, { ...company, weightingGroup: 'trips' }, money] }),
    faults: ['weighting-group-unknown /domains/1/weightingGroup'],
  },
  {
    why: 'a weighting that applies to no domain',
    of: changed({ weightings: [twoPeople, { ...twoPeople, key: 'far', appliesTo: 'trips' }] }),
    faults: ['weighting-group-unknown /weightings/1/appliesTo'],
  },

  {
    why: 'a domain that a carer may reduce, and an add-on for the carer, with no carer question',
    of: { ...withoutCarer, domains: [company, washing], addOns: [travel, breaks] },
    faults: [
      'carer-support-undefined /domains/0/carerAdjustable',
      'carer-support-undefined /domains/1/carerAdjustable',
      'carer-support-undefined /addOns/1/condition',
    ],
  },
  {
    why: 'a questionnaire need not ask about a carer at all',
    of: {
      ...withoutCarer,
      domains: domains.map((domain) => ({ ...domain, carerAdjustable: false })),
      addOns: [travel],
    },
    faults: [],
  },

  {
    why: 'a factor of 0 would delete a need',
    of: changed({ weightings: factor('0'), referralRules: [] }),
    faults: ['factor-out-of-range /weightings/0/options/0/factor'],
  },
  {
    why: 'a factor just above 0',
    of: changed({ weightings: factor('0.000001'), referralRules: [] }),
    faults: [],
  },
  {
    why: 'a factor of 10 is the highest',
    of: changed({ weightings: factor('10'), referralRules: [] }),
    faults: [],
  },
  {
    why: 'a factor just above 10',
    of: changed({ weightings: factor('10.000001'), referralRules: [] }),
    faults: ['factor-out-of-range /weightings/0/options/0/factor'],
  },
  { why: 'all of the points may be retained', of: changed({ carerSupport: retained('1.00') }), faults: [] },
  { why: 'none of the points may be retained', of: changed({ carerSupport: retained('0') }), faults: [] },
  {
    why: 'support cannot add points',
    of: changed({ carerSupport: retained('1.0001') }),
    faults: ['factor-out-of-range /carerSupport/options/0/retainedFraction'],
  },

  {
    why: 'a referral rule about a question that is not asked, nor found on a prototype',
    of: changed({
      referralRules: asking(
        { question: 'night', option: 'much' },
        { question: 'constructor', option: 'name' },
      ),
    }),
    faults: [
      'referral-rule-unknown-question /referralRules/0/all/0/question',
      'referral-rule-unknown-question /referralRules/0/all/1/question',
    ],
  },
  {
    why: 'a referral rule about an option that the domain, the weighting or the add-on does not have',
    of: changed({
      referralRules: asking(
        { question: 'washing', option: 'yes' },
        { question: 'two_people', option: 'much' },
        { question: 'travel', option: 'toString' },
      ),
    }),
    faults: [
      'referral-rule-unknown-option /referralRules/0/all/0/option',
      'referral-rule-unknown-option /referralRules/0/all/1/option',
      'referral-rule-unknown-option /referralRules/0/all/2/option',
    ],
  },
  {
    why: 'a referral rule that wants two answers to one question can never hold',
    of: changed({
      referralRules: asking({ question: 'washing', option: 'much' }, { question: 'washing', option: 'some' }),
    }),
    faults: ['referral-rule-contradicts-itself /referralRules/0/all/1'],
  },
  {
    why: 'a referral rule that says the same twice is clumsy, and holds',
    of: changed({
      referralRules: asking({ question: 'washing', option: 'much' }, { question: 'washing', option: 'much' }),
    }),
    faults: [],
  },
  {
    why: 'a referral rule about support that is given, and about an answer to the same domain',
    of: changed({
      referralRules: asking({ support: 'washing', option: 'all' }, { question: 'washing', option: 'much' }),
    }),
    faults: [],
  },
  {
    why: 'support of a domain that unpaid care does not reduce, of none, and asked once where it is not',
    of: changed({
      referralRules: asking(
        { support: 'money', option: 'all' },
        { support: 'constructor', option: 'all' },
        { support: 'overall', option: 'all' },
      ),
    }),
    faults: [
      'referral-rule-unknown-question /referralRules/0/all/0/support',
      'referral-rule-unknown-question /referralRules/0/all/1/support',
      'referral-rule-unknown-question /referralRules/0/all/2/support',
    ],
  },
  {
    why: 'support that is no option, and two kinds of support at once',
    of: changed({
      referralRules: asking(
        { support: 'washing', option: 'much' },
        { support: 'company', option: 'all' },
        { support: 'company', option: 'half' },
      ),
    }),
    faults: [
      'referral-rule-unknown-option /referralRules/0/all/0/option',
      'referral-rule-contradicts-itself /referralRules/0/all/2',
    ],
  },
  {
    why: 'support that is asked about once, and then not of a domain',
    of: changed({
      carerSupport: { ...support, scope: 'overall' },
      referralRules: asking({ support: 'overall', option: 'all' }, { support: 'washing', option: 'all' }),
    }),
    faults: ['referral-rule-unknown-question /referralRules/0/all/1/support'],
  },
  {
    why: 'support where there is no question about a carer',
    of: {
      ...withoutCarer,
      domains: domains.map((domain) => ({ ...domain, carerAdjustable: false })),
      addOns: [travel],
      referralRules: asking({ support: 'washing', option: 'all' }),
    },
    faults: ['referral-rule-unknown-question /referralRules/0/all/0/support'],
  },

  {
    why: 'no share of unpaid care above which a person looks',
    of: changed({ carerSupport: without }),
    faults: ['refer-above-missing /carerSupport/referAbove'],
  },
  ...['0', '0.00', '1', '1.00', '2'].map(
    (referAbove) =>
      ({
        why: `a share of unpaid care of ${referAbove}`,
        of: changed({ carerSupport: { ...support, referAbove } }),
        faults: ['refer-above-out-of-range /carerSupport/referAbove'],
      }) as const,
  ),
  ...['0.00000001', '0.99999999'].map((referAbove) => ({
    why: `a share of unpaid care of ${referAbove}`,
    of: changed({ carerSupport: { ...support, referAbove } }),
    faults: [],
  })),

  {
    why: 'everything wrong is reported at once',
    of: changed({
      userGroups: [...userGroups, ...userGroups],
      domains: [washing, { ...company, weightingGroup: 'trips' }, money],
      weightings: factor('11'),
      carerSupport: retained('2'),
      referralRules: asking(
        { question: 'night', option: 'much' },
        { question: 'washing', option: 'lots' },
        { question: 'washing', option: 'much' },
      ),
      scaleMaximum: '1.00',
    }),
    faults: [
      'key-duplicate /userGroups/2/key',
      'key-duplicate /userGroups/3/key',
      'scale-exceeded /scaleMaximum',
      'weighting-group-unknown /domains/1/weightingGroup',
      'factor-out-of-range /weightings/0/options/0/factor',
      'factor-out-of-range /carerSupport/options/0/retainedFraction',
      'referral-rule-unknown-question /referralRules/0/all/0/question',
      'referral-rule-unknown-option /referralRules/0/all/1/option',
      'referral-rule-contradicts-itself /referralRules/0/all/2',
    ],
  },
]
