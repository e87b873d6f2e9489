// Decimal strings to fractions and back, and whole numbers out of exact arithmetic.
import t from 'tap'
import {
  decimalText,
  fractionOf,
  hundredthsText,
  penceOf,
  pounds,
} from '../../../src/domain/number/decimal-fraction.ts'
import { fraction } from '../../../src/domain/number/fraction.ts'
import { wholeNumber } from '../../../src/domain/number/whole-number.ts'

t.test('a decimal string is read exactly', async (t) => {
  t.strictSame(fractionOf('-28247.009'), fraction(-28_247_009n, 1000n))
  t.strictSame(fractionOf('-0.5'), fraction(-1n, 2n))
  t.strictSame(fractionOf('7'), fraction(7n))
  t.strictSame(penceOf('12.345'), fraction(2469n, 2n))
})

t.test('a fraction is printed to its places, halves away from zero, without needless zeros', async (t) => {
  t.equal(decimalText(fraction(13_200n, 23n)), '573.9130434783')
  t.equal(decimalText(fraction(-1n, 8n), 2), '-0.13')
  t.equal(decimalText(fraction(100n)), '100')
  t.equal(decimalText(fraction(100n), 0), '100')
  t.equal(decimalText(fraction(0n)), '0')
  t.equal(pounds(fraction(-123_456n)), '−£1,234.56')
  t.equal(pounds(fraction(5n)), '£0.05')
  t.equal(hundredthsText(1785), '17.85')
  t.equal(hundredthsText(-5n), '-0.05')
})

t.test('a whole number comes out the same, or not at all', async (t) => {
  for (const number of [0, 1, -1, 2 ** 32, -(2 ** 32) - 7, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])
    t.equal(wholeNumber(BigInt(number)), number)
  t.throws(() => wholeNumber(2n ** 53n), { message: /too large/ })
  t.throws(() => wholeNumber(2n ** 64n + 1n), { message: /too large/ })
})
