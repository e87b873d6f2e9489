// Once, however often it is sent (P2): copies of one request, all at once, make one record and get one answer.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { asAdmin } from '../support/admin.ts'
import { draws } from '../support/draws.ts'
import { withService } from '../support/folder.ts'
import { example, intake, type TestAuthority } from '../support/service.ts'

// More than connect or may wait at once, and in `npm run drill -- properties` many more.
const MANY = draws(1) > 1 ? 200 : 60

type Answer = { readonly status: number; readonly body: string; readonly retryAfter: string | undefined }
type Send = (key: string, payload: object, headers?: Record<string, string>) => Promise<Answer>

// As a good client does: a 409 or 503 that says when to try again is tried again.
function patient(send: Send): Send {
  return async (key, payload, headers) => {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await send(key, payload, headers)
      if (![409, 503].includes(answer.status) || answer.retryAfter === undefined || attempt === 60)
        return answer
      await pause(200)
    }
  }
}

// Without the log's own ticks, which would wait for a connection like everybody else.
export const tests = withService(
  import.meta,
  async (t, service) => {
    const authority = await service.authority('avon', { sampled: true })
    const address = (await service.address()).origin

    const inject: Send = async (key, payload, headers = authority.author) => {
      const response = await service.app.inject({
        method: 'POST',
        url: '/v1/assessments',
        headers: { ...headers, 'idempotency-key': key },
        payload,
      })
      const retryAfter = response.headers['retry-after']
      return {
        status: response.statusCode,
        body: response.body,
        retryAfter: retryAfter === undefined ? undefined : String(retryAfter),
      }
    }

    const overSocket: Send = async (key, payload) => {
      const response = await fetch(`${address}/v1/assessments`, {
        method: 'POST',
        headers: { ...authority.author, 'idempotency-key': key, 'content-type': 'application/json' },
        body: JSON.stringify(payload),
      })
      return {
        status: response.status,
        body: await response.text(),
        retryAfter: response.headers.get('retry-after') ?? undefined,
      }
    }

    t.test(`${MANY} copies at once make one allocation and get the same bytes`, async (t) => {
      for (const [name, send] of [
        ['injected', inject],
        ['over sockets', overSocket],
      ] as const) {
        const payload = intake()
        const key = randomUUID()
        const answers = await Promise.all(Array.from({ length: MANY }, () => patient(send)(key, payload)))
        t.same(new Set(answers.map(({ status }) => status)), new Set([201]), `${name}: every status`)
        t.equal(new Set(answers.map(({ body }) => body)).size, 1, `${name}: one body`)
        t.equal(await allocationsOf(payload), 1, `${name}: one allocation`)
      }
    })

    t.test(`${MANY} keys with 2 to 8 copies each, all at once, make ${MANY} allocations`, async (t) => {
      const sets = Array.from({ length: MANY }, (_, i) => ({
        key: `key-${i + 1}`,
        payload: intake(),
        copies: 2 + (i % 7),
      }))
      const answers = await Promise.all(
        sets.map(({ key, payload, copies }) =>
          Promise.all(Array.from({ length: copies }, () => patient(inject)(key, payload))),
        ),
      )
      t.ok(answers.every((copies) => new Set(copies.map(({ body }) => body)).size === 1))
      t.ok(answers.flat().every(({ status }) => status === 201))
      const [row] = await asAdmin(
        service.adminUrl,
        `select count(*)::int as n, count(distinct claim)::int as claims from openras.event
         where authority_id = $1 and claim = any(select openras.claim_of('case-management', 'key-' || i) from generate_series(1, $2) i)`,
        [authority.id, MANY],
      )
      t.same(row, { n: MANY, claims: MANY })
    })

    t.test(
      'a copy that comes while the first is under way is told to wait, and then gets its answer',
      async (t) => {
        const payload = intake()
        const holder = new pg.Client({ connectionString: service.adminUrl })
        await holder.connect()
        t.teardown(() => holder.end())
        const key = randomUUID()
        await holder.query('begin')
        await holder.query("select set_config('openras.authority_id', $1, true)", [authority.id])
        await holder.query(
          `insert into openras.event (authority_id, event_id, facet_id, claim, envelope)
           select authority_id, gen_random_uuid(), facet_id, openras.claim_of('case-management', $1), '{}'
           from openras.event where authority_id = $2 limit 1`,
          [key, authority.id],
        )
        const before = performance.now()
        const copies = await Promise.all([inject(key, payload), inject(key, payload)])
        const waited = performance.now() - before
        for (const copy of copies) {
          t.match(JSON.parse(copy.body), { code: 'idempotency-key-in-use', status: 409 })
          t.match(copy.retryAfter, /^[1-9]\d*$/)
        }
        t.ok(waited > 1_500 && waited < 2_700, `it was told after ${Math.round(waited)} ms`)
        await holder.query('rollback')
        const [first, second] = await Promise.all([inject(key, payload), inject(key, payload)])
        t.equal(first.status, 201)
        t.same(first, second)
      },
    )

    t.test('the same key with another body, route or If-Match is refused, in every order', async (t) => {
      const payload = intake()
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          patient(inject)('contested', i % 2 === 0 ? payload : { ...payload, otherNeeds: true }),
        ),
      )
      t.same([...new Set(answers.map(({ status }) => status))].sort(), [201, 422])
      t.equal(new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body)).size, 1)
      t.equal(answers.filter(({ status }) => status === 422).length, 20)
      t.equal(await allocationsOf(payload), 1)
    })

    t.test(
      'a key belongs to the client: a rotated credential gets the first answer, another client its own',
      async (t) => {
        const payload = intake()
        const first = await inject('shared', payload)
        const rotated = { authorization: `Bearer ${await authority.key({ subject: 'somebody-else' })}` }
        t.equal((await inject('shared', payload, rotated)).body, first.body)
        const other = { authorization: `Bearer ${await authority.key({ client: 'another-system' })}` }
        t.match(await inject('shared', payload, other), { status: 409, body: /assessment-already-recorded/ })
        t.equal((await inject('shared', intake(), other)).status, 201)
      },
    )

    t.test('copies of one assessment under keys of their own make one allocation', async (t) => {
      const payload = intake()
      const answers = await Promise.all(
        Array.from({ length: 60 }, () => patient(inject)(randomUUID(), payload)),
      )
      t.equal(answers.filter(({ status }) => status === 201).length, 1)
      t.equal(answers.filter(({ body }) => body.includes('assessment-already-recorded')).length, 59)
      t.equal(await allocationsOf(payload), 1)
    })

    t.test('of many that come together, those that are refused refuse no other', async (t) => {
      const taken = intake()
      t.equal((await inject(randomUUID(), taken)).status, 201)
      const sent = Array.from({ length: 40 }, (_, i) => (i % 5 === 0 ? taken : intake()))
      const answers = await Promise.all(sent.map((payload) => patient(inject)(randomUUID(), payload)))
      for (const [i, { status, body }] of answers.entries()) t.equal(status, i % 5 === 0 ? 409 : 201, body)
    })

    t.test('corrections race: one corrects, the rest are told which', async (t) => {
      const payload = intake()
      const { assessment } = JSON.parse((await inject(randomUUID(), payload)).body) as {
        assessment: { id: string }
      }
      const correct = (revision: number, key: string, who: TestAuthority) =>
        service.request({
          method: 'POST',
          url: `/v1/assessments/${assessment.id}/corrections`,
          headers: { ...who.author, 'idempotency-key': key },
          payload: { ...payload, revision },
        })
      const answers = await Promise.all(
        Array.from({ length: 24 }, (_, i) => correct(2 + (i >> 1), `correction-${i >> 1}`, authority)),
      )
      const good = answers.filter(({ statusCode }) => statusCode === 201)
      t.equal(good.length, 2, 'both copies of one correction')
      t.equal(new Set(good.map(({ body }) => body)).size, 1)
      for (const answer of answers.filter((one) => !good.includes(one)))
        t.match(answer.json(), { code: 'already-corrected' })
    })

    t.test(
      'drafts race: copies of each make one version, and every version has its own number',
      async (t) => {
        const draft = { ...example('questionnaire-adult'), key: 'raced' }
        const answers = await Promise.all(
          Array.from({ length: 24 }, (_, i) =>
            service.request({
              method: 'POST',
              url: '/v1/questionnaires',
              headers: { ...authority.author, 'idempotency-key': `draft-${i >> 1}` },
              payload: draft,
            }),
          ),
        )
        const refused = answers.filter(({ statusCode }) => statusCode !== 201)
        for (const answer of refused) t.match(answer.headers['retry-after'], /\d/, answer.body)
        const bodies = new Set(answers.filter(({ statusCode }) => statusCode === 201).map(({ body }) => body))
        const versions = new Set([...bodies].map((body) => (JSON.parse(body) as { version: number }).version))
        t.equal(versions.size, bodies.size)
      },
    )

    t.test('the database never had to refuse what the service had let through', async (t) => {
      const metric = service.app.metrics.client.register.getSingleMetric('openras_database_refusals_total')
      t.same((await metric?.get())?.values ?? [], [])
    })

    async function allocationsOf(payload: Record<string, unknown>): Promise<number> {
      const [row] = await asAdmin(
        service.adminUrl,
        `select count(*)::int as n from openras.payload where source_ref = $1 and authority_id = $2`,
        [payload.assessmentRef, authority.id],
      )
      return Number(row?.n)
    }
  },
  { sequencer: false },
)

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
