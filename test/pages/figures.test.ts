import t from 'tap'
import { each, pointsOf, pointsText, poundsOfPence, size } from '../../src/pages/figures.ts'
import { cellText, change, HIDDEN, NOTHING, number, percent, pounds, text } from '../../src/pages/grid.ts'

t.test('points, pence and shares of a sum', async (t) => {
  t.equal(pointsText(1250), '12.5')
  t.equal(pointsText(125000), '1,250')
  t.equal(pointsOf(125000), '1250')
  t.equal(poundsOfPence(-5), '-0.05')
  t.equal(size('-5.50'), '5.5')
  t.equal(each('100.00', '3'), '33.33')
  t.equal(each('100.00', '0'), null)
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
    ['£1.50', '+£2', '3.2%', '1,234', 'a', '[c]', '–', '–'],
  )
})
