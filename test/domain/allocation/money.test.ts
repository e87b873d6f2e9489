// From points to pounds: the adjustments, the table's rounding and the shares, each a line that adds up.

import t from 'tap'
import type { CalibrationTable, RoundingMode } from '../../../src/contract/documents/calibration-table.ts'
import { allocationOf, through } from '../../cases/documents.ts'

const hold = { belowFirst: 'hold' } as const

const modes: readonly {
  readonly why: string
  readonly amount: string
  readonly to: string
  readonly by: Record<RoundingMode, string>
}[] = [
  {
    why: 'a tie above an even penny',
    amount: '10.125',
    to: '0.01',
    by: { 'half-up': '10.13', 'half-even': '10.12', up: '10.13', down: '10.12' },
  },
  {
    why: 'a tie above an odd penny',
    amount: '10.135',
    to: '0.01',
    by: { 'half-up': '10.14', 'half-even': '10.14', up: '10.14', down: '10.13' },
  },
  {
    why: 'just below a tie',
    amount: '10.1249999',
    to: '0.01',
    by: { 'half-up': '10.12', 'half-even': '10.12', up: '10.13', down: '10.12' },
  },
  {
    why: 'just above a tie',
    amount: '10.1250001',
    to: '0.01',
    by: { 'half-up': '10.13', 'half-even': '10.13', up: '10.13', down: '10.12' },
  },
  {
    why: 'a whole penny',
    amount: '10.12',
    to: '0.01',
    by: { 'half-up': '10.12', 'half-even': '10.12', up: '10.12', down: '10.12' },
  },
  {
    why: 'a tie between £10 (twice £5, even) and £15',
    amount: '12.50',
    to: '5.00',
    by: { 'half-up': '15.00', 'half-even': '10.00', up: '15.00', down: '10.00' },
  },
  {
    why: 'a tie between £5 and £10 (twice £5, even)',
    amount: '7.50',
    to: '5.00',
    by: { 'half-up': '10.00', 'half-even': '10.00', up: '10.00', down: '5.00' },
  },
  {
    why: 'below the tie of £5 steps',
    amount: '12.49',
    to: '5.00',
    by: { 'half-up': '10.00', 'half-even': '10.00', up: '15.00', down: '10.00' },
  },
  {
    why: 'on a £5 step',
    amount: '10.00',
    to: '5.00',
    by: { 'half-up': '10.00', 'half-even': '10.00', up: '10.00', down: '10.00' },
  },
  {
    why: 'a step that is not a power of ten',
    amount: '0.17',
    to: '0.07',
    by: { 'half-up': '0.14', 'half-even': '0.14', up: '0.21', down: '0.14' },
  },
  {
    why: 'less than half of a £1,000 step',
    amount: '499.99',
    to: '1000.00',
    by: { 'half-up': '0.00', 'half-even': '0.00', up: '1000.00', down: '0.00' },
  },
  {
    why: 'half of a £1,000 step',
    amount: '500.00',
    to: '1000.00',
    by: { 'half-up': '1000.00', 'half-even': '0.00', up: '1000.00', down: '0.00' },
  },
]

for (const { why, amount, to, by } of modes) {
  t.test(`£${amount} rounded to £${to}: ${why}`, async (t) => {
    const flat = { ...through(['0.00', amount]), ...hold }
    for (const mode of ['half-up', 'half-even', 'up', 'down'] as const) {
      const found = allocationOf('0', { ...flat, rounding: { to, mode } })
      t.equal(found.amountAnnual, by[mode], mode)
      t.match(
        found.working.find(({ step }) => step === 'rounding'),
        { to, mode, result: by[mode] },
      )
    }
  })
}

t.test('rounding is done once, on the exact fraction', async (t) => {
  const thirds = through(['0.00', '0.00'], ['3.00', '0.04'])
  const amount = (mode: RoundingMode, to: string) =>
    allocationOf('1', { ...thirds, rounding: { to, mode } }).amountAnnual
  t.equal(amount('half-up', '0.01'), '0.01', '4/3 of a penny')
  t.equal(amount('up', '0.01'), '0.02')
  const tie = { ...through(['0.00', '0.445']), ...hold, rounding: { to: '0.10', mode: 'half-up' as const } }
  t.equal(allocationOf('0', tie).amountAnnual, '0.40', 'not to £0.45 first, and then to £0.50')
})

t.test('adjustments apply in order, each a line, and the lines add up to the amount', async (t) => {
  const adjustments: CalibrationTable['adjustments'] = [
    { name: 'Fees', kind: 'inflation', factor: '1.0333', reason: 'Provider fees.' },
    { name: 'Purchasing', kind: 'efficiency', factor: '0.97', reason: 'Joint purchasing.' },
    { name: 'Rural', kind: 'local-cost', factor: '1.015', reason: 'Travel.' },
  ]
  const thirds = through(['0.00', '0.00'], ['3.00', '10000.00'])
  const result = allocationOf('1', { ...thirds, adjustments, rounding: { to: '5.00', mode: 'half-up' } })
  t.match(
    result.working.filter(({ step }) => ['curve', 'adjustment', 'rounding'].includes(step)),
    [
      { step: 'curve', change: '3333.33', cumulative: '3333.33' },
      {
        step: 'adjustment',
        name: 'Fees',
        kind: 'inflation',
        factor: '1.0333',
        change: '111.00',
        cumulative: '3444.33',
      },
      { step: 'adjustment', name: 'Purchasing', change: '-103.33', cumulative: '3341.00' },
      { step: 'adjustment', name: 'Rural', change: '50.12', cumulative: '3391.12' },
      { step: 'rounding', to: '5.00', change: '-1.12', result: '3390.00' },
    ],
  )
  t.equal(result.amountAnnual, '3390.00')
})

const shares = [
  { why: 'a fifth', amount: '100.00', fraction: '0.20', held: '20.00', available: '80.00' },
  { why: 'nothing', amount: '100.00', fraction: '0', held: '0.00', available: '100.00' },
  {
    why: 'half a penny goes to the contingency',
    amount: '0.25',
    fraction: '0.02',
    held: '0.01',
    available: '0.24',
  },
  { why: 'below half a penny does not', amount: '0.24', fraction: '0.02', held: '0.00', available: '0.24' },
  { why: 'almost all', amount: '100.00', fraction: '0.9999', held: '99.99', available: '0.01' },
]

for (const { why, amount, fraction, held, available } of shares) {
  t.test(`of £${amount}, £${held} is held and £${available} available: ${why}`, async (t) => {
    const result = allocationOf('0', { ...through(['0.00', amount]), ...hold, contingency: { fraction } })
    t.strictSame([result.contingencyAnnual, result.availableAnnual], [held, available])
    t.match(
      result.working.filter(({ step }) => step === 'contingency' || step === 'available'),
      [{ fraction, result: held }, { result: available }],
    )
  })
}

const weeks = [
  { weeksPerYear: '52', amount: '52.00', weekly: '1.00' },
  { weeksPerYear: '52', amount: '0.26', weekly: '0.01' },
  { weeksPerYear: '52', amount: '0.25', weekly: '0.00' },
  { weeksPerYear: '52.14', amount: '10000.00', weekly: '191.79' },
  { weeksPerYear: '53', amount: '10000.00', weekly: '188.68' },
]

for (const { weeksPerYear, amount, weekly } of weeks) {
  t.test(`£${amount} a year over ${weeksPerYear} weeks is £${weekly} a week`, async (t) => {
    const result = allocationOf('0', { ...through(['0.00', amount]), ...hold, weeksPerYear })
    t.equal(result.amountWeekly, weekly)
    t.strictSame(result.working.at(-1), { step: 'weekly', weeksPerYear, result: weekly })
  })
}
