// The life of a run: it waits, works, ends, is cancelled or taken over, and none of this changes what it finds.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { draws } from '../../support/draws.ts'
import { withService } from '../../support/folder.ts'
import { asAdmin, publish } from '../../support/service.ts'
import { get, post, refused, smallQuestionnaire } from '../driver.ts'
import { bnesQuestionnaire } from './bnes.ts'
import { ended, ran, reached, runner, sealedCohort } from './driver.ts'

// Ten thousand at most: `npm run drill -- properties` asks for as many.
const RESAMPLES = Math.min(10_000, draws(1600))

export const tests = withService(import.meta, async (t, service) => {
  const avon = await service.authority('avon')
  const bede = await service.authority('bede')
  for (const { author, publisher, ...rest } of [avon, bede]) {
    const authority = { author, publisher, ...rest }
    await publish(service, authority, 'questionnaires', bnesQuestionnaire)
    await publish(service, authority, 'questionnaires', smallQuestionnaire)
  }
  const cohortId = await sealedCohort(service, avon.author)
  const BUDGET = { basis: 'spend', uplift: '0.02', efficiency: '0.01' }
  const PLAIN = { cohortId, groups: 'all', budget: BUDGET, methods: [{ method: 'fixed' }] }
  const LONG = {
    ...PLAIN,
    methods: [{ method: 'percentile' }, { method: 'line' }, ...[1, 2].map(() => ({ method: 'isotonic' }))],
    trust: { seed: 7, resamples: RESAMPLES, crossValidation: { repeats: 2, folds: 5 } },
  }

  const ask = (request: object, headers = {}) =>
    post(service, avon.author, '/v1/calibration-runs', request, headers)

  t.test('without a runner a run waits, and a retry of the request asks for no second one', async (t) => {
    const headers = { 'idempotency-key': 'run-once' }
    const first = await ask(PLAIN, headers)
    t.equal(first.statusCode, 202, first.body)
    t.match(first.json(), { state: 'queued', progress: null, results: null, request: { neutral: true } })
    const retry = await ask(PLAIN, headers)
    t.equal(retry.body, first.body)
    t.equal(retry.headers['idempotency-replayed'], 'true')
    refused(t, await ask({ ...PLAIN, groups: 'per-group' }, headers), 'idempotency-key-reused')
    refused(
      t,
      await get(service, avon.author, `${first.headers.location}/impact`),
      'calibration-run-not-done',
    )
    refused(
      t,
      await get(service, avon.author, `${first.headers.location}/export.csv`),
      'calibration-run-not-done',
    )
    const cancelled = await post(service, avon.author, `${first.headers.location}/cancellation`, {})
    t.match(cancelled.json(), { state: 'cancelled' })
    refused(
      t,
      await post(service, avon.author, `${first.headers.location}/cancellation`, {}),
      'calibration-run-ended',
    )
  })

  t.test('a runner that is killed is followed by another, with the same bytes in the end', async (t) => {
    const asked = (await ask(LONG)).json()
    const path = fileURLToPath(new URL('./runner-process.ts', import.meta.url))
    const first = spawn(process.execPath, [path, service.applicationUrl, '1500'], { stdio: 'inherit' })
    t.teardown(() => first.kill('SIGKILL'))
    const atWork = await reached(service, avon.author, asked.id, ({ progress }) => (progress?.done ?? 0) > 0)
    t.match(atWork, { state: 'running', attempt: 1, progress: { total: RESAMPLES } })
    first.kill('SIGKILL')
    await once(first, 'exit')
    const second = runner(t, service)
    const done = await ended(service, avon.author, asked.id)
    t.match(done, { state: 'done', attempt: 2 })
    const whole = await ran(service, avon.author, LONG)
    t.match(whole, { state: 'done', attempt: 1, resultHash: done.resultHash })
    t.match(done.results.methods[0].trust, [
      { bootstrap: { done: RESAMPLES, total: { lower: /^[0-9.]+$/ } }, crossValidation: { folds: 5 } },
    ])
    await second.stop()
  })

  t.test('a runner that is stopped puts its run back, uncounted', async (t) => {
    const stopped = runner(t, service)
    const asked = (await ask({ ...LONG, trust: { seed: 8, resamples: 10_000 } })).json()
    await reached(service, avon.author, asked.id, ({ state }) => state === 'running')
    await stopped.stop()
    const back = await reached(service, avon.author, asked.id, ({ state }) => state === 'queued')
    t.equal(back.attempt, 0)
    await post(service, avon.author, `/v1/calibration-runs/${asked.id}/cancellation`, {})
  })

  t.test('a run at work is cancelled: its runner lets go of it and takes the next', async (t) => {
    const working = runner(t, service, 1_000)
    const asked = (await ask({ ...LONG, trust: { seed: 9, resamples: 10_000 } })).json()
    await reached(service, avon.author, asked.id, ({ state }) => state === 'running')
    const cancelled = await post(service, avon.author, `/v1/calibration-runs/${asked.id}/cancellation`, {})
    t.match(cancelled.json(), { state: 'cancelled' })
    t.match(await ran(service, avon.author, PLAIN), { state: 'done' })
    t.match((await get(service, avon.author, `/v1/calibration-runs/${asked.id}`)).json(), {
      state: 'cancelled',
    })
    await working.stop()
  })

  t.test('requests are answered while a run is at work', async (t) => {
    const working = runner(t, service)
    const asked = (await ask({ ...LONG, trust: { seed: 10, resamples: 10_000 } })).json()
    await reached(service, avon.author, asked.id, ({ state }) => state === 'running')
    let longest = 0
    for (let i = 0; i < 40; i += 1) {
      const from = performance.now()
      await get(service, avon.author, '/health/live')
      longest = Math.max(longest, performance.now() - from)
      await setTimeout(5)
    }
    t.ok(longest < 1_000, `the longest wait was ${longest} ms`)
    await post(service, avon.author, `/v1/calibration-runs/${asked.id}/cancellation`, {})
    await working.stop()
  })

  t.test('a run that ends its runner again and again fails with a clear state', async (t) => {
    const asked = (await ask(PLAIN)).json()
    for (const [sequence, attempt] of [
      [1, 1],
      [2, 2],
      [3, 3],
    ])
      await asAdmin(
        service.adminUrl,
        `insert into openras.run_step
         values ($4, $1, $2, $3, 'starting', 0, 1, gen_random_uuid(), now(), now() - interval '1 minute')`,
        [asked.id, sequence, attempt, avon.id],
      )
    const working = runner(t, service)
    t.match(await ended(service, avon.author, asked.id), {
      state: 'failed',
      problem: { code: 'internal-error' },
    })
    await working.stop()
  })

  t.test('what cannot be calibrated is refused by name', async (t) => {
    const working = runner(t, service)
    const everybody = bnesQuestionnaire.userGroups.map(({ key }) => key)
    const nobody = await ran(service, avon.author, {
      ...PLAIN,
      exclusions: [{ rule: 'user-group', userGroups: everybody, reason: 'Costed individually.' }],
    })
    t.match(nobody, {
      state: 'failed',
      problem: { code: 'calibration-impossible', errors: [{ code: 'cohort-empty' }] },
    })
    const small = 'title=S&questionnaire=small&questionnaireVersion=1&weeksPerYear=52&seal=true'
    const falling = await sealedCohort(service, avon.author, {
      query: small,
      file: 'ref,userGroup,points,costAnnual\n=A1,adults,10,300\nB,adults,20,200\nC,elders,30,100',
    })
    const mixed = await ran(service, avon.author, {
      ...PLAIN,
      cohortId: falling,
      methods: [{ method: 'line' }, { method: 'fixed' }, { method: 'fixed' }],
    })
    t.match(mixed.state, 'done')
    t.match(mixed.results.methods[0], {
      name: 'line',
      outcome: 'refused',
      code: 'calibration-impossible',
      errors: [{ pointer: '/methods/0', code: 'slope-not-positive' }],
    })
    t.match(mixed.results.methods[1], { name: 'fixed', totals: { amount: '605.88' } })
    t.equal(mixed.results.methods[2].name, 'fixed-2')
    const csv = (await get(service, avon.author, `/v1/calibration-runs/${mixed.id}/export.csv`)).body
    t.match(csv.split('\n')[1], /^'=A1,adults,10\.00,300\.00,1\.0000,,,,,,,,,,100\.98,-199\.02,-66\.34,/)
    const restated = await ran(service, avon.author, {
      ...PLAIN,
      questionnaire: { key: 'small', version: 1 },
    })
    t.match(restated, { state: 'failed', problem: { errors: [{ pointer: '/questionnaire' }] } })
    await working.stop()
  })

  t.test('the same file and request give the same hash, whoever uploads it and however often', async (t) => {
    const working = runner(t, service)
    const first = await ran(service, avon.author, PLAIN)
    for (const { author } of [avon, bede]) {
      const again = await ran(service, author, { ...PLAIN, cohortId: await sealedCohort(service, author) })
      t.not(again.cohortId, first.cohortId)
      t.equal(again.request.cohortId, again.cohortId)
      t.strictSame(again.results, first.results)
      t.equal(again.resultHash, first.resultHash)
    }
    const other = await ran(service, avon.author, { ...PLAIN, contingency: { fraction: '0.1' } })
    t.not(other.resultHash, first.resultHash)
    await working.stop()
  })

  t.test('exclusions, adjustments, contingency, groups and sampling are stated apart', async (t) => {
    const working = runner(t, service)
    const run = await ran(service, avon.author, {
      ...PLAIN,
      groups: 'per-group',
      budget: { basis: 'stated', amountAnnual: '1000000' },
      exclusions: [
        { rule: 'weekly-cost-above', limit: '1000', weeksPerYear: '52', reason: 'Costed individually.' },
      ],
      adjustments: [{ name: 'Fees', kind: 'inflation', factor: '1.1', reason: 'Fees rose.' }],
      contingency: { fraction: '0.2' },
      sampling: { confidence: '0.95', margin: '0.09', population: null },
      rounding: { to: '1.00' },
    })
    const { exclusions, sampling, methods } = run.results
    t.strictSame(exclusions.warnings, [])
    t.match(exclusions.totals, { all: { rows: 134 }, excluded: { rows: 3 }, included: { rows: 131 } })
    t.match(sampling.needed, { size: '119' })
    const [{ curves, totals }] = methods
    t.equal(curves.length, 5)
    const targets = curves.reduce((sum: number, one: { target: string }) => sum + Number(one.target), 0)
    t.ok(Math.abs(targets - 1_000_000) < 0.03, 'the groups share the sum that was stated')
    t.ok(Math.abs(Number(totals.amount) - 1_100_000) < 500, 'the adjustment comes after')
    t.equal(
      (Number(totals.available) + Number(totals.contingency)).toFixed(2),
      totals.amount,
      'what is held and what is available are the whole',
    )
    const csv = (await get(service, avon.author, `/v1/calibration-runs/${run.id}/export.csv`)).body
    t.equal(csv.split('\n').filter((line) => line.includes('The cost is above £1,000 a week')).length, 3)
    await working.stop()
  })

  t.test('a request that could never be computed is refused at once', async (t) => {
    refused(
      t,
      await ask({ ...PLAIN, cohortId: '019a8f6e-3c1d-7f00-8a2b-5d6c7e8f9a0b' }),
      'cohort-not-found',
      ['cohort-unknown /cohortId'],
    )
    refused(t, await ask({ ...PLAIN, questionnaire: { key: 'none', version: 1 } }), 'questionnaire-not-found')
    refused(
      t,
      await ask({ ...PLAIN, costBands: { all: [{ label: 'a', below: '5' }] } }),
      'calibration-impossible',
      ['parameter-out-of-range /costBands/all/0/below'],
    )
    const open = await sealedCohort(service, avon.author, {
      query: 'title=S&questionnaire=small&questionnaireVersion=1&weeksPerYear=52',
      file: 'ref,userGroup,points,costAnnual\nA,adults,10,300',
    })
    refused(t, await ask({ ...PLAIN, cohortId: open }), 'cohort-not-sealed')
    refused(t, await ask({ ...PLAIN, seed: 1 }), 'request-invalid', ['field-unknown /seed'])
    const wrong = await ask({
      ...PLAIN,
      budget: { basis: 'spend', uplift: '3', efficiency: '-0.1' },
      bounds: { floor: '900', cap: '800' },
      methods: [
        { method: 'fixed', bounds: { cap: '0' } },
        { method: 'bounded-line', floorPrice: '-1' },
        { method: 'percentile', step: 2 },
      ],
      exclusions: [
        {
          rule: 'user-group',
          userGroups: [...bnesQuestionnaire.userGroups.slice(0, 1).map(({ key }) => key), 'oldr-people'],
          reason: 'Costed individually.',
        },
        { rule: 'weekly-cost-above', limit: '1000', weeksPerYear: '54', reason: 'Costed individually.' },
      ],
      sampling: { confidence: '0.99999', margin: '0.09', population: null, mix: { nobody: 5 } },
    })
    refused(t, wrong, 'calibration-impossible', [
      'parameter-out-of-range /budget/uplift',
      'parameter-out-of-range /budget/efficiency',
      'parameter-out-of-range /methods/0/bounds/cap',
      'parameter-out-of-range /methods/1/floorPrice',
      'parameter-out-of-range /methods/2/step',
      'bounds-crossed /bounds/floor',
      'parameter-out-of-range /exclusions/1/weeksPerYear',
      'user-group-unknown /exclusions/0/userGroups/1',
      'user-group-unknown /sampling/mix/nobody',
      'parameter-out-of-range /sampling/confidence',
    ])
    refused(
      t,
      await ask({ ...PLAIN, budget: { basis: 'stated', amountAnnual: '0' } }),
      'calibration-impossible',
      ['budget-not-positive /budget'],
    )
    const misspelt = await ask({
      ...PLAIN,
      methods: [{ method: 'Fixed' }, { method: 'percentile', mode: 'exel' }, { method: 'P-1234' }],
    })
    refused(t, misspelt, 'request-invalid', [
      'value-not-allowed /methods/0/method',
      'value-not-allowed /methods/1/mode',
      'value-not-allowed /methods/2/method',
    ])
    t.match(misspelt.json().errors, [
      { detail: /expected one of fixed, percentile, line, rising-price, bounded-line, isotonic/ },
      { detail: /expected one of tie-mean, percent-table, excel, mid-rank/ },
      { detail: /expected one of fixed, percentile, line, rising-price, bounded-line, isotonic/ },
    ])
    t.notMatch(misspelt.body, 'P-1234', 'what was sent is not repeated')
    refused(t, await ask({ ...PLAIN, budget: { basis: 'sum' } }), 'request-invalid', [
      'value-not-allowed /budget/basis',
    ])
  })

  t.test('another authority, and a credential for other things, see nothing of it', async (t) => {
    const { id } = (await ask(PLAIN)).json()
    refused(t, await post(service, bede.author, '/v1/calibration-runs', PLAIN), 'cohort-not-found', [
      'cohort-unknown /cohortId',
    ])
    for (const path of ['', '/impact', '/scenarios', '/export.csv'])
      refused(t, await get(service, bede.author, `/v1/calibration-runs/${id}${path}`), 'not-found')
    refused(t, await post(service, bede.author, `/v1/calibration-runs/${id}/cancellation`, {}), 'not-found')
    const reader = {
      authorization: `Bearer ${await avon.key({ scopes: ['allocations:read'], subject: 'reader' })}`,
    }
    refused(t, await get(service, reader, `/v1/calibration-runs/${id}`), 'scope-missing')
  })

  t.test('the feed tells that a run was asked for, finished and cancelled, and no row of it', async (t) => {
    await service.sequenced()
    const { data } = (await get(service, avon.author, '/v1/feed?limit=1000')).json()
    const kinds = new Set(data.map(({ kind }: { kind: string }) => kind))
    for (const kind of ['calibration-run-requested', 'calibration-run-finished', 'calibration-run-cancelled'])
      t.ok(kinds.has(kind), kind)
    t.notMatch(JSON.stringify(data), /BNES-/)
  })
})
