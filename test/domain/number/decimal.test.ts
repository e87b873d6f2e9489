// Exact decimals: what is never shortened, and what is shown.
import t from 'tap'
import {
  decimal,
  formatMoney,
  formatPoints,
  ONE,
  PENNY,
  round2,
  roundFraction,
} from '../../../src/domain/number/decimal.ts'

t.test('points are shown to two places, and every further place that is there', async (t) => {
  const shown = (text: string) => formatPoints(decimal(text))
  t.equal(shown('9'), '9.00')
  t.equal(shown('9.3'), '9.30')
  t.equal(shown('9.37'), '9.37')
  t.equal(shown('9.375'), '9.375')
  t.equal(shown('9.3750'), '9.375')
  t.equal(shown('0.0000001'), '0.0000001', 'never with an exponent')
})

t.test('money is shown to the penny, never with an exponent', async (t) => {
  t.equal(formatMoney(decimal('1')), '1.00')
  t.equal(formatMoney(decimal('0.1')), '0.10')
  t.equal(formatMoney(decimal('-0.01')), '-0.01')
  t.equal(formatMoney(decimal('123456789012345678901234567890.12')), '123456789012345678901234567890.12')
})

t.test('half a hundredth is rounded up', async (t) => {
  const rounded = (text: string) => round2(decimal(text)).toFixed()
  t.equal(rounded('1.004999999999999999999999999999999999'), '1')
  t.equal(rounded('1.005'), '1.01', 'which no float holds')
  t.equal(rounded('1.015'), '1.02')
  t.equal(rounded('2.675'), '2.68')
})

t.test('long products stay exact', async (t) => {
  const factor = '1.0000001'
  const product = Array.from({ length: 40 }).reduce(
    (value: ReturnType<typeof decimal>) => value.times(factor),
    ONE,
  )
  const digits = (10000001n ** 40n).toString()
  t.equal(product.toFixed(), `1.${digits.slice(1).replace(/0+$/, '')}`)
})

t.test('a quotient is rounded from the exact fraction', async (t) => {
  const rounded = roundFraction(decimal('54564.87').times(34), decimal('100'), PENNY, 'half-up')
  t.equal(rounded.toFixed(), '18552.06')
  const third = (mode: 'half-up' | 'half-even' | 'up' | 'down') =>
    roundFraction(ONE, decimal('3'), PENNY, mode).toFixed()
  t.strictSame(
    [third('half-up'), third('half-even'), third('up'), third('down')],
    ['0.33', '0.33', '0.34', '0.33'],
  )
})
