// Where a number of points falls on a curve, and what it reads there: both sides of every knot.

import t from 'tap'
import type { CalibrationTable } from '../../../src/contract/documents/calibration-table.ts'
import { allocationOf, through } from '../../cases/documents.ts'

const late = through(['10.00', '1000.00'], ['20.00', '4000.00'], ['30.00', '5000.00'])
const stepped = {
  ...late,
  curves: late.curves.map((curve) => ({ ...curve, interpolation: 'step' as const })),
}
const hold = { belowFirst: 'hold' } as const
const zero = { belowFirst: 'zero' } as const

const readings: readonly {
  readonly why: string
  readonly points: string
  readonly table: CalibrationTable
  readonly amount: string
  readonly place: string
}[] = [
  { why: 'nothing on a line from zero', points: '0', table: late, amount: '0.00', place: 'below-first' },
  {
    why: 'half way to the first knot on a line from zero',
    points: '5',
    table: late,
    amount: '500.00',
    place: 'below-first',
  },
  {
    why: 'a hundredth below the first knot on a line from zero',
    points: '9.99',
    table: late,
    amount: '999.00',
    place: 'below-first',
  },
  {
    why: 'nothing, held at the first amount',
    points: '0',
    table: { ...late, ...hold },
    amount: '1000.00',
    place: 'below-first',
  },
  {
    why: 'a hundredth below the first knot, held',
    points: '9.99',
    table: { ...late, ...hold },
    amount: '1000.00',
    place: 'below-first',
  },
  {
    why: 'a hundredth below the first knot, zero',
    points: '9.99',
    table: { ...late, ...zero },
    amount: '0.00',
    place: 'below-first',
  },
  {
    why: 'on the first knot',
    points: '10',
    table: { ...late, ...zero },
    amount: '1000.00',
    place: 'on-segment',
  },
  { why: 'inside the first segment', points: '15', table: late, amount: '2500.00', place: 'on-segment' },
  {
    why: 'a hundredth below the middle knot',
    points: '19.99',
    table: late,
    amount: '3997.00',
    place: 'on-segment',
  },
  { why: 'on the middle knot', points: '20', table: late, amount: '4000.00', place: 'on-segment' },
  {
    why: 'a hundredth above the middle knot',
    points: '20.01',
    table: late,
    amount: '4001.00',
    place: 'on-segment',
  },
  { why: 'on the last knot', points: '30', table: late, amount: '5000.00', place: 'on-segment' },
  {
    why: 'a hundredth above the last knot',
    points: '30.01',
    table: late,
    amount: '5000.00',
    place: 'above-last',
  },
  {
    why: 'on the only knot',
    points: '10',
    table: through(['10.00', '7.00']),
    amount: '7.00',
    place: 'on-segment',
  },
  {
    why: 'below the only knot',
    points: '5',
    table: through(['10.00', '7.00']),
    amount: '3.50',
    place: 'below-first',
  },
  {
    why: 'above the only knot',
    points: '10.01',
    table: through(['10.00', '7.00']),
    amount: '7.00',
    place: 'above-last',
  },
  {
    why: 'below the first step, a line from zero',
    points: '9.99',
    table: stepped,
    amount: '999.00',
    place: 'below-first',
  },
  {
    why: 'below the first step, held',
    points: '9.99',
    table: { ...stepped, ...hold },
    amount: '1000.00',
    place: 'below-first',
  },
  {
    why: 'below the first step, zero',
    points: '9.99',
    table: { ...stepped, ...zero },
    amount: '0.00',
    place: 'below-first',
  },
  { why: 'on the first step', points: '10', table: stepped, amount: '1000.00', place: 'on-step' },
  {
    why: 'at the end of the first step',
    points: '19.99',
    table: stepped,
    amount: '1000.00',
    place: 'on-step',
  },
  { why: 'on the second step', points: '20', table: stepped, amount: '4000.00', place: 'on-step' },
  {
    why: 'on the last step, to the scale',
    points: '100',
    table: stepped,
    amount: '5000.00',
    place: 'on-step',
  },
  {
    why: 'a third of a pound is rounded only at the end',
    points: '10',
    table: through(['0.00', '0.00'], ['30.00', '1.00']),
    amount: '0.33',
    place: 'on-segment',
  },
]

for (const { why, points, table, amount, place } of readings) {
  t.test(`${points} points read £${amount} ${place}: ${why}`, async (t) => {
    const result = allocationOf(points, table)
    t.equal(result.amountAnnual, amount)
    t.match(
      result.working.find(({ step }) => step === 'curve'),
      { place },
    )
  })
}
