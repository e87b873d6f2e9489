// The whole published report of Bath & North East Somerset, from its reconstructed cohort through the API.
import { withService } from '../../support/folder.ts'
import { publish } from '../../support/service.ts'
import { get } from '../driver.ts'
import { bnesCostBands, bnesQuestionnaire, groupKey, printed } from './bnes.ts'
import { ran, runner, sealedCohort } from './driver.ts'

export const tests = withService(import.meta, async (t, service) => {
  runner(t, service)
  const avon = await service.authority('avon')
  await publish(service, avon, 'questionnaires', bnesQuestionnaire)
  const cohortId = await sealedCohort(service, avon.author)

  const REPORT = {
    cohortId,
    groups: 'all',
    budget: { basis: 'stated', amountAnnual: '1885762.00' },
    methods: [
      { method: 'fixed' },
      { method: 'percentile', mode: 'percent-table', neutral: false },
      { method: 'line' },
    ],
    costBands: bnesCostBands(),
  }

  const run = await ran(service, avon.author, REPORT)
  const [fixed, percentile, incremental] = run.results.methods

  t.test('the run is done, with what it stands on', async (t) => {
    t.match(run, { state: 'done', progress: null, attempt: 1, problem: null, resultHash: /^sha256:/ })
    t.match(run.results.summary.all, { rows: 134, cost: '1885762.00', points: '3456.00' })
  })

  t.test('24 Fixed and 24 Percentile cells are the printed ones, to the pound', async (t) => {
    const cells = (method: typeof fixed) =>
      new Map(
        method.impact.groups.flatMap((group: typeof fixed) =>
          group.costBands.map((band: typeof fixed) => [`${group.userGroup} ${band.band}`, band]),
        ),
      )
    const [ours, theirs] = [cells(fixed), cells(percentile)] as Map<string, typeof fixed>[]
    for (const row of printed) {
      const cell = `${groupKey(row.client_group ?? '')} ${row.cost_band}`
      t.equal(ours?.get(cell).averageNewWhole, row.fixed_model_gbp, `Fixed, ${cell}`)
      t.equal(theirs?.get(cell).averageNewWhole, row.percentile_model_gbp, `Percentile, ${cell}`)
      t.equal(ours?.get(cell).averageExistingWhole, row.avg_existing_cost_gbp, `existing, ${cell}`)
    }
  })

  t.test('68 would have more and 66 less by Fixed; 60 and 74 by Percentile', async (t) => {
    const sides = ({ impact: { all } }: typeof fixed) => [all.higher.rows, all.lower.rows, all.same.rows]
    t.strictSame(sides(fixed), [68, 66, 0])
    t.strictSame(sides(percentile), [60, 74, 0])
  })

  t.test('every printed scenario figure comes out, in thousands', async (t) => {
    const answer = await get(service, avon.author, `/v1/calibration-runs/${run.id}/scenarios`)
    const { methods } = answer.json()
    const thousands = (text: string) => Math.round(Number(text) / 1000)
    const figures = (i: number, of: string) =>
      methods[i].scenarios.map((one: Record<string, string>) => thousands(one[of] ?? ''))
    t.strictSame(figures(0, 'cost'), [2206, 2059, 1886, 1739, 1566])
    t.strictSame(figures(0, 'pressure'), [320, 173, 0, -147, -320])
    t.strictSame(figures(1, 'cost'), [2179, 2033, 1861, 1740, 1568])
    t.strictSame(figures(1, 'pressure'), [293, 148, -25, -146, -318])
    t.equal(methods[2].scenarios.length, 5, 'and the row that was left "tbc"')
  })

  t.test('totals are against the budget, and a method that is not neutral says so', async (t) => {
    t.match(fixed.curves, [{ target: '1885762.00', total: '1885762.00', unspent: '0.00' }])
    t.match(incremental.curves, [{ total: '1885762.00' }])
    t.equal(percentile.totals.amount.split('.')[0], '1860987')
    t.match(percentile.curves[0].warnings, [{ code: 'not-neutral' }])
  })

  t.test('impact is had by itself', async (t) => {
    const answer = await get(service, avon.author, `/v1/calibration-runs/${run.id}/impact`)
    t.strictSame(answer.json().methods[0].impact, fixed.impact)
    const again = await get(service, avon.author, `/v1/calibration-runs/${run.id}/impact`, {
      'if-none-match': String(answer.headers.etag),
    })
    t.equal(again.statusCode, 304)
  })

  t.test('the export has everybody once, with every method', async (t) => {
    const answer = await get(service, avon.author, `/v1/calibration-runs/${run.id}/export.csv`)
    t.match(answer.headers['content-type'], /^text\/csv/)
    const [header = '', ...rows] = answer.body.trim().split('\n')
    t.equal(rows.length, 134)
    t.match(
      header,
      /^ref,userGroup,points,currentCostAnnual,weight,.*fixed\.amountAnnual,fixed\.changeAnnual/,
    )
    t.match(rows[0], /^BNES-001,older-people,4\.00,1534\.00,1\.0000,,,,,,2182\.59,648\.59,42\.28,percent,/)
  })

  t.test('the same request gives the same bytes, whatever the order of the rows', async (t) => {
    const again = await ran(service, avon.author, REPORT)
    t.equal(again.resultHash, run.resultHash)
    t.not(again.id, run.id)
    const csv = async (id: string) =>
      (await get(service, avon.author, `/v1/calibration-runs/${id}/export.csv`)).body
    t.equal(await csv(again.id), await csv(run.id))
  })
})
