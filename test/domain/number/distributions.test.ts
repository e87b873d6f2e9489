import t from 'tap'
import { chiSquareTail, normalQuantile, normalShare } from '../../../src/domain/number/distributions.ts'
import { Diagnostic } from '../../../src/domain/number/figures.ts'

const d = (text: string) => new Diagnostic(text)

for (const [share, point] of [
  ['0.5', '0.000000'],
  ['0.8', '0.841621'],
  ['0.9', '1.281552'],
  ['0.975', '1.959964'],
  ['0.995', '2.575829'],
  ['0.99995', '3.890592'],
  ['0.025', '-1.959964'],
] as const)
  t.test(`${share} of a normal distribution lies below ${point}`, async (t) => {
    t.equal(normalQuantile(d(share)).toFixed(6), point)
  })

t.test('the share below a point is what tables print', async (t) => {
  t.equal(normalShare(d('0')).toFixed(6), '0.500000')
  t.equal(normalShare(d('1')).toFixed(6), '0.841345')
  t.equal(normalShare(d('1.96')).toFixed(6), '0.975002')
})

for (const [statistic, degrees, tail] of [
  ['0', 3, '1.000000'],
  ['3.841', 1, '0.050014'],
  ['5.991', 2, '0.050012'],
  ['9.488', 4, '0.049994'],
  ['18.307', 10, '0.050001'],
  ['0.711', 4, '0.949966'],
  ['100', 30, '0.000000'],
  ['300', 30, '0.000000'],
  ['200', 150, '0.003973'],
  ['1000000', 30, '0.000000'],
] as const)
  t.test(`chance gives a chi-square of ${statistic} with ${degrees} degrees in ${tail}`, async (t) => {
    t.equal(chiSquareTail(d(statistic), degrees).toFixed(6), tail)
  })
