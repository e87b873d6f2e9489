// The explanation says, in words a citizen can follow, everything that decided the figure, and nothing else.

import t from 'tap'
import type { ExplanationSection } from '../../../src/contract/allocation/explanation.ts'
import type { CalibrationTable } from '../../../src/contract/documents/calibration-table.ts'
import { explain } from '../../../src/domain/explanation/explanation.ts'
import { SECTION_TITLES } from '../../../src/domain/explanation/line.ts'
import { Decimal } from '../../../src/domain/number/decimal.ts'
import {
  adult,
  adultTable,
  carer,
  carerAnswers,
  carerTable,
  explained,
  explanationInput,
  figures,
  fullTable,
  has,
  sectionText,
  worked,
  workedExamples,
} from './cases.ts'

const money: readonly ExplanationSection[] = ['table', 'sum', 'contingency', 'changes']

function sum(texts: readonly string[]): Decimal {
  return texts.reduce((total, text) => total.plus(text), new Decimal(0))
}

t.test('the sections come in their order, each line in one of them and in full sentences', async (t) => {
  const given = { answers: worked('A'), supersedes: 'earlier-one' }
  const { title, lines } = explained(given)
  t.equal(title, 'How your indicative budget was worked out')
  t.same([...new Set(lines.map(({ section }) => section))], Object.keys(SECTION_TITLES))
  for (const { text } of lines) t.match(text, /^[A-Z“].*[.”]$/)
})

t.test(
  'the points and the pounds of the lines add up to the allocation, for every worked example',
  async (t) => {
    for (const { name, assessment, expected } of workedExamples) {
      for (const table of [adultTable, fullTable]) {
        const input = explanationInput({ answers: assessment, table })
        const explanation = explain(input)
        const points = sum(figures(explanation, 'answers', 'weighted'))
          .minus(sum(figures(explanation, 'unpaid-support', 'reduction')))
          .plus(sum(figures(explanation, 'unpaid-support', 'counted')))
        t.equal(points.toFixed(2), expected.total, `${name}: points`)
        t.same(figures(explanation, 'total', 'total'), [expected.total])
        const { amountAnnual, contingencyAnnual, availableAnnual } = input.allocation
        t.equal(sum(figures(explanation, 'sum', 'change')).toFixed(2), amountAnnual, `${name}: pounds`)
        const [first] = explanation.short
        t.equal(first?.figures?.amountAnnual, amountAnnual)
        t.same(figures(explanation, 'contingency', 'contingencyAnnual'), [contingencyAnnual])
        t.same(figures(explanation, 'contingency', 'availableAnnual'), [availableAnnual])
      }
    }
  },
)

t.test('the table is named, dated, and gives its reasons', async (t) => {
  const given = { answers: worked('A') }
  has(
    t,
    given,
    'table',
    'We used the table “Bath & North East Somerset 2012, Fixed £ per point”, for the year 2012-13. It started on 1 April 2012.',
    'Why these amounts? The council says: “One price for every point',
    'It gives this source: “Rebuilt',
    'Everybody with the same points gets the same amount',
  )
  t.strictSame(figures(explained(given), 'table', 'key'), ['example-table'])
})

t.test('whom the table is not for is told why, and nothing about money', async (t) => {
  const outside = [{ userGroup: 'older-people', reason: 'Twelve people are too few' }]
  const given = { answers: worked('A'), table: { ...adultTable, outside } }
  has(t, given, 'table', 'The table is not made for your group. It says why: “Twelve people are too few.”')
  has(
    t,
    { answers: worked('A'), setting: 'residential' },
    'table',
    'The table is not made for your kind of home. It says why: “The table has no prices for this setting.”',
  )
  const explanation = explained(given)
  for (const section of ['sum', 'contingency', 'changes'] as const)
    t.equal(sectionText(explanation, section), '', `no ${section}`)
  t.notOk(explanation.lines.some(({ text }) => /£\d/.test(text) && !text.includes('“')))
})

t.test('a table is said to have come late when the dates say so, whatever reason it gives', async (t) => {
  const { backdatingReason: _, ...unexplained } = adultTable
  const said = (table: CalibrationTable, tablePublishedOn: string) =>
    sectionText(explained({ answers: worked('A'), table, tablePublishedOn }), 'table')
  const late = 'It was published on 2 April 2012, after the day it came into force.'
  t.match(said(adultTable, '2012-04-02'), `${late} The council’s reason is: “`)
  t.match(said(unexplained, '2012-04-02'), late)
  t.notMatch(said(unexplained, '2012-04-02'), 'reason is: ')
  for (const inTime of ['2012-03-31', '2012-04-01'])
    t.notMatch(said(adultTable, inTime), /after the day it came|council’s reason is/, inTime)
})

t.test('a curve for some groups is said to be one, with every published reason', async (t) => {
  const answers = { ...worked('C'), userGroup: 'learning-disability' }
  has(
    t,
    { answers, table: fullTable },
    'table',
    'does not give everybody the same amount',
    '“Learning disability”',
  )
  has(
    t,
    { answers, table: fullTable },
    'table',
    'gives this reason: “Local support for these groups costs more an hour',
  )
  has(
    t,
    { answers, table: fullTable },
    'table',
    'The council adds: “One of these groups is named by its years',
  )
})

t.test('the contingency is money held ready and not a cut', async (t) => {
  const given = { answers: worked('A') }
  has(
    t,
    given,
    'contingency',
    'The council keeps 20% of your figure ready: £2,728.24 a year. You can plan with the other £10,912.98 a year now.',
    'It is not a cut.',
    'Ask your social worker. A team manager decides within 10 days.',
  )
  const silent = { ...adultTable, contingency: { fraction: '0.20' } }
  has(t, { answers: worked('A'), table: silent }, 'contingency', 'than was planned. Ask the council.')
  const release = { howToAsk: 'Ring us', decidedBy: 'The head of care', withinDays: 1 }
  const told = { ...adultTable, contingency: { fraction: '0.20', release } }
  has(
    t,
    { answers: worked('A'), table: told },
    'contingency',
    'Ring us. The head of care decides within 1 day.',
  )
})

t.test('the changes shown are the three smallest rises and the three smallest falls', async (t) => {
  const shown = explained({ answers: worked('A') })
  t.same(figures(shown, 'changes', 'changeAnnual'), [
    '136.41',
    '409.23',
    '545.65',
    '-272.83',
    '-272.83',
    '-409.24',
  ])
  has(t, { answers: worked('A') }, 'changes', 'the figure £13,777.63 a year: £136.41 more.', '£272.83 less.')
  has(t, { answers: worked('C') }, 'changes', 'If the answer for “Do any of these tasks')
})

t.test('every kind of change has words of its own', async (t) => {
  const input = explanationInput({ answers: worked('A') })
  const told = (section: string, question: string) =>
    sectionText(
      explain({
        ...input,
        changes: {
          changes: input.changes.changes.filter((c) => c.section === section && c.question === question),
          searchedAll: true,
        },
      }),
      'changes',
    )
  t.match(told('carer', 'willingAndAble'), 'If nobody helped you for no pay, the total')
  t.match(told('addOns', 'carer_sustainability'), 'If the answer for “What breaks or help')
  t.match(told('carer', 'nutrition'), 'If the answer for “Unpaid help: Eating and drinking well” were')
  for (const [searchedAll, said] of [
    [true, 'No other answer to a single question would change the figure.'],
    [false, 'None of the answers nearest to yours, changed alone, would change the figure.'],
  ] as const)
    t.match(sectionText(explain({ ...input, changes: { changes: [], searchedAll } }), 'changes'), said)
})

t.test('the fewest points that would change the figure are told, and where none would', async (t) => {
  has(t, { answers: worked('A') }, 'changes', 'You have 25 points. Each point is worth £545.65.')
  const carers = (changed: Readonly<Record<string, string>>) => ({
    answers: carerAnswers(changed),
    questionnaire: carer,
    table: carerTable,
  })
  has(
    t,
    carers({ home: 'high' }),
    'changes',
    'You have 6 points.',
    '6 points more would give £300 a year. 2.01 points fewer would give £0 a year.',
    'the total would be 12 points and the figure £300 a year: £150 more.',
  )
  has(t, carers({}), 'changes', '4 points more would give £150 a year. Fewer points would not give less.')
  has(t, carers({}), 'changes', 'No other answer to a single question would give less.')
  const all = Object.fromEntries(carer.domains.map(({ key }) => [key, 'high']))
  has(t, carers(all), 'changes', 'More points would not give more by this table. 12.01 points fewer would')
  has(t, carers(all), 'changes', 'No other answer to a single question would change the figure.')
  const most = { ...all, home: 'none', work: 'medium' }
  has(t, carers(most), 'changes', 'No other answer to a single question would give more.')
})

t.test('a change that brings a person in, or lets the points be enough, says so', async (t) => {
  const capped = { ...adultTable, cap: { amountAnnual: '13700.00' } }
  has(
    t,
    { answers: worked('A'), table: capped },
    'changes',
    '£136.41 more. A person would then also work out',
  )
  const lower = { ...adultTable, cap: { amountAnnual: '13600.00' } }
  has(t, { answers: worked('A'), table: lower }, 'changes', 'less. The points alone would then be enough')
})

t.test('a point is worth what the adjustments leave of it, to the penny', async (t) => {
  const worth = (factor: string) => {
    const adjustments = [{ name: 'Prices', kind: 'inflation' as const, factor, reason: 'Prices.' }]
    return { answers: worked('A'), table: { ...adultTable, adjustments } }
  }
  has(t, worth('1.05'), 'changes', 'Each point is worth £572.93.')
})

t.test('anybody may work the figure out again from what is published', async (t) => {
  const given = { answers: worked('A') }
  has(
    t,
    given,
    'check',
    'Anyone can do the sum again',
    'engine version 1',
    `The questions (example-questionnaire, version 1) have the fingerprint sha256:${'a'.repeat(64)}.`,
    `The table (example-table, version 3) has the fingerprint sha256:${'b'.repeat(64)}.`,
  )
})

t.test(
  'supersession is told only where there is some, and first of all where the figure is out of date',
  async (t) => {
    t.equal(sectionText(explained({ answers: worked('A') }), 'supersession'), '')
    const given = { answers: worked('A'), supersedes: 'earlier-one', supersededBy: 'later-one' }
    has(t, given, 'supersession', 'corrects an earlier one, earlier-one.', 'counts instead is later-one')
    t.match(explained(given).short[0]?.text, /^This figure is out of date/)
  },
)

t.test('a person found not eligible is told nothing about money', async (t) => {
  const explanation = explained({ answers: worked('A'), eligible: false })
  t.equal(explanation.title, 'Why no budget was worked out')
  for (const section of money) t.equal(sectionText(explanation, section), '', `no ${section}`)
  t.notOk(explanation.lines.some(({ text }) => text.includes('£')))
})

t.test('no sentence of ours speaks about age', async (t) => {
  for (const { assessment } of workedExamples) {
    const { lines } = explained({ answers: assessment })
    t.notOk(lines.some(({ text }) => /\b(age|aged|elderly|old|older)\b/i.test(text)))
  }
})

t.test('an allocation that does not fit what it names is a fault of the program', async (t) => {
  const input = explanationInput({ answers: worked('A') })
  const { allocation, answers, changes } = input
  t.throws(() => explain({ ...input, table: null }), /with its table/)
  t.throws(() => explain({ ...input, allocation: { ...allocation, table: null } }), /with its table/)
  t.throws(() => explain({ ...input, table: { ...adultTable, curves: [] } }), /is not outside the table/)
  t.throws(() => explain({ ...input, allocation: { ...allocation, working: [] } }), /its "\w+" step/)
  const unknown = /names only what its questionnaire has/
  t.throws(() => explain({ ...input, questionnaire: { ...adult, domains: [] } }), unknown)
  t.throws(() => explain({ ...input, answers: { ...answers, weightings: {} } }), unknown)
  const { carerSupport: _, ...without } = adult
  t.throws(() => explain({ ...input, questionnaire: without }), unknown)
  const unwilling = explanationInput({ answers: { ...worked('A'), carer: { willingAndAble: false } } })
  t.throws(() => explain({ ...unwilling, questionnaire: without, changes }), unknown)
})
