// The sheet that is read first: what it says of each outcome and each flag, and that people can read it.

import t from 'tap'
import type { AllocationResult } from '../../../src/contract/allocation/allocation.ts'
import type { CalibrationTable } from '../../../src/contract/documents/calibration-table.ts'
import { en } from '../../../src/domain/explanation/catalogue/en.ts'
import { explain } from '../../../src/domain/explanation/explanation.ts'
import type { ExplanationInput } from '../../../src/domain/explanation/line.ts'
import { type PartOfSheet, sentenceText, sheet, sheetParts } from '../../../src/domain/explanation/sheet.ts'
import { readingAge } from '../../support/reading-age.ts'
import {
  adult,
  adultTable,
  type Case,
  carer,
  carerAnswers,
  carerTable,
  explanationInput,
  worked,
} from './cases.ts'

const year = { ...adultTable, reviewBy: '2026-12-31' }
const A: Case = { answers: worked('A'), table: year }

function all(option: string, share: string) {
  const keys = adult.domains.map(({ key }) => key)
  const every = (value: string) => Object.fromEntries(keys.map((key) => [key, value]))
  return {
    ...worked('A'),
    answers: every(option),
    carer: { willingAndAble: true, support: every(share) },
    addOns: { carer_sustainability: 'none' },
  }
}

function said(given: Case | ExplanationInput): Readonly<Record<string, string>> {
  const input = 'allocation' in given ? given : explanationInput(given)
  return Object.fromEntries(sheetParts(sheet(input, en)).map(({ part, text }) => [part, text]))
}

t.test('the sheet of example A, word for word', async (t) => {
  t.strictSame(said(A), {
    figure:
      'You can plan with £10,912.98 a year now, and £2,728.24 more is kept ready. In all that is £13,641.22 a year, or £262.33 a week. This is your indicative budget: a first figure, to help you plan. It is not your final budget. The final one may be more or less. The money kept ready is not a cut. Ask for it if your care costs more. Ask your social worker. A team manager decides within 10 days.',
    how: 'Your answers add up to 34 points. More points mean you need more help. Someone helps you for no pay. This takes off 11 points. We count it only while they want to do it and are able to. They can ask us to look at their own needs. Your carer needs breaks. This adds 2 points. So you have 34 − 11 + 2 = 25 points. The council’s table gives £13,641.22 a year for 25 points. Your points gave this figure in the usual way.',
    decides:
      'A named person at the council sets your final budget. They must tell you why. No computer sets it.',
    disagree:
      'Tell us if an answer is wrong, if we missed something, or if the money is not enough. A friend can help you. If you find it hard to take part and have no one to help, the council must get you an advocate. That is a person who speaks up for you. Write to the Adult Care Appeals Officer at County Hall, or ring 01234 567890.',
    check:
      'Anyone can check this sum. Its number is 0197a8c0-0000-7000-8000-00000000000a. Your needs were looked at on 16 November 2026.',
  })
  const [figure, how] = explain(explanationInput(A)).short
  t.match(figure, {
    part: 'figure',
    title: null,
    figures: {
      availableAnnual: '10912.98',
      contingencyAnnual: '2728.24',
      amountAnnual: '13641.22',
      amountWeekly: '262.33',
    },
  })
  t.match(how, { title: 'How we got it', figures: { gross: '34.00', total: '25.00' } })
})

t.test('without money kept ready there is one figure, and nothing to ask for', async (t) => {
  const { figure = '' } = said({ ...A, table: { ...year, contingency: { fraction: '0' } } })
  t.match(figure, /^You can plan with £13,641\.22 a year now\. That is £262\.33 a week\. This is your/)
  t.notMatch(figure, /kept ready|Ask/)
})

t.test('an earlier table, that does not say how to ask, says to ask the council', async (t) => {
  const { figure = '' } = said({ ...A, table: { ...year, contingency: { fraction: '0.20' } } })
  t.match(figure, /is not a cut\. Ask for it if your care costs more\. Ask the council\.$/)
})

t.test('who decides on money kept ready, within one day or more', async (t) => {
  const release = { howToAsk: 'Ring us', decidedBy: 'The head of care', withinDays: 1 }
  const { figure = '' } = said({ ...A, table: { ...year, contingency: { fraction: '0.20', release } } })
  t.match(figure, /more\. Ring us\. The head of care decides within 1 day\.$/)
})

t.test('how sure the figure is stands in one sentence, where it was tested', async (t) => {
  const told = (within25: string) => {
    const accuracy = { within10: '0', within25, averageMiss: '1', bias: null, byGroup: [] }
    const provenance = {
      calibrationRunId: 'a',
      method: 'a',
      cohortHash: 'a',
      parameters: {},
      engineVersion: '1',
    }
    const { figure = '' } = said({ ...A, table: { ...year, provenance: { ...provenance, accuracy } } })
    return figure.split('10 days. ')[1]
  }
  const sure = (share: string) =>
    `In a test with people like these, ${share} had costs within a quarter of the figure.`
  t.equal(told('0.4381'), sure('about 4 in 10'))
  t.equal(told('0.45'), sure('about 5 in 10'), 'a half up')
  t.equal(told('0.4499'), sure('about 4 in 10'))
  t.equal(told('0.0499'), sure('hardly anybody'))
  t.equal(told('0.95'), sure('nearly all'))
  t.notMatch(said(A).figure, 'In a test')
})

t.test('a figure that is referred is never told as what the person needs', async (t) => {
  const { figure = '', how = '' } = said({ ...A, answers: all('high', 'all') })
  t.equal(
    figure,
    [
      '£0 a year is not what you need: unpaid people do all of your care now.',
      'Points are not enough in your case. A person will work out the cost of your care.',
      'Unpaid people do all of your care now. If they stop, you will need other help.',
      'A rule sends your case to a person. It says: “An unpaid carer gives all of the help at night.”',
      'A rule sends your case to a person. It says: “An unpaid carer does all that keeps this person safe.”',
    ].join(' '),
  )
  t.match(how, 'They can ask us to look at their own needs.')
  const C = said({ ...A, answers: worked('C') }).figure
  t.match(
    C,
    /^£18,552\.06 a year is not what you need: a rule sends your case to a person\. Points are not enough in your case\. A person will work out the cost of your care\. This figure is where they start\. It is not a limit\. A rule/,
  )
  t.notMatch(C, 'You can plan')
})

const nothing = {
  answers: carerAnswers({}),
  questionnaire: carer,
  table: { ...carerTable, reviewBy: '2026-12-31' },
}
const steps = { answers: carerAnswers({ home: 'low' }), questionnaire: carer, table: nothing.table }
const line = (last: string): Partial<CalibrationTable> => ({
  curves: [
    {
      userGroups: 'all',
      interpolation: 'linear',
      knots: [
        { points: '0.00', amountAnnual: '0.00' },
        { points: last, amountAnnual: '10000.00' },
      ],
    },
  ],
})
const outside = [{ userGroup: 'older-people', reason: 'Twelve people are too few.' }]
const evidence = {
  people: '134',
  rows: 134,
  pointsFrom: '30.00',
  pointsTo: '40.00',
  collectedFrom: null,
  collectedBefore: null,
}
const made = { calibrationRunId: 'a', method: 'a', cohortHash: 'a', parameters: {}, engineVersion: '1' }
const efficiency = [{ name: 'Savings', kind: 'efficiency', factor: '0.95', reason: 'A saving.' }] as const

const SENTENCES: readonly (readonly [why: string, given: Case, ...sentences: string[]])[] = [
  [
    'other needs',
    { ...A, otherNeeds: true },
    'You have needs that we did not ask about. A person must think about them too.',
  ],
  [
    'a group outside',
    { ...A, table: { ...year, outside } },
    'There is no figure yet: the council’s table is not made for your kind of support. Points are not enough in your case. A person will work out the cost of your care.',
    'It says why: “Twelve people are too few.”',
  ],
  [
    'a setting outside',
    { ...A, setting: 'nursing' },
    'It says why: “The table has no prices for this setting.”',
  ],
  [
    'a cap',
    { ...A, table: { ...year, cap: { amountAnnual: '13000.00' } } },
    '£13,641.22 a year is not what you need: above £13,000 a person works out the cost.',
    'The figure is above £13,000 a year. Above that, a person works out the cost. Nothing was taken off.',
  ],
  [
    'points above the table',
    { ...A, table: { ...year, ...line('20.00') } },
    '£10,000 a year is not what you need: your points are above the top of our table.',
    'Your points are above the top of the table.',
  ],
  [
    'points above the scale',
    { ...A, answers: { ...worked('F'), weightings: { two_person: 'sometimes' } } },
    'not what you need: your points are above the top of our table.',
    'Your points are above the top of the table.',
  ],
  [
    'no points',
    nothing,
    '£0 a year is not what you need: you have needs, but your answers have no points.',
    'The council says that you have needs, but your answers have no points.',
  ],
  [
    'points that give nothing',
    steps,
    '£0 a year is not what you need: your points give no money in our table.',
    'Your points give no money in the council’s table. A person must look at what you need.',
  ],
  [
    'a large part by unpaid people',
    { ...A, answers: { ...all('low', 'most'), addOns: { carer_sustainability: 'low' } } },
    'is not what you need: unpaid people do a large part of your care.',
    'Unpaid people do a large part of your care. If they stop, you will need other help.',
  ],
  [
    'points below the people of the test',
    { ...A, table: { ...year, provenance: { ...made, evidence } } },
    'None of the people in our test had points as low as yours. So the figure is less sure.',
  ],
  [
    'points above the people of the test',
    { ...A, answers: worked('D'), table: { ...year, provenance: { ...made, evidence } } },
    'None of the people in our test had points as high as yours. So the figure is less sure.',
  ],
  [
    'a table past its year',
    { ...A, table: adultTable },
    'The table was made for the year 2012-13. Prices may be higher now. Ask us to check.',
  ],
  [
    'an efficiency',
    { ...A, table: { ...year, adjustments: efficiency } },
    'The council takes £5 off each £100 in this table. Its reason is given below.',
  ],
  [
    'one outcome',
    { ...A, stated: { outcomesNotMet: ['2(2)(a)'] } },
    'The record names one thing that you cannot do. The rules ask for two. A person must check it.',
  ],
  [
    'no grounds',
    { ...A, stated: { wellbeingImpact: false } },
    'The record does not say in full why you can get help. A person must check it.',
  ],
  [
    'eligible perhaps',
    { ...A, eligible: false, stated: { outcomesNotMet: ['2(2)(a)', '2(2)(b)'], wellbeingImpact: true } },
    'The record says that you do not meet the rules. It also says things that may meet them. A person must check it.',
  ],
  [
    'an outcome without points',
    { ...A, stated: { outcomesNotMet: ['2(2)(a)', '2(2)(j)'] } },
    'The record says that you need help with a thing, and your answers say that you do not. A person must check it.',
  ],
  [
    'an outcome left out',
    { ...A, answers: worked('F'), stated: { outcomesNotMet: [] } },
    'Your answers say that you need a lot of help with a thing, and the record leaves it out. A person must check it.',
  ],
  [
    'an old decision',
    { ...A, stated: { decidedOn: '2020-01-01' } },
    'It is more than a year since the council decided this. A person must check that it still holds.',
  ],
]

for (const [why, given, ...sentences] of SENTENCES) {
  t.test(`the sheet tells of ${why}, and of nothing usual`, async (t) => {
    const { figure = '', how = '' } = said(given)
    for (const expected of sentences) t.ok(figure.includes(expected), expected, { figure })
    t.notMatch(how, 'in the usual way')
  })
}

t.test('every flag and every reason to refer has its sentence in some sheet', async (t) => {
  const codes = new Set(
    [...SENTENCES.map(([, given]) => given), { ...A, answers: all('high', 'all') }].flatMap((given) =>
      explanationInput(given).allocation.flags.map(({ code }) => code),
    ),
  )
  t.strictSame([...codes].sort(), Object.keys(en.flags).sort())
})

t.test('a person found not eligible is told who decided, and nothing about money', async (t) => {
  const { figure = '', how = '', decides = '', disagree = '' } = said({ ...A, eligible: false })
  t.equal(
    figure,
    'A person decided that your needs do not meet the national rules. You can ask them to look again.',
  )
  t.match(decides, 'A named person at the council decided this.')
  t.notMatch(`${figure} ${how} ${disagree}`, /£|money/)
})

t.test('a figure that is out of date says so first', async (t) => {
  t.match(
    said({ ...A, supersededBy: 'later' }).figure,
    /^This figure is out of date\. A newer one took its place\. You can plan/,
  )
})

t.test('points that nobody takes off or adds to stand alone, and others are added as such', async (t) => {
  const { how = '' } = said({ ...A, answers: worked('D') })
  t.match(how, /more help\. The council’s table gives £49,381\.21 a year for 90\.5 points\./)
  const addOns = adult.addOns.map((addOn) => ({ ...addOn, condition: 'always' as const }))
  t.match(said({ ...A, questionnaire: { ...adult, addOns } }).how, 'Other answers add 2 points.')
})

t.test('a referral without a reason is a fault of the program', async (t) => {
  const input = explanationInput(A)
  const allocation = { ...input.allocation, outcome: 'refer-individual-costing' as const }
  t.throws(() => sheet({ ...input, allocation }, en), /has a flag that refers/)
})

// The council's own words are not ours to measure.
function ownText(parts: readonly PartOfSheet[]): string {
  return parts
    .flatMap(({ paragraphs }) => paragraphs.flat())
    .map((pieces) =>
      sentenceText(pieces.filter((piece) => typeof piece === 'string' || !('quoted' in piece))),
    )
    .join(' ')
}

t.test(
  'the reading age of every sheet is at most 9, and no sentence of ours has more than 25 words',
  async (t) => {
    const everyday: readonly Case[] = [A, { ...A, eligible: false }, { ...A, supersededBy: 'later' }]
    const outcomes = new Set<AllocationResult['outcome']>()
    for (const given of [
      ...everyday,
      { ...A, answers: all('high', 'all') },
      ...SENTENCES.map(([, one]) => one),
    ]) {
      const input = explanationInput(given)
      outcomes.add(input.allocation.outcome)
      const text = ownText(sheet(input, en))
      const age = readingAge(text)
      t.ok(age <= 9, `reads at ${age.toFixed(1)}`, { text })
      for (const sentence of text.split(/(?<=[.!?]) /)) t.ok(sentence.split(' ').length <= 25, sentence)
    }
    t.equal(outcomes.size, 3)
  },
)

t.test('the formula of the reading age gives the published figure', async (t) => {
  // 2 sentences of 3 words and 4, with 3 and 7 syllables.
  t.equal(readingAge('We pay £5. People need advice daily.').toFixed(3), '7.632')
  t.equal(
    readingAge('A table').toFixed(2),
    (0.39 * 2 + 11.8 * 1.5 - 10.59).toFixed(2),
    'a last e after l counts',
  )
})
