// Promise P2: the same key gives the same answer for ever, whatever has changed since; another request under it is
// refused. A key belongs to the client, the integrating system, and not to the credential it used.
import { randomUUID } from 'node:crypto'
import { withService } from '../../support/folder.ts'
import { asAdmin, publish } from '../../support/service.ts'
import {
  changedQuestionnaire,
  changedTable,
  type Headers,
  post,
  refused,
  smallIntake,
  withSmall,
} from '../driver.ts'

export const tests = withService(import.meta, (t, service) => {
  t.test('an Idempotency-Key', async (t) => {
    const alpha = await withSmall(service, 'alpha')
    const { author } = alpha
    const send = (key: string, payload: object, who: Headers = author, url = '/v1/assessments') =>
      post(service, who, url, payload, { 'idempotency-key': key })
    const recorded = async () => {
      const [row] = await asAdmin(
        service.adminUrl,
        'select count(*)::int as n from openras.event where authority_id = $1 and on_date is not null',
        [alpha.id],
      )
      return row?.n
    }

    for (const [why, key] of [
      ['missing', undefined],
      ['empty', ''],
      ['with a space', 'a b'],
      ['beyond ASCII', 'clé'],
      ['too long', 'k'.repeat(201)],
    ] as const) {
      await t.test(`${why} is refused`, async (t) => {
        const headers = { ...author, ...(key === undefined ? {} : { 'idempotency-key': key }) }
        const answer = await service.request({
          method: 'POST',
          url: '/v1/assessments',
          headers,
          payload: smallIntake(),
        })
        refused(t, answer, 'idempotency-key-missing')
        t.equal(await recorded(), 0)
      })
    }

    await t.test('as long as may be, and of any visible character, is accepted', async (t) => {
      for (const key of ['k'.repeat(200), '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'])
        t.equal((await send(key, smallIntake())).statusCode, 201)
    })

    await t.test('with the same body gives the same bytes, and stores nothing more', async (t) => {
      const [key, intake] = [randomUUID(), smallIntake()]
      const first = await send(key, intake)
      const before = await recorded()
      const reordered = Object.fromEntries(Object.entries(intake).reverse())
      for (const body of [intake, reordered]) {
        const again = await send(key, body)
        t.equal(again.statusCode, 201)
        t.equal(again.body, first.body)
        t.equal(again.headers.location, first.headers.location)
        t.equal(again.headers['idempotency-replayed'], 'true')
      }
      const slash = await send(key, intake, author, '/v1/assessments/')
      t.equal(slash.body, first.body, 'and the same address written with a slash after it')
      t.equal(first.headers['idempotency-replayed'], undefined)
      t.equal(await recorded(), before)
    })

    await t.test('in many copies at once gives all of them one answer', async (t) => {
      const [key, intake, before] = [randomUUID(), smallIntake(), Number(await recorded())]
      const answers = await Promise.all(Array.from({ length: 8 }, () => send(key, intake)))
      t.strictSame([...new Set(answers.map(({ statusCode }) => statusCode))], [201])
      t.equal(new Set(answers.map(({ body }) => body)).size, 1)
      t.equal(answers.filter(({ headers }) => headers['idempotency-replayed'] === undefined).length, 1)
      t.equal(await recorded(), before + 1)
    })

    await t.test('with another body or at another address is refused', async (t) => {
      const [key, intake] = [randomUUID(), smallIntake()]
      const { assessment } = (await send(key, intake)).json()
      const correction = `/v1/assessments/${assessment.id}/corrections`
      refused(t, await send(key, { ...intake, otherNeeds: true }), 'idempotency-key-reused')
      refused(t, await send(key, intake, author, correction), 'idempotency-key-reused')
      refused(t, await send(key, smallIntake(), author, correction), 'idempotency-key-reused')
      refused(
        t,
        await send(key, { ...intake, weightings: {} }),
        'idempotency-key-reused',
        [],
        'a wrong body too',
      )
      refused(
        t,
        await send(key, changedTable({}), author, '/v1/calibration-tables'),
        'idempotency-key-reused',
      )
    })

    await t.test(
      'is its client’s own: another client has the same, a rotated key of the client replays',
      async (t) => {
        const bearer = async (client: string, subject: string) => ({
          authorization: `Bearer ${await alpha.key({ client, subject })}`,
        })
        const [key, intake] = [randomUUID(), smallIntake()]
        const first = await send(key, intake)
        const other = await send(key, smallIntake(), await bearer('another-client', 'author'))
        t.equal(other.statusCode, 201)
        t.equal(other.headers['idempotency-replayed'], undefined)
        for (const subject of ['author', 'another-subject']) {
          const rotated = await send(key, intake, await bearer('case-management', subject))
          t.equal(rotated.headers['idempotency-replayed'], 'true')
          t.equal(rotated.body, first.body)
        }
        const beta = await withSmall(service, 'beta')
        t.equal((await send(key, smallIntake(), beta.author)).headers['idempotency-replayed'], undefined)
      },
    )

    await t.test('gives the first answer when a table published since would give another', async (t) => {
      const gamma = await withSmall(service, 'gamma')
      const [altered, refusedNow] = [
        smallIntake({ assessedOn: '2026-06-15' }),
        smallIntake({ assessedOn: '2026-07-15' }),
      ]
      const one = await send('altered', altered, gamma.author)
      const two = await send('refused', refusedNow, gamma.author)
      const adjustments = [{ name: 'Prices', kind: 'inflation', factor: '1.10', reason: 'A test.' }] as const
      await publish(
        service,
        gamma,
        'calibration-tables',
        changedTable({ effectiveFrom: '2026-06-01', adjustments }),
      )
      await publish(service, gamma, 'questionnaires', changedQuestionnaire({ title: 'Second' }))
      const questionnaire = { key: 'small', version: 2 }
      await publish(
        service,
        gamma,
        'calibration-tables',
        changedTable({ effectiveFrom: '2026-07-01', questionnaire }),
      )
      for (const [key, intake, first] of [
        ['altered', altered, one],
        ['refused', refusedNow, two],
      ] as const) {
        const again = await send(key, intake, gamma.author)
        t.equal(again.statusCode, 201)
        t.equal(again.body, first.body)
        t.equal(again.headers['idempotency-replayed'], 'true')
      }
      const anew = await send('new', smallIntake({ assessedOn: '2026-06-15' }), gamma.author)
      t.equal(anew.json().allocation.amountAnnual, '13750.00', 'a new key gets today’s answer')
      refused(
        t,
        await send('newer', smallIntake({ assessedOn: '2026-07-15' }), gamma.author),
        'questionnaire-not-priced',
      )
    })
  })
})
