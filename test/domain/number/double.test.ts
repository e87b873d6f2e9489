import t from 'tap'
import { decimal } from '../../../src/domain/number/decimal.ts'
import {
  decimalDouble,
  figureText,
  fractionDouble,
  poundsText,
  ratioText,
  textDouble,
} from '../../../src/domain/number/double.ts'

t.test('exact numbers become doubles, to within a hair', async (t) => {
  const near = (found: number, wanted: number) =>
    t.ok(Math.abs(found - wanted) < 1e-15 * (1 + Math.abs(wanted)))
  near(fractionDouble({ n: 1n, d: 3n }), 1 / 3)
  near(fractionDouble({ n: -7n, d: 2n }), -3.5)
  near(fractionDouble({ n: 188_576_200n, d: 1n }), 188_576_200)
  near(textDouble('-28247.009'), -28247.009)
  near(textDouble('0.0001'), 0.0001)
  near(decimalDouble(decimal('9.375')), 9.375)
})

t.test('doubles are shown at fixed places, and zero has no sign', async (t) => {
  t.equal(figureText(2 / 3, 4), '0.6667')
  t.equal(figureText(-0.00001, 4), '0.0000')
  t.equal(figureText(-0.5, 4), '-0.5000')
  t.equal(poundsText(-0.2), '0.00')
  t.equal(poundsText(1_234_567.8), '12345.68')
  // As exact amounts are: 1.005 is below itself as a double, and would fall to 1.00.
  t.equal(poundsText(100.5), '1.01')
  t.equal(poundsText(-100.5), '-1.01')
  t.equal(poundsText(12.5), '0.13')
  t.equal(ratioText(1, 8), '0.1250')
  t.equal(ratioText(1, 0), null)
})

t.test('what is not a number is never shown', async (t) => {
  t.throws(() => figureText(Number.NaN, 2), { message: /not a number/ })
  t.throws(() => poundsText(Number.POSITIVE_INFINITY), { message: /not a number/ })
})
