// The sequencer under attack: small batches, rivals, another cluster's progress and hostile callers must never make it
// pass over a committed event.
import type pg from 'pg'
import type { Test } from 'tap'
import { asAdmin } from '../support/admin.ts'
import { withService } from '../support/folder.ts'
import type { TestService } from '../support/service.ts'
import { connect, FORBIDDEN, outcomeOf } from './connections.ts'
import { appendEvent } from './events.ts'

export const tests = withService(
  import.meta,
  async (t, service) => {
    const avon = (await service.authority('avon')).id
    const bede = (await service.authority('bede')).id
    const calder = (await service.authority('calder')).id

    t.test('small batches under rivals enter every event once, under contiguous indices', async (t) => {
      const sent = new Set<string>()
      await service.sequenced()
      const before = await entries()
      let writing = true
      const write = async (authority: string, number: number) => {
        const client = await connect(t, service.applicationUrl)
        for (let round = 0; round < 12; round += 1) {
          await client.query('begin')
          const ids: string[] = []
          for (let event = 0; event < 1 + ((round + number) % 9); event += 1)
            ids.push(await appendEvent(client, authority))
          await pause((round * number * 7) % 40)
          const keeps = (round + number) % 5 !== 0
          await client.query(keeps ? 'commit' : 'rollback')
          if (keeps) for (const id of ids) sent.add(id)
        }
      }
      const sequence = async (most: number) => {
        const client = await connect(t, service.applicationUrl)
        while (writing) await client.query('select openras.sequence_events($1)', [most])
      }
      const sequencers = [7, 1, 3].map(sequence)
      await Promise.all([avon, bede, calder, avon, bede, avon, calder, avon].map((id, i) => write(id, i)))
      writing = false
      await Promise.all(sequencers)
      await sequenceBy(t, 7)
      await everyEventIsInTheLog(t, service)
      t.equal((await entries()) - before, sent.size, 'nothing of the transactions rolled back is there')
    })

    t.test('one transaction larger than a batch is entered whole', async (t) => {
      const client = await connect(t, service.applicationUrl)
      await client.query('begin')
      for (let event = 0; event < 23; event += 1) await appendEvent(client, event % 2 === 0 ? avon : bede)
      await client.query('commit')
      await sequenceBy(t, 7)
      await everyEventIsInTheLog(t, service)
    })

    t.test('an older transaction that ends after younger ones were entered is entered too', async (t) => {
      const [slow, quick] = [
        await connect(t, service.applicationUrl),
        await connect(t, service.applicationUrl),
      ]
      await slow.query('begin')
      await appendEvent(slow, avon)
      for (let event = 0; event < 20; event += 1) await appendEvent(quick, avon)
      await sequenceBy(t, 7)
      await appendEvent(slow, avon)
      await slow.query('commit')
      await sequenceBy(t, 7)
      await everyEventIsInTheLog(t, service)
    })

    t.test('batches of none, or fewer than none, pass over nothing', async (t) => {
      const client = await connect(t, service.applicationUrl)
      for (let event = 0; event < 3; event += 1) await appendEvent(client, avon)
      for (const most of [0, null, -1, 0])
        await outcomeOf(client, 'select openras.sequence_events($1)', [most])
      await sequenceBy(t, 20_000)
      await everyEventIsInTheLog(t, service)
    })

    t.test('progress of another cluster, or from the future, is not believed', async (t) => {
      const client = await connect(t, service.applicationUrl)
      for (const set of ["system_identifier = 42, low = '999999999'", "low = '999999999'"]) {
        await appendEvent(client, avon)
        await asAdmin(service.adminUrl, `update openras.sequencer_progress set ${set}`)
        await appendEvent(client, bede)
        await sequenceBy(t, 2)
        await everyEventIsInTheLog(t, service)
      }
    })

    t.test('a lost progress row costs nothing but a longer look', async (t) => {
      const client = await connect(t, service.applicationUrl)
      await appendEvent(client, avon)
      await asAdmin(service.adminUrl, 'delete from openras.sequencer_progress')
      await sequenceBy(t, 7)
      await everyEventIsInTheLog(t, service)
    })

    t.test('a caller’s temporary tables are not taken for the log', async (t) => {
      const before = await entries()
      const hiding = await connect(t, service.applicationUrl, avon)
      await hiding.query('create temporary table log_entry (like openras.log_entry)')
      await hiding.query('grant all on log_entry to public')
      await appendEvent(hiding, avon)
      await outcomeOf(hiding, 'select openras.sequence_events(1000)')

      const forging = await connect(t, service.applicationUrl, avon)
      await forging.query('create temporary table event (like openras.event including generated)')
      await forging.query('grant all on event to public')
      await forging.query(
        `insert into pg_temp.event (authority_id, event_id, facet_id, envelope, xid) values ('${avon}', gen_random_uuid(), 'forged', 'x', pg_current_xact_id())`,
      )
      await outcomeOf(forging, 'select openras.sequence_events(1000)')

      await sequenceBy(t, 1000)
      await everyEventIsInTheLog(t, service)
      t.equal(await entries(), before + 1, 'nothing forged is in the log')
    })

    t.test('a tick inside an old snapshot can at worst fail', async (t) => {
      const [old, client] = [
        await connect(t, service.applicationUrl),
        await connect(t, service.applicationUrl),
      ]
      await old.query('begin isolation level repeatable read')
      await old.query('select count(*) from openras.event')
      for (let event = 0; event < 5; event += 1) await appendEvent(client, avon)
      await sequenceBy(t, 3)
      await appendEvent(old, avon)
      await outcomeOf(old, 'select openras.sequence_events(3)')
      await outcomeOf(old, 'commit')
      await sequenceBy(t, 3)
      await everyEventIsInTheLog(t, service)
    })

    t.test('who runs a tick cannot read how far it is, nor enter anything by hand', async (t) => {
      const client = await connect(t, service.applicationUrl, avon)
      t.equal(await outcomeOf(client, 'select * from openras.sequencer_progress'), FORBIDDEN)
      t.equal(
        await outcomeOf(
          client,
          `insert into openras.log_entry values ('${avon}', 99999, gen_random_uuid(), '')`,
        ),
        FORBIDDEN,
      )
    })

    async function sequenceBy(t: Test, most: number): Promise<void> {
      const client: pg.Client = await connect(t, service.applicationUrl)
      const tick = async () =>
        (await client.query('select openras.sequence_events($1) as entered', [most])).rows[0].entered
      while ((await tick()) > 0);
    }

    async function entries(): Promise<number> {
      const [row] = await asAdmin(service.adminUrl, 'select count(*)::int as n from openras.log_entry')
      return Number(row?.n)
    }
  },
  { sequencer: false },
)

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function everyEventIsInTheLog(t: Test, { adminUrl }: TestService): Promise<void> {
  const missed = await asAdmin(
    adminUrl,
    'select event_id from openras.event where event_id not in (select event_id from openras.log_entry)',
  )
  t.same(missed, [], 'every committed event is entered')
  const wrong = await asAdmin(
    adminUrl,
    `select l.* from openras.log_entry l left join openras.event e using (authority_id, event_id, leaf_hash) where e.event_id is null`,
  )
  t.same(wrong, [], 'every entry is of a committed event, with its hash')
  const gaps = await asAdmin(
    adminUrl,
    'select authority_id from openras.log_entry group by 1 having count(*) <> max(log_index) + 1 or min(log_index) <> 0',
  )
  t.same(gaps, [], 'indices are contiguous')
}
