// What an allocation comes to: who is referred, who has no money, and what can never reach the sum.
import t from 'tap'
import { ENGINE_VERSION } from '../../../src/domain/allocation/allocation.ts'
import { planTable } from '../../../src/domain/allocation/price.ts'
import { planScoring } from '../../../src/domain/questionnaire/scoring-plan.ts'
import {
  allocation,
  allocationOf,
  answers,
  type Changes,
  questionnaire,
  questionnaireRef,
  refusal,
  table,
  tableRef,
} from '../../cases/documents.ts'

const [line] = table.curves
if (line === undefined) throw new Error('the small table has a curve')
const much = { ...answers, answers: { ...answers.answers, washing: 'much' } }
const yes = { two_people: 'yes' }
const far = { travel: 'far', breaks: 'no' }

const referrals: readonly {
  readonly why: string
  readonly changes: Changes
  readonly rules: readonly string[]
}[] = [
  {
    why: 'a domain, a weighting and an add-on all as the rule says',
    changes: { answers: { ...much, weightings: yes, addOns: far } },
    rules: ['two-and-much'],
  },
  {
    why: 'the domain missing',
    changes: { answers: { ...answers, weightings: yes, addOns: far } },
    rules: [],
  },
  { why: 'the weighting missing', changes: { answers: { ...much, addOns: far } }, rules: [] },
  { why: 'the add-on missing', changes: { answers: { ...much, weightings: yes } }, rules: [] },
  {
    why: 'not eligible',
    changes: { answers: { ...much, weightings: yes, addOns: far }, eligible: false },
    rules: [],
  },
]

for (const { why, changes, rules } of referrals) {
  t.test(`a referral rule holds only when all of it does: ${why}`, async (t) => {
    const result = allocation(changes)
    t.strictSame(
      result.flags.map(({ rule }) => rule),
      rules,
    )
    t.equal(
      result.outcome,
      changes.eligible === false
        ? 'not-eligible'
        : rules.length > 0
          ? 'refer-individual-costing'
          : 'indicative',
    )
    if (rules.length > 0) {
      t.strictSame(result.flags, [
        { code: 'referral-rule', rule: 'two-and-much', reason: 'Points describe this badly.' },
      ])
      t.equal(result.amountAnnual, '28500.00', 'the figure is shown all the same')
    }
  })
}

t.test('every referral rule that holds has a flag of its own', async (t) => {
  const rule = (key: string, option: string) => ({ key, all: [{ question: 'money', option }], reason: key })
  const referralRules = [rule('a', 'some'), rule('b', 'none'), rule('c', 'some')]
  const { flags } = allocation({ questionnaire: { ...questionnaire, referralRules } })
  t.strictSame(
    flags.map(({ rule }) => rule),
    ['a', 'c'],
  )
})

t.test('needs that were not asked about leave the outcome indicative, with a flag', async (t) => {
  const { flags, ...result } = allocation({ otherNeeds: true })
  const { flags: none, ...same } = allocation()
  t.equal(result.outcome, 'indicative')
  t.match(flags, [{ code: 'other-needs-not-scored', rule: null, reason: /A person must consider them/ }])
  t.strictSame([none, result], [[], same])
})

t.test('eligibility recorded without grounds leaves the outcome and the figure, with a flag', async (t) => {
  const stated = { outcomesNotMet: ['2(2)(b)', '2(2)(g)'], wellbeingImpact: false }
  const { flags, ...result } = allocation({ stated })
  const { flags: _, ...same } = allocation()
  t.match(flags, [{ code: 'eligibility-without-grounds', rule: null, reason: /A person must check/ }])
  t.strictSame(result, same)
})

t.test('a person found not eligible has points, and neither money nor a table', async (t) => {
  for (const given of [null, table]) {
    const result = allocation({ eligible: false, table: given, otherNeeds: true })
    t.strictSame(
      { ...result, working: [], flags: result.flags.map(({ code }) => code) },
      {
        outcome: 'not-eligible',
        points: { gross: '12.50', carerReduction: '0.00', addOns: '0.00', total: '12.50' },
        amountAnnual: null,
        contingencyAnnual: null,
        availableAnnual: null,
        amountWeekly: null,
        flags: ['other-needs-not-scored'],
        questionnaire: questionnaireRef,
        table: null,
        engineVersion: ENGINE_VERSION,
        working: [],
      },
    )
    t.strictSame(result.working.at(-1), { step: 'eligibility', eligible: false })
  }
})

t.test('a person found not eligible is refused for wrong answers like anybody else', async (t) => {
  const wrong = { ...answers, answers: {} }
  t.equal(refusal(() => allocation({ eligible: false, answers: wrong })).code, 'assessment-invalid')
})

t.test('no points are a figure of £0.00, not an absent one', async (t) => {
  const { amountAnnual, contingencyAnnual, availableAnnual, amountWeekly, outcome } = allocationOf('0', table)
  const nothing = ['0.00', '0.00', '0.00', '0.00']
  t.strictSame([amountAnnual, contingencyAnnual, availableAnnual, amountWeekly], nothing)
  t.equal(outcome, 'refer-individual-costing', 'and never a quiet one')
})

t.test('each user group is priced by its own curve', async (t) => {
  const double = {
    ...line,
    knots: [...line.knots.slice(0, 1), { points: '30.00', amountAnnual: '60000.00' }],
  }
  const curves = [
    { ...line, userGroups: ['adults'] },
    { ...double, userGroups: ['elders'] },
  ]
  const amount = (userGroup: string) =>
    allocation({ table: { ...table, curves }, answers: { ...answers, userGroup } }).amountAnnual
  t.strictSame([amount('adults'), amount('elders')], ['12500.00', '25000.00'])
})

t.test('the same sum for whoever it is about: nothing else in an assessment reaches it', async (t) => {
  const about = { ageBand: '85+', personRef: 'P-1', assessorRef: 'A-1', currentCostAnnual: '99999.00' }
  t.equal(JSON.stringify(allocation({ answers: { ...answers, ...about } })), JSON.stringify(allocation()))
})

t.test('a fault of the program is not taken for a refusal', async (t) => {
  t.throws(() => allocation({ table: null }), /an eligible person needs a table/)
  const uncovered = { ...table, curves: [{ ...line, userGroups: ['elders'] }] }
  t.throws(() => allocation({ table: uncovered }), /is not outside the table/)
  const plan = planScoring(questionnaire)
  const empty = { ...table, curves: [{ ...line, knots: [] }] }
  t.throws(() => planTable(tableRef, empty, { ref: questionnaireRef, plan }), /at least one knot/)
})
