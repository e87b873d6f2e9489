// A table that has priced nobody is taken back: asked for by one person, confirmed by another, and never while an
// intake is being priced by it.
import { randomUUID } from 'node:crypto'
import type { Test } from 'tap'
import { append, entryOf } from '../../support/entries.ts'
import { withService } from '../../support/folder.ts'
import { asAdmin, publish, record, type TestAuthority, type TestService } from '../../support/service.ts'
import { connect } from '../../trust/connections.ts'
import { changedTable, get, post, refused, smallIntake, smallTable, withSmall } from '../driver.ts'

const REASON = 'Wrong rate in the upload.'

export const tests = withService(import.meta, (t, service) => {
  const ask = (who: Headers, address: string, key: string = randomUUID()) =>
    post(service, who, `${address}/withdrawal`, { reason: REASON }, { 'idempotency-key': key })
  const confirm = (who: Headers, address: string, key: string = randomUUID()) =>
    post(service, who, `${address}/withdrawal/confirmation`, {}, { 'idempotency-key': key })
  const may = (authority: TestAuthority) => publishFrom(service, authority, 'may', '2026-05-01')
  const intakeOfMay = () => smallIntake({ assessedOn: '2026-05-02' })

  t.test('a withdrawal', async (t) => {
    const alpha = await withSmall(service, 'alpha')
    const address = await may(alpha)
    const open = address.replace('/v1/', `/public/${alpha.id}/`)
    const inForce = async () => {
      const query = 'calibration-tables/in-force?questionnaire=small&on=2026-05-02'
      return (await get(service, alpha.author, `/v1/${query}`)).json().key
    }

    await t.test('that is asked for changes nothing but the life of the table', async (t) => {
      const before = (await service.request({ url: open })).body
      const key = randomUUID()
      const asked = await ask(alpha.author, address, key)
      t.equal(asked.statusCode, 201, asked.body)
      t.equal(asked.headers.location, address)
      t.equal(asked.headers.etag, '"r2.asked"')
      const { status, withdrawal } = asked.json().lifecycle
      t.equal(status, 'published')
      const { askedAt, ...rest } = withdrawal
      t.match(askedAt, /Z$/)
      t.strictSame(rest, { askedBy: 'author', reason: REASON, confirmedBy: null, confirmedAt: null })
      const seen = await get(service, alpha.author, address, { 'if-none-match': '"r2"' })
      t.equal(seen.statusCode, 200, 'whoever polls is told')
      t.strictSame(seen.json(), asked.json())
      t.equal((await service.request({ url: open })).body, before, 'the public sees what it saw')
      t.equal(await inForce(), 'may')
      const again = await ask(alpha.author, address, key)
      t.equal(again.body, asked.body)
      t.equal(again.headers['idempotency-replayed'], 'true')
    })

    await t.test('that another confirms takes effect at once, and everybody may read why', async (t) => {
      const key = randomUUID()
      const confirmed = await confirm(alpha.publisher, address, key)
      t.equal(confirmed.statusCode, 201, confirmed.body)
      t.equal(confirmed.headers.etag, '"r2.confirmed"')
      const { lifecycle } = confirmed.json()
      t.match(lifecycle, {
        status: 'withdrawn',
        publishedBy: 'publisher',
        withdrawal: { askedBy: 'author', reason: REASON, confirmedBy: 'publisher' },
      })
      t.equal((await confirm(alpha.publisher, address, key)).body, confirmed.body, 'and to a retry')
      t.strictSame((await get(service, alpha.author, address)).json(), confirmed.json())
      const published = (await service.request({ url: open })).json().lifecycle
      t.strictSame(Object.keys(published.withdrawal), ['reason', 'askedAt', 'confirmedAt'], 'no names')
      t.equal(published.status, 'withdrawn')
      t.equal(published.withdrawal.confirmedAt, lifecycle.withdrawal.confirmedAt)
      t.equal((await service.request({ url: `${open}/canonical` })).statusCode, 200)
      t.equal(await inForce(), 'small-table')
      const before = new Date(Date.parse(lifecycle.withdrawal.confirmedAt) - 1).toISOString()
      const known = await get(
        service,
        alpha.author,
        `/v1/calibration-tables/in-force?questionnaire=small&on=2026-05-02&asOf=${before}`,
      )
      t.equal(known.json().key, 'may', 'it was in force until then')
      const priced = await record(service, alpha, intakeOfMay())
      t.equal(priced.json().allocation.table.key, 'small-table')
      for (const [query, statuses] of [
        ['', ['published', 'withdrawn']],
        ['?status=published', ['published']],
      ] as const) {
        const { data } = (await get(service, alpha.author, `/v1/calibration-tables${query}`)).json()
        t.strictSame(data.map(({ status }: { status: string }) => status).sort(), statuses)
      }
      const { data } = (await service.request({ url: open.replace(/\/may\/.*/, '') })).json()
      t.strictSame(data.map(({ status }: { status: string }) => status).sort(), ['published', 'withdrawn'])
    })

    await t.test('is in the feed in two events, each about the one before', async (t) => {
      await service.sequenced()
      const { data } = (await get(service, alpha.author, '/v1/feed')).json()
      const steps = data.filter(({ kind }: { kind: string }) => kind.includes('withdraw'))
      t.match(steps, [
        { kind: 'calibration-table-withdrawal-asked', content: { version: { key: 'may' } } },
        {
          kind: 'calibration-table-withdrawn',
          content: { version: { lifecycle: { status: 'withdrawn' } } },
        },
      ])
      const events = await asAdmin(
        service.adminUrl,
        `select event_id, about, place from openras.event
         where authority_id = $1 and envelope::jsonb #>> '{facts,key}' = 'may' order by event_id`,
        [alpha.id],
      )
      const [, publication, asked, withdrawn] = events
      t.match(asked, { about: publication?.event_id, place: 'withdrawal' })
      t.match(withdrawn, { about: asked?.event_id, place: 'approval' })
    })
  })

  t.test('a withdrawal is refused, in this order', async (t) => {
    const beta = await withSmall(service, 'beta')
    const nowhere = '/v1/calibration-tables/nothing/versions/1'
    refused(t, await ask(beta.author, nowhere), 'not-found')
    refused(t, await confirm(beta.author, nowhere), 'not-found')
    const draft = String(
      (await post(service, beta.author, '/v1/calibration-tables', smallTable)).headers.location,
    )
    refused(t, await ask(beta.author, draft), 'not-published')
    refused(t, await confirm(beta.author, draft), 'not-published')

    const address = await may(beta)
    refused(t, await confirm(beta.publisher, address), 'withdrawal-not-asked')
    t.equal((await ask(beta.author, address)).statusCode, 201)
    refused(t, await ask(beta.publisher, address), 'withdrawal-already-asked')
    refused(t, await confirm(beta.author, address), 'confirmer-asked')
    const rotated = await beta.key({ subject: 'author', client: 'another-client' })
    refused(t, await confirm({ authorization: `Bearer ${rotated}` }, address), 'confirmer-asked')

    const first = (await record(service, beta, intakeOfMay())).json()
    t.equal(first.allocation.table.key, 'may')
    refused(t, await ask(beta.author, address), 'withdrawal-already-asked')
    refused(t, await confirm(beta.author, address), 'confirmer-asked')
    refused(t, await confirm(beta.publisher, address), 'table-has-priced')
    const { assessmentRef } = first.assessment
    const moved = smallIntake({ assessmentRef, revision: 2, assessedOn: '2026-04-02' })
    const corrected = await post(
      service,
      beta.author,
      `/v1/assessments/${first.assessment.id}/corrections`,
      moved,
    )
    t.equal(corrected.json().allocation.table.key, 'small-table')
    refused(t, await confirm(beta.publisher, address), 'table-has-priced')

    const other = await publishFrom(service, beta, 'june', '2026-06-01')
    t.equal((await ask(beta.author, other)).statusCode, 201)
    t.equal((await confirm(beta.publisher, other)).statusCode, 201)
    refused(t, await ask(beta.author, other), 'already-withdrawn')
    refused(t, await confirm(beta.author, other), 'already-withdrawn')
    refused(t, await ask(beta.author, address), 'withdrawal-already-asked')

    const priced = await publishFrom(service, beta, 'priced', '2026-05-01')
    t.equal((await record(service, beta, intakeOfMay())).json().allocation.table.key, 'priced')
    refused(t, await ask(beta.author, priced), 'table-has-priced')

    const scoped = `Bearer ${await beta.key({ subject: 'drafter', scopes: ['tables:draft'] })}`
    refused(t, await ask({ authorization: scoped }, address), 'scope-missing')
    for (const path of ['withdrawal', 'withdrawal/confirmation']) {
      const url = `/v1/questionnaires/small/versions/1/${path}`
      refused(t, await post(service, beta.author, url, {}), 'not-found', [], 'only tables are withdrawn')
    }
  })

  t.test('at the same moment as intakes', async (t) => {
    const gamma = await withSmall(service, 'gamma')

    await t.test('it is confirmed, or one of them is priced, and never both', async (t) => {
      const outcomes = new Set<number>()
      for (let round = 1; round <= 4; round += 1) {
        const address = await publishFrom(service, gamma, `round-${round}`, '2026-05-01')
        await ask(gamma.author, address)
        // Those that come first may be priced by it; at times the confirmation is.
        const [confirmed, ...priced] = await Promise.all([
          confirm(gamma.publisher, address),
          ...Array.from({ length: 6 }, () => record(service, gamma, intakeOfMay())),
        ])
        for (const answer of priced) t.equal(answer.statusCode, 201, answer.body)
        const [{ n } = {}] = await asAdmin(
          service.adminUrl,
          'select count(*)::int as n from openras.event join openras.facet using (authority_id, facet_id) where authority_id = $1 and table_key = $2',
          [gamma.id, `round-${round}`],
        )
        if (confirmed.statusCode === 201) t.equal(n, 0, 'withdrawn, and nobody is priced by it')
        else {
          refused(t, confirmed, 'table-has-priced')
          t.ok(Number(n) > 0)
        }
        outcomes.add(confirmed.statusCode)
      }
      t.ok(outcomes.size > 0)
    })

    await t.test('one that waits while its table is withdrawn is priced again', async (t) => {
      const address = await publishFrom(service, gamma, 'waiting', '2026-05-01')
      await ask(gamma.author, address)
      const holder = await connect(t, service.adminUrl, gamma.id)
      await holder.query('begin')
      await holder.query('select openras.lock_terms($1, true)', [gamma.id])
      const waiting = record(service, gamma, intakeOfMay())
      t.equal(await settledIn(waiting, 100), false, 'it waits for the terms')
      await holder.query(APPROVAL, [gamma.id, randomUUID(), 'waiting'])
      await holder.query('commit')
      const { statusCode, body } = await waiting
      t.equal(statusCode, 201, body)
      t.not(JSON.parse(body).allocation.table.key, 'waiting')
      refused(t, await confirm(gamma.publisher, address), 'already-withdrawn')
    })

    await t.test('it waits for those that have begun, and so does a publication', async (t) => {
      const address = await publishFrom(service, gamma, 'held', '2026-05-01')
      await ask(gamma.author, address)
      await sharing(t, service, gamma, () => confirm(gamma.publisher, address))
      await sharing(t, service, gamma, async () => {
        await publishFrom(service, gamma, 'next', '2026-05-01')
        return { statusCode: 201 }
      })
    })

    await t.test('by a direct statement, it is refused as well', async (t) => {
      const address = await publishFrom(service, gamma, 'direct', '2026-05-01')
      const client = await connect(t, service.applicationUrl, gamma.id)
      const found = async (column: string, where: string) => {
        const [row] = await asAdmin(
          service.adminUrl,
          `select ${column} as id from openras.document d left join openras.event asked on asked.about = d.event_id
           where d.authority_id = $1 and d.key = 'direct' and d.state = 'published' and ${where}`,
          [gamma.id],
        )
        return String(row?.id)
      }
      const approve = (event: string, subject: string) =>
        append(
          client,
          gamma.id,
          entryOf(gamma.id, {
            kind: 'calibration-table-withdrawn',
            about: { event, place: 'approval' },
            facts: {},
            key: randomUUID(),
            subject,
          }),
        )
      const publication = await found('d.event_id', 'true')
      await t.rejects(approve(publication, 'publisher'), { code: 'OR003' }, 'nobody has asked')
      await ask(gamma.author, address)
      const asked = await found('asked.event_id', "asked.place = 'withdrawal'")
      await t.rejects(approve(asked, 'author'), { code: 'OR005' }, 'who asked does not approve')
      await record(service, gamma, intakeOfMay())
      await t.rejects(approve(asked, 'publisher'), { code: 'OR006' }, 'it has priced somebody')
    })
  })
})

type Headers = Readonly<Record<string, string>>

function publishFrom(service: TestService, authority: TestAuthority, key: string, effectiveFrom: string) {
  return publish(service, authority, 'calibration-tables', changedTable({ key, effectiveFrom }))
}

// As if somebody else had approved what was asked for.
const APPROVAL = `
  insert into openras.event (authority_id, event_id, facet_id, about, place, envelope)
  select authority_id, $2, facet_id, event_id, 'approval', envelope from openras.event
  where authority_id = $1 and place = 'withdrawal' and envelope::jsonb #>> '{facts,key}' = $3`

/** What must not be done while an intake's transaction is open, and is as soon as it ends. */
async function sharing(
  t: Test,
  service: TestService,
  authority: TestAuthority,
  act: () => Promise<{ readonly statusCode: number }>,
): Promise<void> {
  const holder = await connect(t, service.adminUrl, authority.id)
  await holder.query('begin')
  await holder.query('select openras.lock_terms($1, false)', [authority.id])
  const acting = act()
  t.equal(await settledIn(acting, 150), false, 'it waits')
  await holder.query('commit')
  t.equal((await acting).statusCode, 201)
}

function settledIn(work: Promise<unknown>, ms: number): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ms))
  return Promise.race([work.then(() => true), late])
}
