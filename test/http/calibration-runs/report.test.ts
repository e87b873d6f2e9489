// The report, its charts and the workbook, from the reconstructed cohort of 2012 through the API.
import { randomUUID } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import { markupFault } from '../../charts/markup.ts'
import { unzipped } from '../../pages/unzipped.ts'
import { withService } from '../../support/folder.ts'
import { publish } from '../../support/service.ts'
import { get, refused } from '../driver.ts'
import { bnesCostBands, bnesCsv, bnesQuestionnaire } from './bnes.ts'
import { ran, runner, sealedCohort } from './driver.ts'

export const tests = withService(import.meta, async (t, service) => {
  runner(t, service)
  const avon = await service.authority('avon')
  await publish(service, avon, 'questionnaires', bnesQuestionnaire)
  const cohortId = await sealedCohort(service, avon.author)

  const METHODS = [
    { method: 'fixed' },
    { method: 'percentile', mode: 'percent-table', neutral: false },
    { method: 'line' },
  ]
  const REQUEST = {
    cohortId,
    groups: 'all',
    budget: { basis: 'stated', amountAnnual: '1885762.00' },
    methods: METHODS,
    costBands: bnesCostBands(),
    exclusions: [
      { rule: 'weekly-cost-above', limit: '2000', weeksPerYear: '52', reason: 'Costed individually.' },
    ],
    sampling: { confidence: '0.95', margin: '0.09', population: null },
    trust: { seed: 1, resamples: 1000 },
  }
  const DEPTHS = ['headline', 'groups', 'persons']
  const CHARTS = [
    'points-against-cost',
    'points-against-methods',
    'bootstrap-band',
    'gains-and-losses',
    'scenario-costs',
    'change-by-tenth',
  ]

  const run = await ran(service, avon.author, REQUEST)
  const of = (id: string, rest: string, headers = {}) =>
    get(service, avon.author, `/v1/calibration-runs/${id}/${rest}`, headers)

  /** Drawing takes a second: what was drawn is looked at in several tests. */
  const drawn = new Map<string, LightMyRequestResponse>()
  const once = async (rest: string) => {
    const answer = drawn.get(rest) ?? (await of(run.id, rest))
    drawn.set(rest, answer)
    return answer
  }

  for (const depth of DEPTHS)
    t.test(`${depth}: the report is a whole page with the figures of 2012`, async (t) => {
      const answer = await once(`report?depth=${depth}`)
      t.equal(answer.statusCode, 200, answer.body.slice(0, 500))
      t.match(answer.headers['content-type'], /^text\/html/)
      const html = answer.body
      t.equal(markupFault(html), null)
      t.notMatch(html, /NaN|undefined|Infinity|\[object/)
      t.match(html, /People who would get more<\/th>\s*<td[^>]*>68<\/td>/)
      t.match(html, /People who would get less<\/th>\s*<td[^>]*>66<\/td>/)
      for (const words of [
        `${avon.id} Council`,
        'Calibration: 2012',
        '£2,205,706',
        'B&amp;NES 2012|bnes',
        run.id,
      ])
        t.match(html, new RegExp(words))
    })

  t.test('the report is the same bytes every time', async (t) => {
    const again = await of(run.id, 'report?depth=persons')
    t.equal(again.body, (await once('report?depth=persons')).body)
  })

  t.test('a public depth names nobody and shows no small number of people', async (t) => {
    for (const depth of ['headline', 'groups']) {
      const { body } = await once(`report?depth=${depth}`)
      t.notMatch(body, 'BNES-')
      for (const { column, value } of countCells(body))
        t.ok(value === 0 || value >= 10, `${depth}: ${column} ${value}`)
    }
    const persons = (await once('report?depth=persons')).body
    t.match(persons, 'BNES-001')
    t.ok(
      countCells(persons).some(({ value }) => value > 0 && value < 10),
      'which the modeller does see: the cells are found',
    )
  })

  t.test('a report of a proposal says so first, and only of a method that the run has', async (t) => {
    const { body } = await of(run.id, 'report?proposed=fixed')
    t.match(body, 'Proposed: Fixed £ per point.')
    t.match(body, '68 would get more than their present cost')
    t.match((await once('report?depth=headline')).body, 'No method is proposed')
    refused(t, await of(run.id, 'report?proposed=magic'), 'calibration-impossible', [
      'parameter-out-of-range /query/proposed',
    ])
  })

  t.test('the page allows itself its own style and nothing else', async (t) => {
    const policy = String((await once('report?depth=headline')).headers['content-security-policy'])
    t.match(policy, /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/)
    t.notMatch(policy, /unsafe|script|self/)
  })

  t.test('every chart is a drawing of its own', async (t) => {
    for (const name of CHARTS) {
      const answer = await once(`charts/${name}.svg`)
      t.equal(answer.statusCode, 200, name)
      t.match(answer.headers['content-type'], /^image\/svg\+xml/)
      t.match(answer.body, /^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
      t.equal(markupFault(answer.body), null)
      t.notMatch(answer.body, /NaN|undefined| style="|<script/)
    }
    const again = await of(run.id, 'charts/scenario-costs.svg')
    t.equal(again.body, (await once('charts/scenario-costs.svg')).body, 'the same bytes every time')
  })

  t.test('a chart of people is there for modellers alone', async (t) => {
    const answer = await of(run.id, 'charts/points-against-cost.svg?depth=headline')
    refused(t, answer, 'not-found')
    t.match(answer.json().detail, 'points-against-cost.svg')
    t.equal((await of(run.id, 'charts/points-against-methods.svg?depth=headline')).statusCode, 200)
  })

  t.test('the workbook is a zip with the same figures, the same bytes every time', async (t) => {
    for (const depth of DEPTHS) {
      const answer = await once(`export.xlsx?depth=${depth}`)
      t.match(answer.headers['content-type'], /spreadsheetml\.sheet$/)
      const name = `calibration-run-${run.id}-${depth}.xlsx`
      t.equal(answer.headers['content-disposition'], `attachment; filename="${name}"`)
      const files = unzipped(answer.rawPayload)
      t.ok('xl/workbook.xml' in files)
      const text = Object.values(files).join('')
      t.notMatch(text, /NaN|undefined/)
      t.equal(text.includes('BNES-001'), depth === 'persons')
    }
    const [first, again] = [await once('export.xlsx?depth=headline'), await of(run.id, 'export.xlsx')]
    t.ok(first.rawPayload.equals(again.rawPayload), 'headline unless another depth is asked for')
  })

  t.test('tables, impact and scenarios as CSV, hiding what the report hides', async (t) => {
    for (const part of ['tables', 'impact', 'scenarios']) {
      const answer = await once(`export.csv?part=${part}&depth=groups`)
      t.equal(answer.statusCode, 200)
      t.equal(answer.headers['content-type'], 'text/csv; charset=utf-8')
      t.match(answer.headers['content-disposition'], `calibration-run-${run.id}-${part}-groups.csv`)
      t.match(answer.body, /^method,/)
      t.notMatch(answer.body, 'BNES-')
    }
    t.match((await once('export.csv?part=impact&depth=groups')).body, '£0 - £5,000')
    t.match((await of(run.id, 'export.csv')).body, 'BNES-001')
    const persons = await of(run.id, 'export.csv?part=persons&depth=groups')
    refused(t, persons, 'request-invalid', ['value-not-allowed /query/depth'])
    for (const depth of ['headline', 'groups'])
      t.equal(
        (await of(run.id, `export.csv?depth=${depth}`)).body,
        (await of(run.id, `export.csv?part=tables&depth=${depth}`)).body,
        'without a part, people in the depth persons alone, and else tables',
      )
  })

  t.test('a declaration that cells are published is kept with the run and shown in its report', async (t) => {
    const published = { breakdowns: ['groups'], source: 'Cabinet, May 2012.', reason: 'It is public.' }
    const open = await ran(service, avon.author, { ...REQUEST, trust: undefined, published })
    const { body } = await of(open.id, 'report?depth=groups')
    t.match(body, 'declared that the council has already published them. Where: Cabinet, May 2012.')
    t.match(body, /<th scope="row">£0 - £2,500<\/th>\s*<td[^>]*>7</)
    t.match((await get(service, avon.author, `/v1/calibration-runs/${open.id}`)).json().request, {
      published,
    })
  })

  t.test('what a caller has already is not drawn again, and each form and depth is its own', async (t) => {
    const tags = new Set<string>()
    const forms = [
      ...DEPTHS.map((depth) => `report?depth=${depth}`),
      'export.xlsx',
      'charts/scenario-costs.svg',
    ]
    for (const form of forms) {
      const etag = String((await once(form)).headers.etag)
      tags.add(etag)
      const again = await of(run.id, form, { 'if-none-match': etag })
      t.equal(again.statusCode, 304)
      t.equal(again.body, '')
    }
    t.equal(tags.size, forms.length)
  })

  t.test('what is not there, not offered, not allowed or not known is refused by name', async (t) => {
    const forms = ['report', 'charts/scenario-costs.svg', 'export.xlsx']
    const without = { authorization: `Bearer ${await avon.key({ scopes: ['allocations:read'] })}` }
    const other = (await service.authority('other')).author
    for (const form of forms) {
      refused(t, await of(randomUUID(), form), 'not-found')
      refused(t, await get(service, other, `/v1/calibration-runs/${run.id}/${form}`), 'not-found')
      refused(t, await of(run.id, form, { accept: 'application/json' }), 'not-acceptable')
      refused(t, await get(service, without, `/v1/calibration-runs/${run.id}/${form}`), 'scope-missing')
    }
    refused(t, await of(run.id, 'report?depth=everything'), 'request-invalid', [
      'value-not-allowed /query/depth',
    ])
    refused(t, await of(run.id, 'charts/pie.svg'), 'request-invalid', ['value-not-allowed /path/name'])
  })

  t.test(
    'a run without trust has no bands, a table for each group is shown, refusals are named',
    async (t) => {
      const { trust: _, sampling: _1, ...plain } = REQUEST
      const other = await ran(service, avon.author, {
        ...plain,
        groups: 'per-group',
        adjustments: [{ name: 'Inflation', kind: 'inflation', factor: '1.05', reason: 'Prices.' }],
        contingency: { fraction: '0.05' },
        methods: [{ method: 'fixed' }, { method: 'isotonic', name: 'first' }, { method: 'isotonic' }],
      })
      refused(t, await of(other.id, 'charts/bootstrap-band.svg'), 'not-found')
      for (const depth of ['headline', 'groups']) {
        const { body, statusCode } = await of(other.id, `report?depth=${depth}`)
        t.equal(statusCode, 200)
        t.equal(markupFault(body), null)
        t.notMatch(body, /NaN|undefined/)
        for (const words of [
          'This run did not calculate ranges',
          'Isotonic, first',
          'after the adjustments (Inflation × 1.05)',
        ])
          t.match(body, words)
        t.match(body, '5% is held back as contingency')
      }
    },
  )

  t.test(
    'a table for each group: how far to trust them together is in the run and in its report',
    async (t) => {
      const { sampling: _, ...plain } = REQUEST
      const trust = { seed: 7, resamples: 1000, crossValidation: { repeats: 2, folds: 5 } }
      const adjustments = [{ name: 'Inflation', kind: 'inflation', factor: '1.05', reason: 'Prices.' }]
      const methods = [{ method: 'fixed' }]
      const asked = { ...plain, groups: 'per-group', methods, trust, adjustments }
      const other = await ran(service, avon.author, asked)
      const [fixed] = other.results.methods
      t.equal(fixed.trust.length, 5)
      // The budget is what people cost now: 1,885,762 as 2012 printed it; trust is before adjustments.
      t.match(fixed.trustCombined.bootstrap, {
        resampledWithin: 'groups',
        done: 1000,
        total: { estimate: '1885762.00' },
      })
      const [before] = (
        await ran(service, avon.author, { ...asked, adjustments: [], contingency: { fraction: '0.2' } })
      ).results.methods
      t.strictSame(
        [before.trust, before.trustCombined],
        [fixed.trust, fixed.trustCombined],
        'before adjustments',
      )
      const { method, byGroup } = fixed.trustCombined.crossValidation
      t.equal(method.predictions, 2 * 134)
      t.equal(byGroup.length, 5)
      const [headline, persons] = await Promise.all(
        ['headline', 'persons'].map(async (depth) => (await of(other.id, `report?depth=${depth}`)).body),
      )
      t.match(headline, 'the groups’ tables give this cohort £1,980,050')
      t.match(headline, 'Each group was redrawn from its own people.')
      t.match(persons, 'all groups, each with its own table')
      t.equal(markupFault(persons ?? ''), null)
    },
  )

  t.test('a run that no method could do has no report', async (t) => {
    const lines = bnesCsv().split('\r\n').slice(0, 13)
    // Costs fall as points rise.
    const falling = lines.map((line, i) => {
      const [ref, group] = line.split(',')
      return i === 0 ? line : `${ref},${group},${i * 5},${(20 - i) * 1000}`
    })
    const small = await sealedCohort(service, avon.author, { file: falling.join('\r\n') })
    const line = { method: 'line' }
    const request = {
      cohortId: small,
      groups: 'all',
      budget: { basis: 'spend', uplift: '0.02', efficiency: '0.01' },
    }
    const none = await ran(service, avon.author, { ...request, methods: [line] })
    refused(t, await of(none.id, 'report'), 'calibration-impossible', ['slope-not-positive /methods/0'])
    const some = await ran(service, avon.author, { ...request, methods: [line, { method: 'fixed' }] })
    const { body } = await of(some.id, 'report')
    t.match(body, 'Also requested, but could not be calculated: Incremental (line with a floor).')
    t.match(body, 'with an uplift of 2% and efficiencies of 1%')
  })
})

/** The cells of all tables that count people: those under such a title, and those in a row of such a name. */
function countCells(html: string): readonly { readonly column: string; readonly value: number }[] {
  const tables = [...html.matchAll(/<table[\s\S]*?<\/table>/g)].map(([table]) => table)
  return tables.flatMap((table) => {
    const titles = [...table.matchAll(/<th scope="col"[^>]*>([^<]*)</g)].map(([, title]) => title ?? '')
    const rows = [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row]) => row ?? '')
    return rows.flatMap((row) => {
      const cells = [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, cell]) => (cell ?? '').trim())
      return cells.flatMap((cell, i) => {
        const column = titles[i] ?? ''
        const counts = /^(People|More|Less|Differ by more)$/.test(column) || /^People/.test(cells[0] ?? '')
        return i > 0 && counts && /^[0-9,]+$/.test(cell)
          ? [{ column, value: Number(cell.replace(',', '')) }]
          : []
      })
    })
  })
}
