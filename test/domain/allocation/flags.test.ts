// What a person must look at beside the figure: each flag alone, on both sides of what raises it, and in its order.

import t from 'tap'
import type { AllocationResult } from '../../../src/contract/allocation/allocation.ts'
import type { Answers } from '../../../src/contract/allocation/assessment.ts'
import type { CalibrationTable } from '../../../src/contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../../src/contract/documents/questionnaire.ts'
import {
  allocation,
  allocationOf,
  answers,
  json,
  questionnaire,
  refusal,
  scoring,
  table,
  tableRef,
  through,
} from '../../cases/documents.ts'

const adult = json<Questionnaire>('examples/questionnaire-adult.json')
const adultTable = { ...json<CalibrationTable>('examples/table-adult.json'), reviewBy: '2026-12-31' }

/** Every domain at one option, and a carer who gives one share of each. */
function everywhere(option: string, share?: string): Answers {
  const all = (value: string) => Object.fromEntries(adult.domains.map(({ key }) => [key, value]))
  return {
    userGroup: 'older-people',
    answers: all(option),
    weightings: { two_person: 'no' },
    carer: share === undefined ? { willingAndAble: false } : { willingAndAble: true, support: all(share) },
    addOns: { carer_sustainability: 'none' },
  }
}

function codes({ flags }: AllocationResult): readonly string[] {
  return flags.map(({ code, rule }) => (rule === null ? code : `${code} ${rule}`))
}

const sampled = (given: Answers, change: Partial<CalibrationTable> = {}) =>
  allocation({ questionnaire: adult, table: { ...adultTable, ...change }, answers: given })

t.test('100 points that a carer meets in full are never a quiet £0', async (t) => {
  const result = sampled(everywhere('high', 'all'))
  t.match(result, {
    outcome: 'refer-individual-costing',
    points: { gross: '100.00', carerReduction: '100.00', total: '0.00' },
    amountAnnual: '0.00',
  })
  t.strictSame(codes(result), [
    'met-by-unpaid-care',
    'relies-on-unpaid-care',
    'referral-rule nights-by-carer',
    'referral-rule safety-by-carer',
  ])
  const breaking = { ...everywhere('high', 'all'), addOns: { carer_sustainability: 'high' } }
  t.match(sampled(breaking), { points: { total: '6.00' }, amountWeekly: '62.96' })
  t.strictSame(codes(sampled(breaking)), [
    'relies-on-unpaid-care',
    'referral-rule carer-may-stop',
    'referral-rule nights-by-carer',
    'referral-rule safety-by-carer',
  ])
})

t.test('eligible with every answer none is never a quiet £0', async (t) => {
  const result = sampled(everywhere('none'))
  t.strictSame(codes(result), ['eligible-without-points'])
  t.match(result, { outcome: 'refer-individual-costing', amountAnnual: '0.00' })
  t.strictSame(codes(sampled(everywhere('low'))), [])
})

t.test('a rule about support needs a willing carer, points and the option', async (t) => {
  const night = (answer: string, support: string, willingAndAble = true) => {
    const given = everywhere('high', 'none')
    const carer = { willingAndAble, support: { ...given.carer?.support, night: support } }
    return codes(sampled({ ...given, answers: { ...given.answers, night: answer }, carer }))
  }
  t.strictSame(night('low', 'all'), ['referral-rule nights-by-carer'])
  t.strictSame(night('none', 'all'), [], 'no points')
  t.strictSame(night('low', 'most'), [], 'another option')
  t.strictSame(night('low', 'all', false), [], 'no carer is willing and able')
})

t.test(
  'a rule about support that is asked once holds where any domain that it reduces has points',
  async (t) => {
    const { carerSupport } = questionnaire
    if (carerSupport === undefined) throw new Error('the small questionnaire asks about carers')
    const overall: Questionnaire = {
      ...questionnaire,
      carerSupport: { ...carerSupport, scope: 'overall', referAbove: '0.99' },
      referralRules: [{ key: 'all-by-carer', all: [{ support: 'overall', option: 'all' }], reason: 'All.' }],
    }
    const by = (washing: string, option: string) =>
      codes(
        allocation({
          questionnaire: overall,
          answers: {
            ...answers,
            answers: { washing, company: 'none', money: 'much' },
            carer: { willingAndAble: true, overall: option },
          },
        }),
      )
    t.strictSame(by('some', 'all'), ['referral-rule all-by-carer'])
    t.strictSame(by('some', 'half'), [])
    t.strictSame(by('none', 'all'), [], 'money has points, and nobody unpaid reduces them')
  },
)

t.test('unpaid care refers above the share, and not at it', async (t) => {
  // 4.00 of 8.00 points, then 4.00 of 7.50.
  const taking = (company: string) => {
    const domains = questionnaire.domains.map((domain) =>
      domain.key === 'company'
        ? { ...domain, options: [{ key: 'some', label: 'Some', points: company }] }
        : domain,
    )
    return allocation({
      questionnaire: { ...questionnaire, domains },
      answers: {
        ...answers,
        answers: { washing: 'some', company: 'some', money: 'none' },
        carer: { willingAndAble: true, support: { washing: 'all', company: 'none' } },
      },
    })
  }
  t.strictSame(codes(taking('4.00')), [])
  t.strictSame(codes(taking('3.9999')), ['relies-on-unpaid-care'])
  t.match(taking('3.50').flags, [{ figures: { referAbove: '0.5' } }])
  const { carerSupport, ...rest } = questionnaire
  const { referAbove: _, ...earlier } = carerSupport ?? { options: [], scope: 'overall' as const }
  const stored = allocation({
    questionnaire: { ...rest, carerSupport: earlier },
    answers: { ...answers, carer: { willingAndAble: true, support: { washing: 'all', company: 'all' } } },
  })
  t.strictSame(codes(stored), [], 'an earlier questionnaire says no share')
})

t.test('points that the table gives nothing for are told', async (t) => {
  const steps: CalibrationTable = { ...through(['4.00', '150.00'], ['9.00', '300.00']), belowFirst: 'zero' }
  t.strictSame(codes(allocationOf('3.99', steps)), ['priced-at-nothing'])
  t.strictSame(codes(allocationOf('4.00', steps)), [])
  t.strictSame(codes(allocationOf('0', steps)), ['eligible-without-points'], 'no points are another thing')
})

t.test('points beyond those of the people behind a table are told, both ways', async (t) => {
  const evidence = {
    people: '134',
    rows: 134,
    pointsFrom: '5.00',
    pointsTo: '20.00',
    collectedFrom: null,
    collectedBefore: null,
  }
  const provenance = {
    calibrationRunId: 'a',
    method: 'fixed',
    cohortHash: 'b',
    parameters: {},
    engineVersion: '1',
  }
  const of = (points: string, made: CalibrationTable['provenance']) =>
    allocationOf(points, { ...table, ...(made === undefined ? {} : { provenance: made }) })
  const sides = (points: string) =>
    of(points, { ...provenance, evidence }).flags.map(({ figures }) => figures)
  const beyond = (side: string) => [{ pointsFrom: '5.00', pointsTo: '20.00', side }]
  t.strictSame(sides('4.99'), beyond('low'))
  t.strictSame([sides('5'), sides('20')], [[], []])
  t.strictSame(sides('20.01'), beyond('high'))
  t.strictSame(codes(of('20.01', { ...provenance, evidence })), ['beyond-evidence'])
  t.strictSame([codes(of('1', provenance)), codes(of('1', undefined))], [[], []], 'nothing is known')
  t.equal(of('20.01', { ...provenance, evidence }).outcome, 'indicative', 'a notice')
})

t.test('a table past its year is told on the day after, and not on the day', async (t) => {
  const on = (assessedOn: string) => allocation({ assessedOn })
  t.strictSame(codes(on('2027-03-31')), [])
  t.strictSame(codes(on('2027-04-01')), ['table-past-its-year'])
  t.match(on('2027-04-01'), {
    outcome: 'indicative',
    flags: [{ figures: { financialYear: '2026-27', reviewBy: '2027-03-31' } }],
  })
})

t.test('what efficiencies take of each £100 is told to the penny, a half up', async (t) => {
  const lowered = (...factors: readonly string[]) =>
    allocation({
      table: {
        ...table,
        adjustments: factors.map((factor) => ({ name: 'A', kind: 'local-cost', factor, reason: 'R' })),
      },
    }).flags.map(({ code, figures }) => `${code} ${figures?.ofEach100}`)
  t.strictSame(lowered('0.95'), ['efficiency-applied 5.00'])
  t.strictSame(lowered('0.95', '1.06', '0.9'), ['efficiency-applied 14.50'], 'what raises does not count')
  t.strictSame(lowered('0.99985'), ['efficiency-applied 0.02'], '1.5 pence')
  t.strictSame(lowered('0.99985001'), ['efficiency-applied 0.01'], 'just below 1.5 pence')
  t.strictSame(lowered('1', '1.2'), [])
  const adjustments = [{ name: 'A', kind: 'efficiency', factor: '0.5', reason: 'R' }] as const
  t.strictSame(codes(allocationOf('0', { ...table, adjustments })), ['eligible-without-points'], 'of nothing')
})

t.test('whom the table is not for is referred, with points and no amount', async (t) => {
  const outside = [{ userGroup: 'elders', reason: 'Twelve people are too few.' }]
  const elder = { ...answers, userGroup: 'elders' }
  const result = allocation({ table: { ...table, outside }, answers: elder })
  t.match(result, {
    outcome: 'refer-individual-costing',
    points: { total: '12.50' },
    amountAnnual: null,
    contingencyAnnual: null,
    availableAnnual: null,
    amountWeekly: null,
    table: tableRef,
    flags: [{ code: 'outside-table', rule: null, reason: 'Twelve people are too few.' }],
  })
  t.strictSame(result.working.slice(-2), [
    {
      step: 'table',
      key: 'small-table',
      version: 3,
      on: '2026-11-16',
      effectiveFrom: '2026-04-01',
    },
    { step: 'outside', by: 'user-group', key: 'elders', reason: 'Twelve people are too few.' },
  ])
  t.equal(allocation({ table: { ...table, outside } }).amountAnnual, '12500.00', 'the others are priced')
})

t.test('a table prices its settings, and a home of one’s own where it names none', async (t) => {
  const inSetting = (setting: string | undefined, settings?: readonly string[]) =>
    allocation({
      ...(setting === undefined ? {} : { setting }),
      table: { ...table, ...(settings === undefined ? {} : { settings }) },
    })
  t.strictSame(codes(inSetting(undefined)), [])
  t.strictSame(codes(inSetting('own-home')), [])
  t.match(inSetting('residential').working.at(-1), {
    step: 'outside',
    by: 'setting',
    key: 'residential',
    reason: 'The table has no prices for this setting.',
  })
  t.strictSame(codes(inSetting('residential', ['residential'])), [])
  t.strictSame(codes(inSetting(undefined, ['residential'])), ['outside-table'])
})

t.test('whoever is outside has the flags of care and rules, and none about a figure', async (t) => {
  const outside = [{ userGroup: 'older-people', reason: 'Few.' }]
  const adjustments = [{ name: 'A', kind: 'efficiency', factor: '0.5', reason: 'R' }] as const
  const change = { outside, adjustments, reviewBy: '2020-03-31', cap: { amountAnnual: '0.01' } }
  t.strictSame(codes(sampled(everywhere('high', 'all'), change)), [
    'outside-table',
    'met-by-unpaid-care',
    'relies-on-unpaid-care',
    'referral-rule nights-by-carer',
    'referral-rule safety-by-carer',
  ])
})

t.test('all that can stand together stands in its order', async (t) => {
  const [asked, given] = scoring('200', '100.00')
  const result = allocation({
    questionnaire: asked,
    answers: given,
    table: {
      ...through(['0.00', '0.00'], ['100.00', '1000.00']),
      cap: { amountAnnual: '1.00' },
      reviewBy: '2026-04-01',
      adjustments: [{ name: 'A', kind: 'efficiency', factor: '0.5', reason: 'R' }],
    },
    otherNeeds: true,
    stated: { outcomesNotMet: [], wellbeingImpact: true, decidedOn: '2020-01-01' },
  })
  t.strictSame(codes(result), [
    'eligibility-without-grounds',
    'eligibility-old',
    'other-needs-not-scored',
    'above-cap',
    'above-scale',
    'table-past-its-year',
    'efficiency-applied',
  ])
  t.match(
    result.flags.find(({ code }) => code === 'above-cap'),
    { figures: { cap: '1.00' } },
  )
})

t.test(
  'a setting that is none of the six is no fault of the engine, which has no price for it',
  async (t) => {
    t.strictSame(codes(allocation({ setting: 'hospital' })), ['outside-table'])
    t.equal(refusal(() => allocation({ answers: { ...answers, userGroup: 'x' } })).code, 'assessment-invalid')
  },
)
