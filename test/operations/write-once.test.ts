// The one story of a write, against a real log: which of its branches is taken, how often it decides and on what, and
// that nothing stays of an attempt that was lost.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Refusal } from '../../src/contract/refusal.ts'
import {
  type Entry,
  type Now,
  type RequestKey,
  type Write,
  writeOnce,
} from '../../src/operations/write-once.ts'
import { type Log, openLog } from '../../src/store/log.ts'
import { asAdmin } from '../support/admin.ts'
import { draftGiven } from '../support/entries.ts'
import { withService } from '../support/folder.ts'

export const tests = withService(import.meta, async (t, service) => {
  const { id: authorityId } = await service.authority('avon')
  const log = openLog(service.database)
  const by = { authorityId, clientId: 'writers', subjectId: 'somebody' }
  const events = async () => {
    const [row] = await asAdmin(service.adminUrl, 'select count(*)::int as n from openras.event')
    return Number(row?.n)
  }

  /** The log, but that each append in turn is refused in the name of a constraint, or for PostgreSQL's own code. */
  const losing = (lose: readonly (string | null)[]): Log => {
    let appends = 0
    return {
      ...log,
      async append(entry) {
        const name = lose[appends] ?? null
        appends += 1
        if (name !== null) await fail(name)
        return log.append(entry)
      },
    }
  }

  async function fail(name: string): Promise<void> {
    const using =
      name === 'OR001' ? `errcode = 'OR001'` : `errcode = 'check_violation', constraint = '${name}'`
    await service.database.asAuthority(authorityId, (trx) =>
      sql.raw(`do $$ begin raise exception 'lost' using ${using}; end $$`).execute(trx),
    )
  }

  /** A write of one text that answers with it; `lose` and `refuse` say what befalls each decision in turn. */
  const write = (
    change: Partial<Write<object, Facts>> = {},
    {
      refuse = [],
      lose = [],
    }: { refuse?: readonly (Refusal | null)[]; lose?: readonly (string | null)[] } = {},
  ) => {
    const decided: Now[] = []
    const base: Write<object, Facts> = {
      by,
      request: requestOf({}),
      first: 'seen',
      async decide(now) {
        decided.push(now)
        const refusal = refuse[decided.length - 1]
        if (refusal) throw refusal
        return entry()
      },
      onRace: {},
      answer: ({ eventId, facts, content }) => ({ eventId, said: facts.said, content }),
    }
    return {
      decided,
      seen: () => decided.map(({ seen }) => seen),
      once: () => writeOnce(losing(lose), { ...base, ...change }),
    }
  }

  await t.test('is answered from what is stored, and a retry with the same bytes', async (t) => {
    const before = await events()
    const { once, seen, decided } = write()
    const first = await once()
    t.match(first, {
      answer: { eventId: decided[0]?.eventId, said: 1, content: /A draft/ },
      replayed: false,
    })
    t.strictSame(await once(), { ...first, replayed: true })
    t.strictSame(seen(), ['seen', 'seen'], 'the key is only found taken when the retry is appended')
    t.equal(await events(), before + 1)
  })

  await t.test('in eight copies at once is one event with one answer', async (t) => {
    const before = await events()
    const { once } = write()
    const written = await Promise.all(Array.from({ length: 8 }, once))
    t.equal(new Set(written.map(({ answer }) => JSON.stringify(answer))).size, 1)
    t.equal(written.filter(({ replayed }) => !replayed).length, 1)
    t.equal(await events(), before + 1)
  })

  await t.test('that is refused now is recalled where its key was accepted before', async (t) => {
    const request = requestOf({})
    const first = await write({ request }).once()
    const { once, seen } = write({ request }, { refuse: [sealed] })
    t.strictSame(await once(), { ...first, replayed: true })
    t.strictSame(seen(), ['seen'], 'and is not decided again')
  })

  await t.test('refused on what was seen is decided afresh, once', async (t) => {
    const lucky = write({}, { refuse: [sealed] })
    t.match(await lucky.once(), { answer: { said: 1 }, replayed: false })
    t.strictSame(lucky.seen(), ['seen', 'fresh'])
    t.equal(lucky.decided[0]?.eventId, lucky.decided[1]?.eventId, 'as the same event')

    const unlucky = write({}, { refuse: [sealed, full] })
    await t.rejects(unlucky.once(), { code: 'cohort-full' }, 'the fresh refusal is the one that is told')
    t.strictSame(unlucky.seen(), ['seen', 'fresh'])

    const fresh = write({ first: 'fresh' }, { refuse: [sealed] })
    await t.rejects(fresh.once(), { code: 'cohort-sealed' })
    t.strictSame(fresh.seen(), ['fresh'], 'what was asked afresh is not asked again')
  })

  await t.test('under the key of another request is told so before whatever else is wrong', async (t) => {
    const request = requestOf({ content: 'one' })
    await write({ request }).once()
    for (const other of [
      { ...request, content: 'another' },
      { ...request, path: '/elsewhere' },
      { ...request, method: 'PUT' },
    ]) {
      await t.rejects(write({ request: other }).once(), { code: 'idempotency-key-reused' })
      await t.rejects(write({ request: other }, { refuse: [sealed] }).once(), {
        code: 'idempotency-key-reused',
      })
    }
    const client = { ...by, clientId: 'other-writers' }
    t.match(
      await write({ request, by: client }).once(),
      { replayed: false },
      'another client has its own keys',
    )
  })

  await t.test('whose content was erased is told so, and not written again', async (t) => {
    const request = requestOf({})
    const { once } = write({ request })
    const { eventId } = (await once()).answer as { eventId: string }
    await asAdmin(
      service.adminUrl,
      `alter table openras.payload disable trigger user; delete from openras.payload where event_id = '${eventId}';
       alter table openras.payload enable always trigger refuse_change`,
    )
    const before = await events()
    await t.rejects(once(), { code: 'erased-under-policy' })
    await t.rejects(write({ request }, { refuse: [sealed] }).once(), { code: 'erased-under-policy' })
    t.equal(await events(), before)
  })

  await t.test('that loses a race is done again on what is there now, as another event', async (t) => {
    for (const [name, onRace] of [
      ['OR001', { OR001: 'again' }],
      ['document_state', { 'document_*': 'again' }],
      ['document_state', { document_state: 'again' }],
    ] as const) {
      const before = await events()
      const { once, seen, decided } = write({ onRace }, { lose: [name, name] })
      t.match(await once(), { answer: { said: 1 }, replayed: false }, name)
      t.strictSame(seen(), ['seen', 'fresh', 'fresh'])
      t.equal(new Set(decided.map(({ eventId }) => eventId)).size, 3)
      t.equal(await events(), before + 1, 'nothing stays of what was lost')
    }
  })

  await t.test('that loses five times is told that others are in its way, and its key is free', async (t) => {
    const request = requestOf({})
    const before = await events()
    const lose = Array.from({ length: 30 }, () => 'OR001')
    const five = write({ request, onRace: { OR001: 'again' } }, { lose })
    await t.rejects(five.once(), { code: 'busy', headers: { 'retry-after': '1' } })
    t.equal(five.decided.length, 5)
    const twenty = write({ request, onRace: { OR001: 'again' }, attempts: 20 }, { lose })
    await t.rejects(twenty.once(), { code: 'busy' })
    t.equal(twenty.decided.length, 20)
    t.equal(await events(), before)
    t.match(await write({ request }).once(), { replayed: false })
  })

  await t.test('that loses a race may be refused for it, after a look at what is there', async (t) => {
    const before = await events()
    const onRace = { document_state: async () => sealed }
    const { once, seen } = write({ onRace }, { lose: ['document_state'] })
    await t.rejects(once(), { code: 'cohort-sealed' })
    t.strictSame(seen(), ['seen'])
    t.equal(await events(), before)
  })

  await t.test('that fails for something else fails as it did', async (t) => {
    const onRace = { 'term_*': 'again', document: 'again' } as const
    const unnamed = write({ onRace }, { lose: ['document_state'] })
    await t.rejects(unnamed.once(), { message: 'lost', code: '23514' })
    t.equal(unnamed.decided.length, 1)
    const request = requestOf({})
    await write({ request }).once()
    const mistaken = write({ request, decide: () => Promise.reject(new TypeError('a mistake')) })
    await t.rejects(
      mistaken.once(),
      new TypeError('a mistake'),
      'a mistake is no refusal: no key is looked up',
    )
  })

  await t.test('without a key is written as often as it is asked', async (t) => {
    const before = await events()
    const { once } = write({ request: null })
    t.match([await once(), await once()], [{ replayed: false }, { replayed: false }])
    t.equal(await events(), before + 2)
    await t.rejects(write({ request: null, first: 'fresh' }, { refuse: [sealed] }).once(), {
      code: 'cohort-sealed',
    })
  })

  await t.test(
    'of an assessment goes with those that came meanwhile, and of 64 kB or more by itself',
    async (t) => {
      const appended: { readonly count: number; readonly waits: number | undefined }[] = []
      const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
      const recorded = openLog({
        ...service.database,
        async append(_authority, entries, lockMs) {
          appended.push({ count: entries.length, waits: lockMs })
          await held
          return []
        },
      })
      const record = (bytes: number) =>
        writeOnce(recorded, {
          by,
          request: requestOf({}),
          first: 'fresh',
          decide: async () => ({
            kind: 'assessment-allocated',
            facts: { said: bytes },
            parts: { body: 'x'.repeat(bytes) },
          }),
          onRace: {},
          answer: ({ facts }) => facts.said,
        })
      const sizes = [2, 65_000, 64 * 1024, 3, 70_000]
      const writes = Promise.all(sizes.map(record))
      await new Promise(setImmediate)
      const alone = { count: 1, waits: undefined }
      t.strictSame(appended, [{ count: 1, waits: 200 }, alone, alone], 'the large ones wait for nobody')
      letGo()
      t.strictSame(
        await writes,
        sizes.map((answer) => ({ answer, replayed: false })),
      )
      t.strictSame(appended.slice(3), [{ count: 2, waits: 200 }], 'the small ones go together')
    },
  )
})

type Facts = { readonly said: number }

function requestOf(change: Partial<RequestKey>): RequestKey {
  return { key: randomUUID(), method: 'POST', path: '/v1/tests', content: {}, ...change }
}

function entry(): Entry<Facts> {
  const { kind, facts, content } = draftGiven()
  return { kind, facts: { ...facts, said: 1 }, ...(content !== undefined && { content }) }
}

const sealed = new Refusal('cohort-sealed', 'The cohort is sealed.')
const full = new Refusal('cohort-full', 'The cohort is full.')
