// The cap, the scale and the table's last: both sides of every threshold that changes an outcome.

import t from 'tap'
import type { AllocationResult } from '../../../src/contract/allocation/allocation.ts'
import type { CalibrationTable } from '../../../src/contract/documents/calibration-table.ts'
import { allocationOf, refusal, table, through } from '../../cases/documents.ts'

const capped = (amountAnnual: string): CalibrationTable => ({ ...table, cap: { amountAnnual } })
const short = through(['0.00', '0.00'], ['20.00', '20000.00'])
const refusing: CalibrationTable = { ...short, aboveLast: 'refuse' }
const whole = { userGroups: 'all', knots: table.curves.flatMap(({ knots }) => knots) } as const
const steps: CalibrationTable = { ...refusing, curves: [{ ...whole, interpolation: 'step' }] }
const INDICATIVE = 'indicative'
const REFER = 'refer-individual-costing'

const thresholds: readonly {
  readonly why: string
  readonly points: string
  readonly table: CalibrationTable
  readonly amount: string
  readonly outcome: AllocationResult['outcome']
  readonly flags: readonly string[]
}[] = [
  {
    why: 'a penny below the cap',
    points: '12.00',
    table: capped('12000.01'),
    amount: '12000.00',
    outcome: INDICATIVE,
    flags: [],
  },
  {
    why: 'on the cap exactly',
    points: '12.00',
    table: capped('12000.00'),
    amount: '12000.00',
    outcome: INDICATIVE,
    flags: [],
  },
  {
    why: 'a penny above the cap: the whole need stays in the figure',
    points: '12.00',
    table: capped('11999.99'),
    amount: '12000.00',
    outcome: REFER,
    flags: ['above-cap'],
  },
  {
    why: 'the cap is held against the rounded amount',
    points: '12.00',
    table: {
      ...capped('12000.00'),
      rounding: { to: '5.00', mode: 'up' },
      adjustments: [{ name: 'A', kind: 'inflation', factor: '1.000001', reason: 'R' }],
    },
    amount: '12005.00',
    outcome: REFER,
    flags: ['above-cap'],
  },
  {
    why: 'on the top of the scale',
    points: '30.00',
    table,
    amount: '30000.00',
    outcome: INDICATIVE,
    flags: [],
  },
  {
    why: 'a hundredth above the scale: the last amount is held',
    points: '30.01',
    table,
    amount: '30000.00',
    outcome: REFER,
    flags: ['above-scale'],
  },
  {
    why: 'above the scale and the cap',
    points: '30.01',
    table: capped('100.00'),
    amount: '30000.00',
    outcome: REFER,
    flags: ['above-cap', 'above-scale'],
  },
  {
    why: 'on the last knot of a table shorter than the scale',
    points: '20.00',
    table: short,
    amount: '20000.00',
    outcome: INDICATIVE,
    flags: [],
  },
  {
    why: 'a hundredth above the last knot: its amount is held',
    points: '20.01',
    table: short,
    amount: '20000.00',
    outcome: REFER,
    flags: ['above-table'],
  },
  {
    why: 'on the scale, above the last knot',
    points: '30.00',
    table: short,
    amount: '20000.00',
    outcome: REFER,
    flags: ['above-table'],
  },
  {
    why: 'above the scale says all that above the table does',
    points: '30.01',
    table: short,
    amount: '20000.00',
    outcome: REFER,
    flags: ['above-scale'],
  },
  {
    why: 'on the last knot of a table that refuses above it',
    points: '20.00',
    table: refusing,
    amount: '20000.00',
    outcome: INDICATIVE,
    flags: [],
  },
  {
    why: 'the last step holds to the scale, also where the table refuses above it',
    points: '30.00',
    table: steps,
    amount: '30000.00',
    outcome: INDICATIVE,
    flags: [],
  },
]

for (const { why, points, table, amount, outcome, flags } of thresholds) {
  t.test(`${points} points give £${amount}, ${outcome}: ${why}`, async (t) => {
    const result = allocationOf(points, table, '30.00')
    t.equal(result.amountAnnual, amount)
    t.equal(result.outcome, outcome)
    t.strictSame(
      result.flags.map(({ code }) => code),
      flags,
    )
    t.ok(result.flags.every(({ rule, reason }) => rule === null && reason.length > 0))
    const cap = result.working.find(({ step }) => step === 'cap')
    const exceeded = flags.includes('above-cap')
    t.strictSame(cap, table.cap && { step: 'cap', ...table.cap, exceeded })
  })
}

const refused = [
  { why: 'a hundredth above the last knot', points: '20.01', table: refusing, last: '20.00' },
  { why: 'a hundredth above the scale on a table of steps', points: '30.01', table: steps, last: '30.00' },
]

for (const { why, points, table, last } of refused) {
  t.test(`a table that refuses above its last refuses ${points} points: ${why}`, async (t) => {
    const { code, message, faults } = refusal(() => allocationOf(points, table, '30.00'))
    t.equal(code, 'points-above-table')
    t.equal(message, `The points are above the table's last, ${last}. Cost this case individually.`)
    t.strictSame(faults, [])
  })
}
