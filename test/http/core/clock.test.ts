// A clock that is wrong is believed nowhere: no write with it is stored, and no id is made from it afterwards.
import { mock } from 'node:test'
import t from 'tap'
import { idsBy } from '../../../src/operations/new-id.ts'
import { bootFaults } from '../../../src/store/boot-checks.ts'
import { withService } from '../../support/folder.ts'
import { asAdmin } from '../../support/service.ts'
import { post, refused, smallIntake, smallQuestionnaire, withSmall } from '../driver.ts'

const YEARS = 10 * 365 * 24 * 3_600_000

t.test('ids follow one another, and a clock that was ahead for a moment leaves nothing behind', async (t) => {
  let now = Date.UTC(2026, 10, 25)
  const newId = idsBy(() => now)
  const timeOf = (id: string) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
  const made = Array.from({ length: 5_000 }, (_, i) => {
    if (i % 100 === 99) now += 1
    if (i % 1_000 === 500) now -= 3
    return newId()
  })
  t.strictSame(made, made.toSorted(), 'in order, also within a millisecond and over a small step back')
  t.equal(new Set(made).size, 5_000)
  now += YEARS
  t.equal(timeOf(newId()), now)
  now -= YEARS
  t.equal(timeOf(newId()), now, 'the time that was wrong is forgotten')
  t.match(newId(), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

export const tests = withService(import.meta, (t, service) => {
  t.test(
    'a write by a clock that differs from the database’s is refused, and nothing is stored',
    async (t) => {
      const alpha = await withSmall(service, 'alpha')
      const events = async () =>
        (
          await asAdmin(
            service.adminUrl,
            'select count(*)::int as n from openras.event where authority_id = $1',
            [alpha.id],
          )
        )[0]?.n
      const before = await events()
      const drafted = { ...smallQuestionnaire, key: 'another' }
      const at = async (ms: number, url = '/v1/assessments', body: object = smallIntake()) => {
        mock.timers.enable({ apis: ['Date'], now: Date.now() + ms })
        try {
          // A machine under load may be too busy first.
          for (let tries = 0; ; tries += 1) {
            const answer = await post(service, alpha.author, url, body)
            if (answer.statusCode < 400 || answer.json().code !== 'busy' || tries === 5) return answer
          }
        } finally {
          mock.timers.reset()
        }
      }
      for (const ms of [YEARS, 8_000, -63_000]) {
        const answer = await at(ms)
        refused(t, answer, 'clock-differs', [], String(ms))
        t.equal(answer.headers['retry-after'], '60')
      }
      refused(t, await at(8_000, '/v1/questionnaires', drafted), 'clock-differs')
      t.equal(await events(), before)
      for (const ms of [0, 2_000, -50_000]) {
        const answer = await at(ms)
        t.equal(answer.statusCode, 201, answer.body)
      }
      const { id } = (await at(0)).json().allocation
      t.ok(String(id) < '0200', `ids are of today again: ${id}`)
    },
  )

  t.test('the service does not start by a clock that is more than two seconds off', async (t) => {
    const { database } = service
    t.strictSame(await bootFaults(database), [])
    t.match(await bootFaults(database, () => Date.now() + 9_000), [
      /^This machine's clock is 9 s ahead of the/,
    ])
    t.match(await bootFaults(database, () => Date.now() - 9_000), [/^This machine's clock is 9 s behind the/])
    t.strictSame(await bootFaults(database, () => Date.now() + 1_000), [])
  })
})
