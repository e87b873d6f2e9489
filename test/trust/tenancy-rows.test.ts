// No authority reads or writes another's rows (P9), whatever the application's role says to the database.
import { append, draftGiven, entryOf } from '../support/entries.ts'
import { withService } from '../support/folder.ts'
import { contentsOf, INFRASTRUCTURE, insertStatement, rowOf, tablesOf } from './catalogue.ts'
import { connect, outcomeOf } from './connections.ts'
import { type Populated, populate } from './populated.ts'

export const tests = withService(
  import.meta,
  async (t, service) => {
    const authorities: Populated[] = []
    for (const id of ['avon', 'bede', 'calder']) authorities.push(await populate(service, id))
    const [avon, bede] = authorities.map(({ id }) => id) as [string, string, string]
    const tables = (await tablesOf(service.adminUrl)).filter(({ name }) => !INFRASTRUCTURE.includes(name))

    t.test('without an authority, or with one that does not exist, every table is empty', async (t) => {
      const client = await connect(t, service.applicationUrl)
      for (const setting of [
        null,
        '',
        'nowhere',
        avon.toUpperCase(),
        `${avon} `,
        avon.replace('n', '_'),
        '%',
        `${avon}' or true --`,
      ]) {
        if (setting !== null)
          await client.query("select set_config('openras.authority_id', $1, false)", [setting])
        for (const { name } of tables) {
          const { rows } = await client.query(`select count(*)::int as n from openras.${name}`)
          t.equal(rows[0].n, 0, `${name} under ${JSON.stringify(setting)}`)
        }
      }
    })

    t.test('each authority sees its own rows and only those', async (t) => {
      for (const { id } of authorities) {
        const client = await connect(t, service.applicationUrl, id)
        for (const { name } of tables) {
          const { rows } = await client.query(`select distinct authority_id from openras.${name}`)
          t.same(rows, [{ authority_id: id }], `${name} as ${id}`)
        }
      }
    })

    t.test('a setting of one transaction is gone after it, committed or not', async (t) => {
      const client = await connect(t, service.applicationUrl)
      for (const ending of ['commit', 'rollback']) {
        await client.query('begin')
        await client.query("select set_config('openras.authority_id', $1, true)", [avon])
        await client.query(ending)
        const { rows } = await client.query(
          'select openras.authority() as now, count(*)::int as n from openras.event',
        )
        t.same(rows, [{ now: null, n: 0 }])
      }
    })

    t.test(
      'a row for another authority is refused, and the refusal does not say whether it is there',
      async (t) => {
        const before = await contentsOf(service.adminUrl)
        const client = await connect(t, service.applicationUrl)
        for (const table of tables) {
          const row = await rowOf(service.adminUrl, table, avon)
          t.ok(row, `avon has a row in ${table.name}`)
          for (const acting of ['', 'nowhere', bede]) {
            await client.query("select set_config('openras.authority_id', $1, false)", [acting])
            const there = await messageOf(() => client.query(insertStatement(table), [row]))
            const absent = await messageOf(() => client.query(insertStatement(table), [freshRow(row)]))
            t.match(there, /row-level security|permission denied/, `${table.name} as "${acting}"`)
            t.equal(there, absent, `${table.name}: a row that is there and one that is not are refused alike`)
          }
          // What makes the refusals above mean something: the same statement is well formed.
          await client.query("select set_config('openras.authority_id', $1, false)", [avon])
          t.match(await outcomeOf(client, insertStatement(table), [row]), /refused (23505|42501)/)
        }
        t.same(await contentsOf(service.adminUrl), before)
      },
    )

    t.test(
      'the functions of the hot paths act as the authority they are given, and cannot be lent another',
      async (t) => {
        const [first] = authorities
        const client = await connect(t, service.applicationUrl, avon)
        const found = await client.query('select * from openras.read_events($2, array[$1::uuid])', [
          first?.allocationId,
          bede,
        ])
        t.equal(found.rowCount, 0)
        const feed = await client.query('select event_id from openras.read_feed($1, -1, 1000)', [bede])
        t.notOk(feed.rows.some(({ event_id }) => event_id === first?.eventId))
        await client.query('begin')
        await client.query("select set_config('openras.authority_id', $1, true)", [bede])
        const lent = append(client, bede, entryOf(avon, draftGiven()))
        await t.rejects(lent, { code: 'OR003', message: 'an envelope is of another authority' })
        await client.query('rollback')
      },
    )
  },
  { sequencer: false },
)

async function messageOf(work: () => Promise<unknown>): Promise<string> {
  return work().then(
    () => 'done',
    (error: Error) => error.message,
  )
}

// The same row under ids that nobody has.
function freshRow(row: object | null): object {
  const fresh = Object.entries(row ?? {}).map(([name, value]) => {
    if (/_id$/.test(name) && name !== 'authority_id')
      return [name, String(value).includes('-7') ? '00000000-0000-4000-8000-000000000000' : 'nobody']
    if (['revision', 'version', 'ordinal', 'log_index'].includes(name)) return [name, 99_999]
    return [name, value]
  })
  return Object.fromEntries(fresh)
}
