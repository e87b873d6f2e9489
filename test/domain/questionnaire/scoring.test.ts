// Points from answers: what is refused, what unpaid support takes off, and what is rounded, once, on the total.

import t from 'tap'
import type { Answers } from '../../../src/contract/allocation/assessment.ts'
import type { Questionnaire } from '../../../src/contract/documents/questionnaire.ts'
import type { AnswerFaultCode } from '../../../src/contract/faults.ts'
import { answerFaults } from '../../../src/domain/questionnaire/answer-faults.ts'
import { score } from '../../../src/domain/questionnaire/scoring.ts'
import { planScoring } from '../../../src/domain/questionnaire/scoring-plan.ts'
import { answerCases } from '../../cases/answer-faults.ts'
import { answers, named, questionnaire, refusal } from '../../cases/documents.ts'

for (const { why, of = questionnaire, given, faults } of answerCases) {
  t.test(`answers: ${why}`, async (t) => {
    const plan = planScoring(of)
    t.strictSame(named(answerFaults(plan, given)), faults)
    if (faults.length === 0) return t.ok(score(plan, given).total.greaterThan(0))
    const refused = refusal(() => score(plan, given))
    t.equal(refused.code, 'assessment-invalid')
    t.strictSame(named(refused.faults), faults)
  })
}

t.test('every code of a fault in answers is exercised', async (t) => {
  const codes: Record<AnswerFaultCode, true> = {
    'answer-missing': true,
    'answer-not-asked': true,
    'option-unknown': true,
    'user-group-unknown': true,
    'carer-missing': true,
    'carer-not-asked': true,
    'carer-support-missing': true,
    'carer-support-scope': true,
  }
  const exercised = new Set(answerCases.flatMap(({ faults }) => faults.map((fault) => fault.split(' ')[0])))
  t.strictSame([...exercised].sort(), Object.keys(codes).sort())
})

t.test('a fault in answers says what was found and what was expected', async (t) => {
  const details = (change: Partial<Answers>, of = questionnaire) =>
    answerFaults(planScoring(of), { ...answers, ...change })
      .map(({ detail }) => detail)
      .join()
  t.match(
    details({ userGroup: 'x' }),
    /^Unknown user group; expected one of: adults, elders\. Choose one of these\.$/,
  )
  t.match(details({ weightings: {} }), /"two_people" has no answer; expected one of: no, yes\./)
  t.match(
    details({ weightings: { two_people: 'no', x: 'y' } }),
    /has no such question here; it asks: two_people\. Leave it out\./,
  )
  const noAddOns: Questionnaire = { ...questionnaire, addOns: [], referralRules: [] }
  t.match(
    details({ addOns: { x: 'y' } }, noAddOns),
    /has no such question here; it asks: nothing\. Leave it out\./,
  )
})

const supported = (willingAndAble: boolean, washing: string, company: string): Partial<Answers> => ({
  carer: { willingAndAble, support: { washing, company } },
})
const { carerSupport } = questionnaire
if (carerSupport === undefined) throw new Error('the small questionnaire asks about a carer')
const overall: Questionnaire = { ...questionnaire, carerSupport: { ...carerSupport, scope: 'overall' } }
const withBreaks = { addOns: { travel: 'near', breaks: 'yes' } }
const far = { addOns: { travel: 'far', breaks: 'no' } }

const sums: readonly {
  readonly why: string
  readonly change: Partial<Answers>
  readonly of?: Questionnaire
  readonly points: readonly [gross: string, carerReduction: string, addOns: string, total: string]
}[] = [
  { why: 'no carer', change: {}, points: ['12.5', '0', '0', '12.5'] },
  {
    why: 'a weighting multiplies the domains of its group',
    change: { weightings: { two_people: 'yes' } },
    points: ['14.5', '0', '0', '14.5'],
  },
  {
    why: 'half of the washing and all of the company is given',
    change: supported(true, 'half', 'all'),
    points: ['12.5', '5.5', '0', '7'],
  },
  {
    why: 'the same is said, and the carer is not willing and able',
    change: supported(false, 'half', 'all'),
    points: ['12.5', '0', '0', '12.5'],
  },
  {
    why: 'support reduces weighted points',
    change: { ...supported(true, 'half', 'none'), weightings: { two_people: 'yes' } },
    points: ['14.5', '3', '0', '11.5'],
  },
  {
    why: 'a break counts where support reduced the points',
    change: { ...supported(true, 'none', 'half'), ...withBreaks },
    points: ['12.5', '1.75', '2', '12.75'],
  },
  {
    why: 'a break does not count where a willing carer reduced nothing',
    change: { ...supported(true, 'none', 'none'), ...withBreaks },
    points: ['12.5', '0', '0', '12.5'],
  },
  {
    why: 'a break does not count where the carer is not willing and able',
    change: { ...supported(false, 'all', 'all'), ...withBreaks },
    points: ['12.5', '0', '0', '12.5'],
  },
  { why: 'an add-on with the condition always counts', change: far, points: ['12.5', '0', '5', '17.5'] },
  {
    why: 'overall support reduces every adjustable domain, and no other',
    of: overall,
    change: { carer: { willingAndAble: true, overall: 'half' } },
    points: ['12.5', '3.75', '0', '8.75'],
  },
  {
    why: 'overall support that does not count',
    of: overall,
    change: { carer: { willingAndAble: false, overall: 'half' } },
    points: ['12.5', '0', '0', '12.5'],
  },
  {
    why: 'overall support left unsaid where there is no carer',
    of: overall,
    change: { carer: { willingAndAble: false } },
    points: ['12.5', '0', '0', '12.5'],
  },
]

for (const { why, change, of = questionnaire, points } of sums) {
  t.test(`points: ${why}`, async (t) => {
    const { gross, carerReduction, addOns, total } = score(planScoring(of), { ...answers, ...change })
    t.strictSame([gross.toFixed(), carerReduction.toFixed(), addOns.toFixed(), total.toFixed()], points)
  })
}

t.test('the working says which support was applied, and which did not count', async (t) => {
  const line = (change: Partial<Answers>, of = questionnaire) =>
    score(planScoring(of), { ...answers, ...change }).lines.flatMap((l) =>
      l.step === 'domain' ? l.support : [],
    )
  const half = { option: 'half', retainedFraction: '0.5' }
  t.strictSame(line(supported(true, 'half', 'half')), [
    { ...half, counted: true },
    { ...half, counted: true },
    null,
  ])
  t.strictSame(line(supported(false, 'half', 'half')), [
    { ...half, counted: false },
    { ...half, counted: false },
    null,
  ])
  t.strictSame(line({ carer: { willingAndAble: false } }), [null, null, null])
  t.strictSame(line({ carer: { willingAndAble: true, overall: 'half' } }, overall), [
    { ...half, counted: true },
    { ...half, counted: true },
    null,
  ])
})

t.test('every weighting of a group is applied, in its order', async (t) => {
  const night = {
    key: 'night',
    question: 'At night?',
    appliesTo: 'care',
    options: [{ key: 'yes', label: 'Yes', factor: '1.25' }],
  }
  const plan = planScoring({ ...questionnaire, weightings: [...questionnaire.weightings, night] })
  const { lines } = score(plan, { ...answers, weightings: { two_people: 'yes', night: 'yes' } })
  t.strictSame(lines[0], {
    step: 'domain',
    domain: 'washing',
    option: 'some',
    points: '4.00',
    factors: [
      { weighting: 'two_people', option: 'yes', factor: '1.5' },
      { weighting: 'night', option: 'yes', factor: '1.25' },
    ],
    weighted: '7.50',
    support: null,
    net: '7.50',
  })
})

const roundings = [
  { why: 'a total that is whole hundredths stays', points: '12.34', total: '12.34' },
  { why: 'below half a hundredth goes down', points: '12.344999', total: '12.34' },
  { why: 'half a hundredth goes up', points: '12.345', total: '12.35' },
  {
    why: 'half a hundredth goes up also to an odd neighbour of an even one',
    points: '12.335',
    total: '12.34',
  },
  { why: 'above half a hundredth goes up', points: '12.345001', total: '12.35' },
]

for (const { why, points, total } of roundings) {
  t.test(`rounding the total: ${why}`, async (t) => {
    const [washing, company, money] = questionnaire.domains
    if (!washing || !company || !money) throw new Error('the small questionnaire has three domains')
    const options = [{ key: 'some', label: 'Some', points }]
    const plan = planScoring({ ...questionnaire, domains: [{ ...washing, options }, company, money] })
    const given = { ...answers, answers: { washing: 'some', company: 'none', money: 'none' } }
    const { gross, lines, total: found } = score(plan, given)
    t.equal(found.toFixed(2), total)
    t.equal(gross.toFixed(), points, 'what is added up is not rounded before')
    t.strictSame(lines.at(-1), { step: 'total', unrounded: points, result: total })
  })
}

t.test('the total is rounded once: parts of a hundredth are added up before any is dropped', async (t) => {
  const domains = questionnaire.domains.map((domain) => ({
    ...domain,
    options: [{ key: 'some', label: 'Some', points: '0.004' }],
  }))
  const { total } = score(planScoring({ ...questionnaire, domains }), answers)
  t.equal(total.toFixed(), '0.01', '3 × 0.004 = 0.012; rounded first, each would be nothing')
})
