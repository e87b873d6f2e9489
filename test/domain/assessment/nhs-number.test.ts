// An NHS number is known by its check digit, however it is written and whatever stands around it; other references are
// left alone.
import t from 'tap'
import { hasNhsNumber } from '../../../src/domain/assessment/nhs-number.ts'

t.test('digits whose last checks the others are one, with one separator or without', async (t) => {
  for (const text of [
    ...['9434765919', '943 476 5919', '943.476.5919', '943:476:5919', '943_476_5919', '943/476/5919'],
    ...['943-476-5919', '4505577104', '9990000018', 'NHS9434765919', 'P-9434765919', '-9434765919/x'],
    ...['1-943-476-5919', 'feed9434765919', '9434765918 9434765919', '12345678901,9434765919'],
  ])
    t.ok(hasNhsNumber(text), text)
  t.ok(hasNhsNumber('4000000004'), 'its sum is 40, and 11 − 40 mod 11 is 4')
  t.ok(hasNhsNumber('9876543210'), 'its sum is 330, and a check digit of 11 is written 0')
})

t.test('of ten numbers that differ in the check digit alone, one at most is an NHS number', async (t) => {
  const checked = (nine: string) => [...'0123456789'].filter((digit) => hasNhsNumber(`${nine}${digit}`))
  t.strictSame(checked('943476591'), ['9'])
  t.strictSame(checked('100000001'), [], 'where the check would be 10, the number is never given out')
  const nines = Array.from({ length: 2_000 }, (_, i) => String(123_456_789 + i * 7_919))
  const found = nines.flatMap(checked).length / (10 * nines.length)
  t.ok(Math.abs(found - 1 / 11) < 0.002, `one in eleven: ${found}`)
})

t.test('other references are none', async (t) => {
  for (const text of [
    ...['P-48213', '943476591', '94347659190', '09434765919', '9434765918', ''],
    ...['943--476--5919', '943-476/5919', '943-4765919', '943476-5919', '0943-476-5919', '943-476-59191'],
    ...['943+476+5919', '9 434765919', '943\t476\t5919', '٩٤٣٤٧٦٥٩١٩'],
  ])
    t.notOk(hasNhsNumber(text), text)
})

t.test('what machines make is none, and what stands beside it may be one', async (t) => {
  const uuid = '0190a1b2-c3d4-7e5f-8a9b-a9434765919a'
  const hash = 'abc9434765919abcdefabcdef'
  for (const text of [uuid, `P-${uuid}`, uuid.toUpperCase(), hash, hash.toUpperCase()])
    t.notOk(hasNhsNumber(text), text)
  t.ok(hasNhsNumber('a9434765919a'), 'the last part of that UUID alone is one')
  t.ok(hasNhsNumber(`${uuid}/943 476 5919`), 'beside a UUID')
  t.ok(hasNhsNumber('9434765919abcdefabc'), 'nineteen hexadecimal digits')
})
