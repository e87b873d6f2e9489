// The demonstration's council: made once in the background, whatever stops it on the way, and its failures are told.
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { prepareDemonstration } from '../../src/demonstration.ts'
import { startDemonstrationCouncil } from '../../src/demonstration-council.ts'
import { demonstrationCheck } from '../../src/http/core/credentials/demonstration-keys.ts'
import { startCalibrationRunner } from '../../src/operations/run/runner.ts'
import { asAdmin, startService } from '../support/service.ts'

const service = await startService(t, { credentialChecks: [demonstrationCheck] })
const PEOPLE = 300

const start = (t: Test) => {
  const lines: { readonly info: string[]; readonly error: string[] } = { info: [], error: [] }
  const log = {
    info: (line: string) => void lines.info.push(line),
    error: (first: unknown, ...rest: unknown[]) =>
      void lines.error.push([first, ...rest].map(String).join(' ')),
  }
  const council = startDemonstrationCouncil(service.app, log as never, PEOPLE)
  t.teardown(() => council.stop())
  return { ...council, ...lines }
}

async function made() {
  const [row] = await asAdmin(
    service.adminUrl,
    `select (select count(*) from openras.event join openras.facet using (authority_id, facet_id) where kind = 'cohort-uploaded')::int as cohorts,
            (select count(*) from openras.event join openras.facet using (authority_id, facet_id) where kind = 'calibration-run-requested')::int as runs,
            (select count(*) from openras.event)::int as events`,
  )
  return row
}

t.test('without its documents it is told in the log, and stops nothing', async (t) => {
  const first = start(t)
  await first.ended
  t.match(first.error, [
    /not complete\. The next start tries again\. \/v1\/\S+ answered 401 credential-refused: /,
  ])
  t.equal((await service.app.inject('/health/ready')).statusCode, 200)
})

t.test('stopped before its calibration ends, it is completed by the next start, once', async (t) => {
  await prepareDemonstration(service.app, service.database, service.adminUrl)
  const stopped = start(t)
  let running = true
  stopped.ended.finally(() => {
    running = false
  })
  while (running && (await made())?.runs !== 1) await pause(50)
  t.strictSame(stopped.error, [], 'nothing was refused')
  await stopped.stop()
  t.strictSame([stopped.info, stopped.error], [[], []], 'a stop is no failure')

  const runner = startCalibrationRunner(service.database, {
    threads: service.threads,
    tickMs: 20,
    onError: (error) => t.fail(String(error)),
  })
  t.teardown(() => runner.stop())
  const second = start(t)
  await second.ended
  t.strictSame(second.error, [])
  t.match(second.info, [/calibrated; the table synthetic-council-fixed 1 can be published/])
  const all = await made()
  t.match(all, { cohorts: 1, runs: 1 })

  const third = start(t)
  await third.ended
  t.strictSame(third.error, [])
  t.strictSame(await made(), all, 'and changes nothing afterwards')
})

t.test('what it leaves is a draft for another to publish, that says that it is about nobody', async (t) => {
  const headers = { authorization: 'Bearer demo-publisher' }
  const address = '/v1/calibration-tables/synthetic-council-fixed/versions/1'
  const draft = (await service.app.inject({ url: address, headers })).json()
  t.equal(draft.lifecycle.status, 'draft')
  t.equal(draft.contingency.fraction, '0.2')
  t.match(draft.provenance, { method: 'fixed', syntheticNote: /no row is about a real person/ })
  t.strictSame(draft.faults, [])
})
