import t from 'tap'
import {
  cellText,
  each,
  inPercent,
  inPounds,
  listed,
  plain,
  plural,
  pointsText,
  shareInPercent,
} from '../../src/pages/figures.ts'
import { change, HIDDEN, NOTHING, number, percent, pounds, text } from '../../src/pages/table.ts'

t.test('pounds are rounded once for reading, with thousands apart and a true minus', async (t) => {
  t.equal(inPounds('1885762.00'), '£1,885,762')
  t.equal(inPounds('-500.50'), '−£501')
  t.equal(inPounds('-0.30'), '£0')
  t.equal(inPounds('545.6487', 2), '£545.65')
  t.equal(inPounds('319944.00', 0, true), '+£319,944')
})

t.test('per cents, counts and points', async (t) => {
  t.equal(inPercent('-19.64', true), '−19.6 %')
  t.equal(shareInPercent('0.4478'), '45 %')
  t.equal(plain('3456.50'), '3,456.5')
  t.equal(pointsText(1250), '12.5')
  t.equal(plural(1, 'row', 'rows'), '1 row')
  t.equal(plural(1200, 'row', 'rows'), '1,200 rows')
  t.equal(each('100.00', '3'), '33.33')
  t.equal(each('100.00', '0'), null)
  t.equal(listed(['a', 'b', 'c']), 'a, b and c')
})

t.test('cells as a page prints them', async (t) => {
  t.strictSame(
    [
      pounds('1.50', 2),
      change('2'),
      percent('3.21'),
      number('1234'),
      text('a'),
      HIDDEN,
      NOTHING,
      pounds(null),
    ].map(cellText),
    ['£1.50', '+£2', '3.2 %', '1,234', 'a', '[c]', '–', '–'],
  )
})
