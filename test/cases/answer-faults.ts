// What an assessment may be refused for, case by case: the small answers with one thing changed.

import type { Answers } from '../../src/contract/allocation/assessment.ts'
import type { Questionnaire } from '../../src/contract/documents/questionnaire.ts'
import type { AnswerFaultCode } from '../../src/contract/faults.ts'
import { answers, questionnaire } from './documents.ts'

export type AnswerCase = {
  readonly why: string
  readonly of?: Questionnaire
  readonly given: Answers
  readonly faults: readonly `${AnswerFaultCode} ${string}`[]
}

const { carer: _, ...withoutCarer } = answers
const { carerSupport: support, ...rest } = questionnaire
if (support === undefined) throw new Error('the small questionnaire asks about a carer')

const overall: Questionnaire = { ...questionnaire, carerSupport: { ...support, scope: 'overall' } }
const noCarer: Questionnaire = {
  ...rest,
  domains: questionnaire.domains.map((domain) => ({ ...domain, carerAdjustable: false })),
  addOns: [],
}
const noCarerAnswers: Answers = { ...withoutCarer, addOns: {} }
const changed = (change: Partial<Answers>): Answers => ({ ...answers, ...change })
const carer = (given: Answers['carer']) => (given === undefined ? withoutCarer : changed({ carer: given }))
const nothing = { answers: {}, weightings: {}, addOns: {} }
const both = { washing: 'half', company: 'all' }

/** A domain, a weighting and an add-on with the names of what every JavaScript object inherits. */
const inherited: Questionnaire = {
  ...questionnaire,
  domains: questionnaire.domains.map((domain, i) =>
    i === 0 ? { ...domain, key: 'constructor' } : i === 1 ? { ...domain, key: '__proto__' } : domain,
  ),
  weightings: questionnaire.weightings.map((weighting) => ({ ...weighting, key: 'toString' })),
  addOns: questionnaire.addOns.slice(0, 1).map((addOn) => ({ ...addOn, key: 'valueOf' })),
  referralRules: [],
}
const inheritedAnswers: Answers = {
  userGroup: 'adults',
  answers: JSON.parse('{ "constructor": "some", "__proto__": "some", "money": "some" }'),
  weightings: { toString: 'no' },
  carer: {
    willingAndAble: true,
    support: JSON.parse('{ "constructor": "half", "__proto__": "none" }'),
  },
  addOns: { valueOf: 'near' },
}

export const answerCases: readonly AnswerCase[] = [
  { why: 'the small answers fit', given: answers, faults: [] },
  {
    why: 'a domain without an answer: nothing is taken for none',
    given: changed({ answers: { washing: 'some', money: 'some' } }),
    faults: ['answer-missing /answers/company'],
  },
  {
    why: 'nothing answered at all',
    given: changed(nothing),
    faults: [
      'answer-missing /answers/washing',
      'answer-missing /answers/company',
      'answer-missing /answers/money',
      'answer-missing /weightings/two_people',
      'answer-missing /addOns/travel',
      'answer-missing /addOns/breaks',
    ],
  },
  {
    why: 'an add-on whose condition is not met is asked all the same',
    given: changed({ addOns: { travel: 'near' } }),
    faults: ['answer-missing /addOns/breaks'],
  },
  {
    why: 'answers to what is not asked, or is asked elsewhere',
    given: changed({
      answers: { ...answers.answers, night: 'some', two_people: 'no' },
      weightings: { ...answers.weightings, washing: 'some' },
      addOns: { ...answers.addOns, 'a/b~c': 'far' },
    }),
    faults: [
      'answer-not-asked /answers/night',
      'answer-not-asked /answers/two_people',
      'answer-not-asked /weightings/washing',
      'answer-not-asked /addOns/a~1b~0c',
    ],
  },
  {
    why: 'options that another question has, that differ in case, or that a prototype has',
    given: changed({
      answers: { washing: 'yes', company: 'Some', money: 'constructor' },
      weightings: { two_people: 'toString' },
      addOns: { travel: '', breaks: '__proto__' },
    }),
    faults: [
      'option-unknown /answers/washing',
      'option-unknown /answers/company',
      'option-unknown /answers/money',
      'option-unknown /weightings/two_people',
      'option-unknown /addOns/travel',
      'option-unknown /addOns/breaks',
    ],
  },
  {
    why: 'a user group that the questionnaire does not have, and every object inherits',
    given: changed({ userGroup: 'constructor' }),
    faults: ['user-group-unknown /userGroup'],
  },

  {
    why: 'questions keyed as what every object inherits',
    of: inherited,
    given: inheritedAnswers,
    faults: [],
  },
  {
    why: 'such questions are not answered by what the object inherits',
    of: inherited,
    given: { ...nothing, userGroup: 'adults', carer: { willingAndAble: true, support: {} } },
    faults: [
      'answer-missing /answers/constructor',
      'answer-missing /answers/__proto__',
      'answer-missing /answers/money',
      'answer-missing /weightings/toString',
      'carer-support-missing /carer/support/constructor',
      'carer-support-missing /carer/support/__proto__',
      'answer-missing /addOns/valueOf',
    ],
  },
  {
    why: 'and such answers are not asked where no question has that name',
    given: changed({
      answers: { ...answers.answers, ...inheritedAnswers.answers },
      weightings: { ...answers.weightings, toString: 'no' },
    }),
    faults: [
      'answer-not-asked /answers/constructor',
      'answer-not-asked /answers/__proto__',
      'answer-not-asked /weightings/toString',
    ],
  },

  {
    why: 'nothing said about a carer, where the questionnaire asks',
    given: carer(undefined),
    faults: ['carer-missing /carer'],
  },
  {
    why: 'something said about a carer, where the questionnaire does not ask',
    of: noCarer,
    given: { ...noCarerAnswers, carer: { willingAndAble: false } },
    faults: ['carer-not-asked /carer'],
  },
  {
    why: 'nothing said about a carer, where nothing is asked',
    of: noCarer,
    given: noCarerAnswers,
    faults: [],
  },
  {
    why: 'a carer who is willing and able gives support in each adjustable domain',
    given: carer({ willingAndAble: true, support: both }),
    faults: [],
  },
  {
    why: 'a carer who is willing and able, and no word on one domain',
    given: carer({ willingAndAble: true, support: { washing: 'half' } }),
    faults: ['carer-support-missing /carer/support/company'],
  },
  {
    why: 'a carer who is willing and able, and no word on any domain',
    given: carer({ willingAndAble: true }),
    faults: ['carer-support-missing /carer/support/washing', 'carer-support-missing /carer/support/company'],
  },
  {
    why: 'a carer who is not: support may be left out, wholly or in part',
    given: carer({ willingAndAble: false, support: { washing: 'half' } }),
    faults: [],
  },
  {
    why: 'a carer who is not: what is said about support must still be an answer',
    given: carer({ willingAndAble: false, support: { washing: 'lots', money: 'half' } }),
    faults: ['option-unknown /carer/support/washing', 'answer-not-asked /carer/support/money'],
  },
  {
    why: 'support in a domain that a carer cannot reduce',
    given: carer({ willingAndAble: true, support: { ...both, money: 'all' } }),
    faults: ['answer-not-asked /carer/support/money'],
  },
  {
    why: 'support said once for all, where each domain is asked about',
    given: carer({ willingAndAble: true, support: both, overall: 'half' }),
    faults: ['carer-support-scope /carer/overall'],
  },

  {
    why: 'overall support, once',
    of: overall,
    given: carer({ willingAndAble: true, overall: 'half' }),
    faults: [],
  },
  {
    why: 'overall support missing where a carer is willing and able',
    of: overall,
    given: carer({ willingAndAble: true }),
    faults: ['carer-support-missing /carer/overall'],
  },
  {
    why: 'overall support may be left out where no carer is',
    of: overall,
    given: carer({ willingAndAble: false }),
    faults: [],
  },
  {
    why: 'overall support must be an answer, also where it does not count',
    of: overall,
    given: carer({ willingAndAble: false, overall: 'lots' }),
    faults: ['option-unknown /carer/overall'],
  },
  {
    why: 'support for each domain, where it is asked about once',
    of: overall,
    given: carer({ willingAndAble: true, support: both }),
    faults: ['carer-support-scope /carer/support', 'carer-support-missing /carer/overall'],
  },
  {
    why: 'everything wrong is reported at once, in the order of the questionnaire',
    given: {
      userGroup: 'x',
      answers: { washing: 'x', x: 'x', company: 'some' },
      weightings: { x: 'x' },
      carer: { willingAndAble: true, overall: 'x', support: { washing: 'x' } },
      addOns: { travel: 'x' },
    },
    faults: [
      'user-group-unknown /userGroup',
      'option-unknown /answers/washing',
      'answer-missing /answers/money',
      'answer-not-asked /answers/x',
      'answer-missing /weightings/two_people',
      'answer-not-asked /weightings/x',
      'carer-support-scope /carer/overall',
      'option-unknown /carer/support/washing',
      'carer-support-missing /carer/support/company',
      'option-unknown /addOns/travel',
      'answer-missing /addOns/breaks',
    ],
  },
]
