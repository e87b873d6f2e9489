import t from 'tap'
import type { ReportDepth } from '../../../src/contract/calibration/report.ts'
import { cellText } from '../../../src/pages/grid.ts'
import { calibrationReport } from '../../../src/pages/report/report.ts'
import { sections } from '../../../src/pages/report/sections.ts'
import { REPORT_STYLE, styleSource } from '../../../src/pages/style.ts'
import { markupFault } from '../../charts/markup.ts'
import { draws } from '../../support/draws.ts'
import { data, pageOf } from './bnes-pages.ts'
import { CASES, REQUESTS, reportData } from './bnes-report.ts'

const DEPTHS: readonly ReportDepth[] = ['headline', 'groups', 'persons']
const HOSTILE = '"><script>alert(1)</script><img src=x>'

for (const depth of DEPTHS)
  t.test(`${depth}: one well-formed page, nothing alive in it and nothing from elsewhere`, async (t) => {
    const html = await pageOf(depth)
    t.equal(markupFault(html), null)
    t.notMatch(html, /NaN|undefined|Infinity|\[object/)
    t.notMatch(html, /<script|<link|<iframe| style="| on[a-z]+="|@import|url\(http/)
    t.strictSame(
      [...new Set(html.match(/https?:\/\/[^"/]+/g))],
      ['http://www.w3.org'],
      'only names of SVG itself',
    )
    // What the other depths draw, this one draws too: `npm run drill -- properties` draws all of them again.
    if (depth === 'persons' || draws(1) > 1)
      t.equal(await calibrationReport(reportData(), depth), html, 'the same figures are the same bytes')
  })

t.test(
  'the first screen says what is proposed, its cost against the budget, and who gains and loses',
  async (t) => {
    const [first] = sections(data, 'headline')
    const said = JSON.stringify(first)
    for (const words of [
      'Synthetic data: no row is about a real person.',
      'Proposed: Fixed £ per point.',
      'A point is worth £545.65 a year.',
      'It would cost £1,885,762 a year, the same as the budget, to the nearest pound.',
      'Of 134 people, 68 would get more than their present cost',
      'it costs £173,303 more than now in the first year',
      '19 times out of 20',
      'Every amount is indicative.',
    ])
      t.match(said, words)
  },
)

t.test('where no amount changes, that is said, and not that 0 people gain', async (t) => {
  const nobody = { rows: 0, people: '0' }
  const [method] = data.methods
  if (method === undefined) throw new Error('there is no method')
  const first = (higher: typeof nobody) => {
    const all = { ...method.impact.all, higher, lower: nobody }
    const methods = [{ ...method, impact: { ...method.impact, all } }]
    return JSON.stringify(sections({ ...data, methods }, 'persons')[0])
  }
  t.match(first(nobody), 'Of 134 people, nobody would get more or less than their present cost.')
  t.match(first({ rows: 68, people: '68' }), /68 would get more .* a year more; nobody would get less\./)
})

t.test('the printed figures of 2012 stand in the tables', async (t) => {
  const html = await pageOf('headline')
  for (const figure of ['£2,205,706', '£2,059,065', '£1,739,121', '£1,565,818', '+36.7%', '−19.6%'])
    t.match(html, figure)
})

t.test(
  'equality begins with what is copied, then the groups defined by age, and flags a curve of their own',
  async (t) => {
    const [method] = data.methods
    const [fit] = method?.fits ?? []
    if (method === undefined || fit === undefined) throw new Error('there is no method')
    const own = { ...method, fits: [{ ...fit, userGroup: 'Older People' }] }
    const html = await calibrationReport({ ...data, methods: [own] }, 'headline')
    t.match(html, 'They have their own table with Fixed £ per point. Its author must say why')
    const section = html.slice(html.indexOf('id="equality"'))
    t.ok(section.indexOf('repeats today’s unfairness') < section.indexOf('Some groups are defined by age'))
    t.ok(section.indexOf('Older people:') < section.indexOf('All groups'))
  },
)

t.test('hostile names and references stay text', async (t) => {
  const cases = CASES.map((one, i) => (i === 0 ? { ...one, ref: HOSTILE, ageBand: HOSTILE } : one))
  const hostile = {
    ...reportData(cases),
    authority: HOSTILE,
    title: HOSTILE,
    userGroups: data.userGroups.map((group) => ({ ...group, title: `${HOSTILE}${group.title}` })),
    methods: data.methods.map((method) => ({ ...method, title: `${HOSTILE}${method.title}` })),
  }
  for (const depth of DEPTHS) {
    const html = await calibrationReport(hostile, depth)
    t.equal(markupFault(html), null)
    t.notMatch(html, /<script|<img/)
  }
})

for (const depth of ['headline', 'groups'] as const)
  t.test(`${depth}: no number of people from 1 to 9, no reference, no dot`, async (t) => {
    const COUNTS = ['People', 'More', 'Less', 'Differ by more']
    for (const { items } of sections(data, depth))
      for (const item of items) {
        if (item.kind === 'chart') t.notMatch(JSON.stringify(item.chart.spec), '"kind":"person"')
        if (item.kind !== 'grid') continue
        const { columns, rows } = item.grid
        for (const { cells } of rows)
          cells.forEach((cell, i) => {
            const counts =
              COUNTS.includes(columns[i]?.title ?? '') || /^People/.test(cells[0] ? cellText(cells[0]) : '')
            if (i > 0 && counts && cell.kind === 'number')
              t.ok(cell.value === '0' || Number(cell.value) >= 10, `${item.grid.caption}: ${cell.value}`)
          })
      }
    t.notMatch(await pageOf(depth), 'BNES-')
  })

t.test('the modeller sees every person', async (t) => {
  const html = await pageOf('persons')
  for (const { ref } of CASES) t.match(html, `<th scope="row">${ref}</th>`)
})

t.test('where three people get less, nothing that would tell them from the others is shown', async (t) => {
  const kept = data.methods.map((method) => ({
    ...method,
    impact: { ...method.impact, all: { ...method.impact.all, lower: { rows: 3, people: '3' } } },
  }))
  const html = await calibrationReport({ ...data, methods: kept }, 'headline')
  t.match(html, 'cannot be shown: one of the numbers is under 10')
  t.match(html, 'The sizes of changes are hidden')
  t.match(html, 'Hidden where the figure would reveal the gains or losses of fewer than 10 people')
  t.notMatch(html, '£2,205,706', 'the cost of S1 is the gains and what people have now')
  t.match(html, '£1,885,762')
})

t.test('a few who stay the same are counted with those who get less, and nothing is hidden', async (t) => {
  const percentile = [{ method: 'percentile', mode: 'tie-mean', neutral: true }] as const
  const own = reportData(CASES, percentile, { trust: false })
  const tie = { ...own, cohort: { ...own.cohort, characteristics: [] } }
  t.equal(tie.methods[0]?.impact.all.same.rows, 1)
  const html = await calibrationReport(tie, 'headline')
  t.match(html, 'would get less or the same')
  t.match(html, 'less, or the same')
  t.notMatch(html, '>[c]<')
})

t.test('cells that the council has published are shown, and the page says who declared what', async (t) => {
  const published = {
    breakdowns: ['groups'],
    source: 'Cabinet report E2233, table 4.',
    reason: 'Anybody can read it there.',
  } as const
  const html = await calibrationReport({ ...data, published }, 'groups')
  t.match(html, 'declared that the council has already published them. Where: Cabinet report E2233, table 4.')
  const [, row = ''] =
    /<th scope="row">£2,501 - £5,000<\/th>\s*((?:<td[^>]*>[^<]*<\/td>\s*)+)/.exec(html) ?? []
  t.match(row, '>16<')
  t.match(html, /<th scope="row">£0 - £2,500<\/th>\s*<td[^>]*>7</, 'a cell of seven people')
  const other = await pageOf('groups')
  t.notMatch(other, /<th scope="row">£0 - £2,500<\/th>/)
  t.match(other, '£0 - £5,000')
})

t.test('fewer than ten people: the public is told so and nothing else', async (t) => {
  const few = reportData(CASES.slice(0, 9), REQUESTS.slice(0, 1))
  t.equal(sections(few, 'groups').length, 1)
  t.ok(sections(few, 'persons').length > 5)
})

t.test('a curve for each group: hidden with its group, and tables that a page can hold', async (t) => {
  const few = CASES.filter(({ userGroup }, i) => userGroup === 'Older People' || i % 3 === 0)
  const perGroup = (one: ReturnType<typeof reportData>) => ({
    ...one,
    methods: one.methods.map((method) => ({
      ...method,
      fits: one.userGroups.flatMap(({ key }) => method.fits.map((fit) => ({ ...fit, userGroup: key }))),
    })),
  })
  const page = await calibrationReport(perGroup(reportData(few)), 'groups')
  t.notMatch(page, 'Fixed £ per point: Mental health, 65 and over')
  t.match(page, 'Fixed £ per point: Older people')
  for (const { items } of sections(perGroup(data), 'groups'))
    for (const item of items) if (item.kind === 'grid') t.ok(item.grid.columns.length <= 9, item.grid.caption)
  t.equal(markupFault(page), null)
})

t.test('without a proposal the methods are compared', async (t) => {
  const html = await calibrationReport({ ...data, proposed: null }, 'headline')
  t.match(html, 'No method is proposed. This report compares 3 methods')
  t.match(html, 'from £1,860,987 to £1,885,762 a year')
})

t.test('warnings lose the figures of single people for the public', async (t) => {
  t.match(await pageOf('persons'), 'Nobody has more than 99.00 points')
  t.notMatch(await pageOf('groups'), '99.00')
})

t.test('the workers’ estimates: distances for all, shares for the modeller', async (t) => {
  const [groups, persons] = [await pageOf('groups'), await pageOf('persons')]
  const part = (html: string) =>
    html.slice(html.indexOf('Distance from the workers'), html.indexOf('id="cohort"'))
  t.match(part(groups), 'Present costs')
  t.notMatch(part(groups), 'Within 10%')
  t.match(part(persons), 'Within 10%')
})

t.test('a policy can allow the report’s own style alone', async (t) => {
  t.match(styleSource(REPORT_STYLE), /^'sha256-[\w+/]{43}='$/)
})
