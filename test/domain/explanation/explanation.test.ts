// The explanation says, in words a citizen can follow, everything that decided the figure, and nothing else.

import t from 'tap'
import type { ExplanationSection } from '../../../src/contract/allocation/explanation.ts'
import type { CalibrationTable } from '../../../src/contract/documents/calibration-table.ts'
import { explain } from '../../../src/domain/explanation/explanation.ts'
import { SECTION_TITLES } from '../../../src/domain/explanation/line.ts'
import { explanationText } from '../../../src/domain/explanation/text.ts'
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
        t.same(figures(explanation, 'summary', 'amountAnnual'), [amountAnnual])
        t.same(figures(explanation, 'contingency', 'contingencyAnnual'), [contingencyAnnual])
        t.same(figures(explanation, 'contingency', 'availableAnnual'), [availableAnnual])
      }
    }
  },
)

t.test('the summary gives the figure, says that it is indicative, and that a person decides', async (t) => {
  const given = { answers: worked('A') }
  has(t, given, 'summary', 'Your indicative budget is £13,641.22 a year. That is £262.33 a week.')
  has(t, given, 'summary', 'The final figure may be higher or lower.', 'in the usual way')
  has(t, given, 'summary', 'A named person at Exampleshire Council decides', 'must give you the reasons')
  has(t, given, 'summary', '16 November 2026', '0197a8c0-0000-7000-8000-00000000000a')
})

t.test('the table is named, dated, hashed, and gives its reasons', async (t) => {
  const given = { answers: worked('A') }
  has(t, given, 'table', '“Bath & North East Somerset 2012, Fixed £ per point” (example-table, version 3)')
  has(t, given, 'table', 'The date of your assessment chose the table', 'came into force on 1 April 2012')
  has(
    t,
    given,
    'table',
    `sha256:${'b'.repeat(64)}`,
    'The council explains the level',
    'The source it gives is: “Rebuilt',
  )
  has(t, given, 'table', 'Everybody with the same points gets the same amount')
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
    'difference: “Local support for these groups costs more an hour',
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
    'holds 20% of your figure ready: £2,728.24 a year',
    '£10,912.98 a year can be planned',
  )
  has(t, given, 'contingency', 'It is not a cut.', 'released on need')
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
  has(t, { answers: worked('C') }, 'changes', 'If the answer to “Do any of these tasks')
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
  t.match(
    told('carer', 'willingAndAble'),
    'If no unpaid carer were willing and able to support you, the total',
  )
  t.match(told('addOns', 'carer_sustainability'), 'If the answer to “What breaks or help')
  t.match(
    told('carer', 'nutrition'),
    'If the answer about unpaid support for “Eating and drinking well” were',
  )
  for (const [searchedAll, said] of [
    [true, 'No other answer to a single question would change the figure.'],
    [false, 'None of the answers nearest to yours, changed alone, would change the figure.'],
  ] as const)
    t.match(sectionText(explain({ ...input, changes: { changes: [], searchedAll } }), 'changes'), said)
})

t.test('the fewest points that would change the figure are told, and where none would', async (t) => {
  has(t, { answers: worked('A') }, 'changes', 'the figure changes with every hundredth of a point.')
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

t.test('both points and amount may be challenged, and anybody may work the figure out again', async (t) => {
  const given = { answers: worked('A') }
  has(t, given, 'challenge', 'You can challenge the points, the amount, or both.')
  has(
    t,
    given,
    'challenge',
    'Exampleshire Council deals with challenges: Write to the Adult Care Appeals Officer',
  )
  has(t, given, 'challenge', 'ring 01234 567890.', 'engine version 1', 'example-questionnaire, version 1')
  has(
    t,
    given,
    'challenge',
    `sha256:${'a'.repeat(64)}`,
    `sha256:${'b'.repeat(64)}`,
    'example-table, version 3',
  )
})

t.test(
  'supersession is told only where there is some, and first of all where the figure is out of date',
  async (t) => {
    t.equal(sectionText(explained({ answers: worked('A') }), 'supersession'), '')
    const given = { answers: worked('A'), supersedes: 'earlier-one', supersededBy: 'later-one' }
    has(t, given, 'supersession', 'corrects an earlier one, earlier-one.', 'counts instead is later-one')
    t.match(explained(given).lines[0]?.text, /^This figure is out of date/)
  },
)

t.test('who is found eligible without grounds on record is told that a person must check it', async (t) => {
  const text = explanationText(explained({ answers: worked('A'), groundsMissing: true }))
  t.match(text.replaceAll(/\s+/g, ' '), /A person must check the record. Your figure does not depend on it/)
  t.notMatch(explanationText(explained({ answers: worked('A') })), /must check the record/)
})

t.test('a person found not eligible is told who decided, and nothing about money', async (t) => {
  const given = { answers: worked('A'), eligible: false }
  has(t, given, 'summary', 'The assessor for Exampleshire Council decided', 'This software did not.')
  has(t, given, 'summary', 'no budget follows from your points', 'in writing, with the reasons')
  has(
    t,
    given,
    'challenge',
    'challenge the decision that you are not eligible',
    'work these points out again',
  )
  const explanation = explained(given)
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
  t.throws(() => explain({ ...input, table: { ...adultTable, curves: [] } }), /covers every user group/)
  t.throws(() => explain({ ...input, allocation: { ...allocation, working: [] } }), /its "rounding" step/)
  const unknown = /names only what its questionnaire has/
  t.throws(() => explain({ ...input, questionnaire: { ...adult, domains: [] } }), unknown)
  t.throws(() => explain({ ...input, answers: { ...answers, weightings: {} } }), unknown)
  const { carerSupport: _, ...without } = adult
  t.throws(() => explain({ ...input, questionnaire: without }), unknown)
  const unwilling = explanationInput({ answers: { ...worked('A'), carer: { willingAndAble: false } } })
  t.throws(() => explain({ ...unwilling, questionnaire: without, changes }), unknown)
})
