// The modeller's story: a cohort of cases, a run over it, a draft made of the run, a second person who publishes it;
// and what the report said is what people get.
import { ran, runner, sealedCohort } from '../http/calibration-runs/driver.ts'
import {
  askPublication,
  estimateOf,
  get,
  post,
  refused,
  smallIntake,
  smallQuestionnaire,
} from '../http/driver.ts'
import { withService } from '../support/folder.ts'
import { publish } from '../support/service.ts'

type Knot = { points: string; amountAnnual: string }

export const tests = withService(import.meta, (t, service) => {
  t.test('from a cohort to a published table that gives what the report said', async (t) => {
    runner(t, service)
    const council = await service.authority('avon')
    await publish(service, council, 'questionnaires', smallQuestionnaire)
    const cases = Array.from(
      { length: 30 },
      (_, i) => `C-${i},adults,${i + 1},${(i + 1) * 900 + (i % 3) * 300}`,
    )
    const cohortId = await sealedCohort(service, council.author, {
      query: 'title=Cases&questionnaire=small&questionnaireVersion=1&weeksPerYear=52&seal=true',
      file: `ref,userGroup,points,costAnnual\n${cases.join('\n')}`,
    })

    const run = await ran(service, council.author, {
      cohortId,
      groups: 'all',
      budget: { basis: 'stated', amountAnnual: '465000' },
      methods: [{ method: 'fixed' }],
    })
    t.equal(run.state, 'done')
    const address = `/v1/calibration-runs/${run.id}`
    t.equal((await get(service, council.author, `${address}/report?depth=headline`)).statusCode, 200)

    t.comment('465 points and £465,000: every point is worth £1,000.')
    const drafted = await post(service, council.author, `${address}/draft-table`, {
      method: 'fixed',
      key: 'next',
      title: 'Next year',
      financialYear: '2026-27',
      effectiveFrom: '2026-04-02',
      weeksPerYear: '52',
      rationale: 'Thirty cases.',
      backdatingReason: 'A test.',
    })
    t.equal(drafted.statusCode, 201, drafted.body)
    const table = String(drafted.headers.location)
    refused(t, await askPublication(service, council.author, table), 'publisher-is-drafter')
    const published = await askPublication(service, council.publisher, table)
    t.equal(published.statusCode, 201, published.body)

    t.comment('The table is the one of the report, and what it gives is what the report said.')
    const { curves } = (
      await service.request({ url: `/public/${council.id}/calibration-tables/next/versions/1` })
    ).json()
    const [curve] = run.results.methods[0].curves
    t.strictSame(curves[0].knots, curve.knots)
    const last = (curve.knots as Knot[]).at(-1)
    t.equal(Number(last?.amountAnnual), Number(last?.points) * 1000)
    const estimate = await post(service, council.author, '/v1/estimates', estimateOf(smallIntake()))
    t.match(estimate.json(), { amountAnnual: '12500.00', table: { key: 'next', version: 1 } })
  })
})
