// An NHS number is known by its check digit, however it is written; other references are left alone.
import t from 'tap'
import { isNhsNumber } from '../../../src/domain/assessment/nhs-number.ts'

t.test('a number whose last digit checks the others is one, with separators or without', async (t) => {
  for (const text of [
    '9434765919',
    '943-476-5919',
    '943.476.5919',
    '9-4-3/476_5919',
    '4505577104',
    '9990000018',
  ])
    t.ok(isNhsNumber(text), text)
  t.ok(isNhsNumber('4000000004'), 'its sum is 40, and 11 − 40 mod 11 is 4')
  t.ok(isNhsNumber('0000000000'), 'a check digit of 11 is written 0')
})

t.test('of ten numbers that differ in the check digit alone, one at most is an NHS number', async (t) => {
  const checked = (nine: string) => [...'0123456789'].filter((digit) => isNhsNumber(`${nine}${digit}`))
  t.strictSame(checked('943476591'), ['9'])
  t.strictSame(checked('100000001'), [], 'where the check would be 10, the number is never given out')
})

t.test('other references are none', async (t) => {
  for (const text of [
    'P-48213',
    'P-9434765919',
    '943476591',
    '94347659190',
    '943--4765919',
    '-9434765919',
    '9434765918',
    '',
  ])
    t.notOk(isNhsNumber(text), text)
})
