// The six worked examples of the sample questionnaire, line by line, priced with the sample table.

import t from 'tap'
import type { Answers } from '../../../src/contract/allocation/assessment.ts'
import type { CalibrationTable } from '../../../src/contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../../src/contract/documents/questionnaire.ts'
import { allocation, json, tableRef } from '../../cases/documents.ts'

type Example = {
  readonly name: string
  readonly why: string
  readonly assessment: Answers
  readonly expected: {
    readonly domains: readonly {
      readonly domain: string
      readonly points: string
      readonly weighted: string
      readonly retainedFraction: string
      readonly net: string
    }[]
    readonly gross: string
    readonly carerReduction: string
    readonly addOns: string
    readonly total: string
  }
}

type Money = {
  readonly example: string
  readonly why: string
  readonly total: string
  readonly amountAnnual: string
  readonly contingencyAnnual: string
  readonly availableAnnual: string
  readonly amountWeekly: string
  readonly flags: readonly string[]
}

const questionnaire = json<Questionnaire>('examples/questionnaire-adult.json')
const table = json<CalibrationTable>('examples/table-adult.json')
const examples = json<readonly Example[]>('test/cases/worked-examples.json')
const money = json<readonly Money[]>('test/cases/worked-examples-money.json')

const worked = new Map(
  examples.map(({ name, assessment }) => [
    name.slice(0, 1),
    allocation({ questionnaire, table, answers: assessment }),
  ]),
)

function workedExample(letter: string) {
  const result = worked.get(letter)
  if (result === undefined) throw new Error(`there is no worked example ${letter}`)
  return result
}

const NOTICES = ['table-past-its-year']
function outcomeOf(raised: readonly string[]) {
  return raised.every((code) => NOTICES.includes(code)) ? 'indicative' : 'refer-individual-costing'
}

t.strictSame([...worked.keys()], ['A', 'B', 'C', 'D', 'E', 'F'], 'there are six worked examples')

for (const { name, why, expected } of examples) {
  t.test(`the points of example ${name} are as the sample says (${why})`, async (t) => {
    const { points, working } = workedExample(name.slice(0, 1))
    const lines = working.flatMap((line) => (line.step === 'domain' ? [line] : []))
    t.strictSame(
      lines.map(({ domain, points, weighted, support, net }) => {
        const retainedFraction = support?.counted === true ? support.retainedFraction : '1'
        return { domain, points, weighted, retainedFraction, net }
      }),
      expected.domains,
      'every domain, in the order of the questionnaire',
    )
    const { gross, carerReduction, addOns, total } = expected
    t.strictSame(points, { gross, carerReduction, addOns, total })
  })
}

for (const { example, why, total, flags: raised, ...amounts } of money) {
  t.test(`the money of example ${example} is as worked by hand (${why})`, async (t) => {
    const { outcome, flags, points, amountAnnual, contingencyAnnual, availableAnnual, amountWeekly, table } =
      workedExample(example)
    t.equal(points.total, total)
    t.strictSame({ amountAnnual, contingencyAnnual, availableAnnual, amountWeekly }, amounts)
    t.strictSame(
      flags.map(({ code }) => code),
      raised,
    )
    t.strictSame([outcome, table], [outcomeOf(raised), tableRef])
  })
}

t.test('B and C reach the same total and money by different workings', async (t) => {
  const [b, c] = [workedExample('B'), workedExample('C')]
  t.equal(b.points.total, c.points.total)
  t.equal(b.amountAnnual, c.amountAnnual)
  t.notSame(b.points, c.points)
  t.notSame(b.working, c.working)
})

t.test('support that does not count is shown in the working of B, and not applied', async (t) => {
  const line = workedExample('B').working.find(({ step }) => step === 'domain')
  t.match(line, {
    domain: 'nutrition',
    support: { option: 'half', retainedFraction: '0.5', counted: false },
    weighted: '6.00',
    net: '6.00',
  })
})

t.test('a break for the carer counts in A, where support reduced the points, and not in B', async (t) => {
  const addOn = (letter: string) => workedExample(letter).working.find(({ step }) => step === 'add-on')
  t.match(addOn('A'), { addOn: 'carer_sustainability', option: 'low', points: '2.00', counted: true })
  t.match(addOn('B'), { addOn: 'carer_sustainability', option: 'low', points: '2.00', counted: false })
})

t.test('every step of the working of D stands in its order', async (t) => {
  const working = workedExample('D').working.filter(({ step }) => step !== 'domain')
  t.strictSame(working, [
    { step: 'gross', result: '90.50' },
    { step: 'carer-reduction', willingAndAble: true, result: '0.00' },
    {
      step: 'add-on',
      addOn: 'carer_sustainability',
      option: 'none',
      points: '0.00',
      condition: 'carer-reduction-positive',
      counted: false,
    },
    { step: 'total', unrounded: '90.50', result: '90.50' },
    { step: 'eligibility', eligible: true },
    { step: 'table', key: 'small-table', version: 3, on: '2026-11-16', effectiveFrom: '2012-04-01' },
    {
      step: 'curve',
      points: '90.50',
      interpolation: 'linear',
      place: 'on-segment',
      from: { points: '0.00', amountAnnual: '0.00' },
      to: { points: '100.00', amountAnnual: '54564.87' },
      change: '49381.21',
      cumulative: '49381.21',
    },
    { step: 'rounding', to: '0.01', mode: 'half-up', change: '0.00', result: '49381.21' },
    { step: 'contingency', fraction: '0.20', result: '9876.24' },
    { step: 'available', result: '39504.97' },
    { step: 'weekly', weeksPerYear: '52', result: '949.64' },
  ])
})
