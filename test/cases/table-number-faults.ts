// The limits of the numbers of a calibration table: each from both sides.
import type { CalibrationTable } from '../../src/contract/documents/calibration-table.ts'
import type { TableCase } from './table-faults.ts'

type Kind = CalibrationTable['adjustments'][number]['kind']

export function adjusted(kind: Kind, factor: string): Pick<CalibrationTable, 'adjustments'> {
  return { adjustments: [{ name: 'A', kind, factor, reason: 'R' }] }
}

export function rounded(to: string): Pick<CalibrationTable, 'rounding'> {
  return { rounding: { to, mode: 'half-up' } }
}

/** A table whose one amount is `amount`, with as many tenfold inflations. */
function tenfold(amount: string, times: number): Pick<CalibrationTable, 'adjustments' | 'curves'> {
  const adjustment = { name: 'A', kind: 'inflation', factor: '10', reason: 'R' } as const
  return {
    curves: [{ userGroups: 'all', interpolation: 'linear', knots: [{ points: '0', amountAnnual: amount }] }],
    adjustments: Array.from({ length: times }, () => adjustment),
  }
}

const release = { howToAsk: 'Ask us.', decidedBy: 'A manager', withinDays: 10 }
const held = (fraction: string) => ({ contingency: { fraction, release } })

export const tableNumberCases: readonly TableCase[] = [
  { why: 'the factors together keep an amount at its twelve digits', change: tenfold('9999999999.99', 2) },
  {
    why: 'the factors together take an amount beyond twelve digits: told once, where it happens',
    change: tenfold('9999999999.99', 4),
    faults: ['amount-out-of-range /adjustments/2/factor'],
  },
  { why: 'an inflation of 1 changes nothing', change: adjusted('inflation', '1') },
  {
    why: 'an inflation below 1 is a reduction under another name',
    change: adjusted('inflation', '0.999999'),
    faults: ['factor-out-of-range /adjustments/0/factor'],
  },
  { why: 'an inflation of 10 is the highest', change: adjusted('inflation', '10') },
  {
    why: 'an inflation above 10',
    change: adjusted('inflation', '10.000001'),
    faults: ['factor-out-of-range /adjustments/0/factor'],
  },
  { why: 'an efficiency of 1 changes nothing', change: adjusted('efficiency', '1') },
  {
    why: 'an efficiency above 1 is an uplift under another name',
    change: adjusted('efficiency', '1.000001'),
    faults: ['factor-out-of-range /adjustments/0/factor'],
  },
  { why: 'the lowest efficiency', change: adjusted('efficiency', '0.000001') },
  {
    why: 'an efficiency of 0 leaves nobody anything',
    change: adjusted('efficiency', '0'),
    faults: ['factor-out-of-range /adjustments/0/factor'],
  },
  { why: 'a local cost may lie below 1', change: adjusted('local-cost', '0.000001') },
  { why: 'a local cost may lie above 1', change: adjusted('local-cost', '10') },
  {
    why: 'a local cost of 0',
    change: adjusted('local-cost', '0.000000'),
    faults: ['factor-out-of-range /adjustments/0/factor'],
  },
  {
    why: 'a local cost above 10',
    change: adjusted('local-cost', '10.01'),
    faults: ['factor-out-of-range /adjustments/0/factor'],
  },

  { why: 'no contingency', change: { contingency: { fraction: '0' } } },
  { why: 'no contingency, and how to ask for it all the same', change: held('0.00') },
  { why: 'almost the whole as contingency', change: held('0.9999') },
  {
    why: 'the whole as contingency',
    change: held('1.00'),
    faults: ['contingency-out-of-range /contingency/fraction'],
  },
  {
    why: 'the least contingency that nobody is told how to ask for',
    change: { contingency: { fraction: '0.00000001' } },
    faults: ['release-not-stated /contingency/release'],
  },

  { why: 'rounding to the penny', change: rounded('0.01') },
  { why: 'rounding to 5 pence', change: rounded('0.05') },
  { why: 'rounding to £1,000 is the coarsest', change: rounded('1000.00') },
  { why: 'rounding to nothing', change: rounded('0.00'), faults: ['rounding-impossible /rounding/to'] },
  {
    why: 'rounding to half a penny',
    change: rounded('0.005'),
    faults: ['rounding-impossible /rounding/to'],
  },
  {
    why: 'rounding to a penny and a half: not a whole number of pennies',
    change: rounded('0.015'),
    faults: ['rounding-impossible /rounding/to'],
  },
  {
    why: 'rounding to a penny more than £1,000',
    change: rounded('1000.01'),
    faults: ['rounding-impossible /rounding/to'],
  },

  { why: '52 weeks in a year', change: { weeksPerYear: '52' } },
  { why: '53 weeks in a year', change: { weeksPerYear: '53' } },
  {
    why: 'fewer than 52 weeks in a year',
    change: { weeksPerYear: '51.9999' },
    faults: ['weeks-per-year-out-of-range /weeksPerYear'],
  },
  {
    why: 'more than 53 weeks in a year',
    change: { weeksPerYear: '53.0001' },
    faults: ['weeks-per-year-out-of-range /weeksPerYear'],
  },
]
