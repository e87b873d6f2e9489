import t from 'tap'
import {
  fractionInPercent,
  fromTo,
  inPercent,
  inPoints,
  inPounds,
  inPoundsAndPence,
  listed,
  plain,
  plural,
  shareInPercent,
} from '../../../src/domain/number/in-words.ts'

t.test('pounds are rounded once for reading, with thousands apart and a true minus', async (t) => {
  t.equal(inPounds('1885762.00'), '£1,885,762')
  t.equal(inPounds('-500.50'), '−£501')
  t.equal(inPounds('-0.30'), '£0')
  t.equal(inPounds('545.6487', 2), '£545.65')
  t.equal(inPounds('319944.00', 0, true), '+£319,944')
})

t.test('to the penny, pence only where there are some, and no sign', async (t) => {
  t.same(['0.00', '999.99', '1000.00', '54564.8', '1234567.05', '-12.50'].map(inPoundsAndPence), [
    '£0',
    '£999.99',
    '£1,000',
    '£54,564.80',
    '£1,234,567.05',
    '£12.50',
  ])
})

t.test('percentages, without a space', async (t) => {
  t.equal(inPercent('-19.64', true), '−19.6%')
  t.equal(inPercent('6.24'), '6.2%')
  t.equal(shareInPercent('0.4478'), '45%')
  t.same(['0.2', '0.125', '1', '-0.05'].map(fractionInPercent), ['20%', '12.5%', '100%', '−5%'])
})

t.test('counts and points', async (t) => {
  t.same(['25.00', '9.375', '3456.50', '0'].map(plain), ['25', '9.375', '3,456.5', '0'])
  t.same(['1.00', '0.00', '1.5'].map(inPoints), ['1 point', '0 points', '1.5 points'])
  t.equal(plural(1, 'row', 'rows'), '1 row')
  t.equal(plural(1200, 'row', 'rows'), '1,200 rows')
})

t.test('lists, and ranges that name one figure once', async (t) => {
  t.equal(listed(['a', 'b', 'c']), 'a, b and c')
  t.equal(listed([]), '')
  t.equal(fromTo('£1', '£2'), 'from £1 to £2')
  t.equal(fromTo('£1', '£1'), '£1')
})
