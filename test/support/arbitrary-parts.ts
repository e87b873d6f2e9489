// The parts that random questionnaires and tables are drawn from: numbers, keys, options, curves.

import fc from 'fast-check'
import type { Adjustment, CalibrationTable, Curve } from '../../src/contract/documents/calibration-table.ts'

/** A whole number of units of so many places as a decimal text: 1250 hundredths are `"12.50"`. */
export function decimalOf(whole: number, places: number): string {
  const digits = String(whole).padStart(places + 1, '0')
  const point = digits.length - places
  return places === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
}

export function arbDecimal(lowest: number, highest: number, places: number): fc.Arbitrary<string> {
  return fc.integer({ min: lowest, max: highest }).map((whole) => decimalOf(whole, places))
}

// Whole points meet ties and knots often; hundredths and finer ones try the rounding.
export const arbPoints = fc.oneof(arbDecimal(0, 12, 0), arbDecimal(0, 1200, 2), arbDecimal(0, 20000, 4))
export const arbFactor = fc.oneof(
  fc.constantFrom('1', '1.5', '0.5', '10', '0.000001'),
  arbDecimal(1, 99999999, 7),
)
export const arbFraction = fc.oneof(fc.constantFrom('0', '0.25', '0.5', '1'), arbDecimal(0, 10000, 4))

// Keys that a careless lookup would find on every JavaScript object stand among the plain ones.
const INHERITED = ['constructor', 'toString', '__proto__', 'valueOf', 'hasOwnProperty', 'b~/c']
const arbKey = fc.oneof(fc.constantFrom(...INHERITED), fc.stringMatching(/^[a-z][a-z0-9_]{0,6}$/))

export function arbKeys(minLength: number, maxLength: number): fc.Arbitrary<string[]> {
  return fc.uniqueArray(arbKey, { minLength, maxLength })
}

export function arbOptions<N extends string>(name: N, value: fc.Arbitrary<string>) {
  return fc
    .uniqueArray(fc.tuple(arbKey, value), { minLength: 1, maxLength: 4, selector: ([key]) => key })
    .map((options) => options.map(([key, value]) => ({ key, label: key, [name]: value }) as Option<N>))
}

type Option<N extends string> = { readonly key: string; readonly label: string } & Readonly<Record<N, string>>

export const arbAdjustment: fc.Arbitrary<Adjustment> = fc
  .oneof(
    fc.record({ kind: fc.constant('inflation' as const), factor: arbDecimal(1000000, 10000000, 6) }),
    fc.record({ kind: fc.constant('efficiency' as const), factor: arbDecimal(1, 1000000, 6) }),
    fc.record({ kind: fc.constant('local-cost' as const), factor: arbDecimal(1, 10000000, 6) }),
  )
  .map((adjustment) => ({ ...adjustment, name: adjustment.kind, reason: 'Drawn.' }))

export const arbRounding: fc.Arbitrary<CalibrationTable['rounding']> = fc.record({
  to: fc.oneof(fc.constantFrom('0.01', '0.05', '1', '5.00', '1000'), arbDecimal(1, 100000, 2)),
  mode: fc.constantFrom('half-up', 'half-even', 'up', 'down'),
})

// Level stretches and amounts in whole pounds come often, so that ties do.
const arbRise = fc.oneof(
  fc.constant(0),
  fc.nat(50).map((pounds) => pounds * 100),
  fc.nat(2000000),
)

export function arbCurve(scale: number): fc.Arbitrary<Omit<Curve, 'userGroups'>> {
  const arbKnotPoints = fc.uniqueArray(fc.nat(scale), { minLength: 1, maxLength: Math.min(6, scale + 1) })
  return fc.record({
    interpolation: fc.constantFrom('linear', 'step'),
    knots: fc.tuple(arbKnotPoints, fc.array(arbRise, { minLength: 6, maxLength: 6 })).map(([points, rises]) =>
      knots(
        points.toSorted((a, b) => a - b),
        rises,
      ),
    ),
    reasonForDifference: fc.constant('Drawn.'),
    ageReason: fc.constant('Drawn.'),
  })
}

function knots(points: readonly number[], rises: readonly number[]): Curve['knots'] {
  let pence = 0
  return points.map((at, i) => {
    pence += rises[i] ?? 0
    return { points: decimalOf(at, 2), amountAnnual: decimalOf(pence, 2) }
  })
}

/** A decimal text of at most four places as a whole number of ten-thousandths. */
export function tenThousandths(text: string): number {
  const [whole = '', places = ''] = text.split('.')
  return Number(whole + places.padEnd(4, '0'))
}
