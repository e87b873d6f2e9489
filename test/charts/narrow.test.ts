// The narrow form of a chart fits a telephone, keeps the size of its letters, and clashes with nothing on its page.
import t from 'tap'
import { changeByTenth } from '../../src/charts/change-by-tenth.ts'
import { NARROW, narrowSvgOf } from '../../src/charts/narrow.ts'
import { type Panel, pointsAgainstMethods } from '../../src/charts/points-against-money.ts'
import { svgOf } from '../../src/charts/svg.ts'
import { markupFault } from './markup.ts'

const panel = (title: string): Panel => ({
  title,
  dots: [{ points: '20', cost: '9000' }],
  curves: [
    {
      name: 'Fixed £ per point',
      knots: [
        { points: '0', amountAnnual: '0' },
        { points: '100', amountAnnual: '54565' },
      ],
    },
  ],
})
const charts = {
  one: pointsAgainstMethods('one', [panel('Older people')]),
  many: pointsAgainstMethods(
    'many',
    ['Older people', 'Physical disability', 'Learning disability'].map(panel),
  ),
  bars: changeByTenth('bars', 'Who gains', [
    {
      tenth: 'The dearest half',
      shares: [
        { words: 'more than 25% more', tone: 0, label: '40%', people: 40 },
        { words: 'more than 25% less', tone: 4, label: '60%', people: 60 },
      ],
    },
  ]),
}
const size = (svg: string, side: 'width' | 'height') =>
  Number(new RegExp(`<svg[^>]* ${side}="([\\d.]+)"`).exec(svg)?.[1])
const letters = (svg: string) => [
  ...new Set([...svg.matchAll(/font-size="([\d.]+)px"/g)].map(([, px]) => px)),
]

for (const [name, chart] of Object.entries(charts))
  t.test(`${name}: as wide as a telephone`, async (t) => {
    const [wide, narrow] = [await svgOf(chart), (await narrowSvgOf(chart)) ?? '']
    t.ok(size(narrow, 'width') <= NARROW + 20, String(size(narrow, 'width')))
    t.ok(size(narrow, 'width') < size(wide, 'width'))
    t.strictSame(letters(narrow).sort(), letters(wide).sort(), 'no letter is smaller')
    t.equal(markupFault(narrow), null)
    t.match(narrow, `aria-labelledby="${name}-narrow-title ${name}-narrow-description"`)
    t.equal(await narrowSvgOf(chart), narrow, 'the same figures are the same bytes')
  })

t.test('panels stand one under another', async (t) => {
  const [one, many] = [(await narrowSvgOf(charts.one)) ?? '', (await narrowSvgOf(charts.many)) ?? '']
  t.ok(size(many, 'height') > 2 * size(one, 'height') - 100)
})

t.test('a chart whose labels leave no room has no narrow form', async (t) => {
  const names = ['The words of this method are far too long to stand on a telephone, whatever is done']
  const shares = [{ words: 'no change', tone: 2, label: '100%', people: 20 }]
  t.equal(
    await narrowSvgOf(
      changeByTenth(
        'long',
        'Long',
        names.map((tenth) => ({ tenth, shares })),
      ),
    ),
    null,
  )
})
