// The types of the tables are those of the migrated database, both ways; and what may not be changed does not compile.
import { readFileSync } from 'node:fs'
import type { Kysely } from 'kysely'
import t from 'tap'
import type { Schema } from '../../src/store/schema.ts'
import { asAdmin } from '../support/service.ts'
import { cloneTemplate } from '../support/template-database.ts'

type Column = { table: string; column: string; type: string; nullable: boolean; generated: boolean }

/** Tables that the application never touches by name. */
const NOT_THE_APPLICATIONS = ['sequencer_progress', 'event_kind']

/** What each type of PostgreSQL comes as; a date stays text, and so does whatever a number would round. */
const READ_AS: Readonly<Record<string, string>> = {
  text: 'string',
  uuid: 'string',
  numeric: 'string',
  int8: 'string',
  xid8: 'string',
  date: 'string',
  int2: 'number',
  int4: 'number',
  bool: 'boolean',
  timestamptz: 'Date',
  bytea: 'Buffer',
  _bytea: 'Buffer[]',
  _text: 'string[]',
  jsonb: 'unknown',
}

t.test('the types of the tables are those of the database', async (t) => {
  const cloned = await cloneTemplate()
  const stored = (await asAdmin(
    cloned.adminUrl,
    `select c.table_name as table, c.column_name as column, c.udt_name as type, c.is_nullable = 'YES' as nullable,
            c.is_generated = 'ALWAYS' or c.column_default like 'pg_current_xact_id%' as generated
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where table_schema = 'openras' and table_type = 'BASE TABLE' order by 1, c.ordinal_position`,
  )) as Column[]
  const typed = typedColumns(readFileSync(new URL('../../src/store/schema.ts', import.meta.url), 'utf8'))
  const ours = stored.filter(({ table }) => !NOT_THE_APPLICATIONS.includes(table))
  const name = ({ table, column }: { table: string; column: string }) => `${table}.${column}`

  await t.test('the same tables and columns, neither more nor less', async (t) => {
    t.ok(ours.length > 70)
    t.strictSame(typed.map(name).sort(), ours.map(name).sort())
  })

  await t.test('null where the column may be null, and nowhere else', async (t) => {
    const nullable = new Set(ours.filter((one) => one.nullable).map(name))
    t.strictSame(
      typed
        .filter(({ type }) => / \| null$/.test(type))
        .map(name)
        .sort(),
      [...nullable].sort(),
    )
  })

  await t.test('each column as what the driver gives', async (t) => {
    const types = new Map(typed.map((one) => [name(one), one]))
    for (const column of ours) {
      const { type = '' } = types.get(name(column)) ?? {}
      const read = type.replace(/ \| null$/, '')
      const given = /^'/.test(read) ? 'string' : read
      t.equal(given, READ_AS[column.type], `${name(column)}: ${column.type}`)
    }
  })

  await t.test('what the database makes itself can not be inserted', async (t) => {
    const made = ours.filter(({ generated }) => generated).map(name)
    t.strictSame(
      typed
        .filter(({ insert }) => insert === 'never')
        .map(name)
        .sort(),
      made.sort(),
    )
  })

  await t.test('nothing can be updated', async (t) => {
    t.strictSame(typed.filter(({ update }) => update !== 'never').map(name), [])
  })
})

t.test('an update of what is only ever added does not compile', async (t) => {
  // Never run: that each of these lines is a mistake is what the type check of this file shows.
  const mistakes = (db: Kysely<Schema>) => [
    // @ts-expect-error an amount is for ever
    db.updateTable('openras.event').set({ amount: '1.00' }),
    // @ts-expect-error a published document never changes
    db.updateTable('openras.document').set({ content: '{}' }),
    // @ts-expect-error nor does the date it takes effect
    db.updateTable('openras.term').set({ effective_from: '2026-04-01' }),
    // @ts-expect-error the log is what it is
    db.updateTable('openras.event').set({ envelope: '{}' }),
    db.insertInto('openras.event').values({
      authority_id: 'a',
      event_id: 'b',
      facet_id: Buffer.alloc(8),
      envelope: '{}',
      // @ts-expect-error the hash is the database's own
      leaf_hash: Buffer.alloc(32),
    }),
    // @ts-expect-error a revocation is a row, not a change
    db.updateTable('openras.api_key').set({ expires_at: new Date(0) }),
  ]
  t.type(mistakes, 'function')
})

type Typed = { table: string; column: string; type: string; insert: string; update: string }

function typedColumns(source: string): Typed[] {
  return [...source.matchAll(/^ {2}'openras\.(\w+)': \{\n([\s\S]*?)^ {2}\}/gm)].flatMap(
    ([, table = '', body = '']) =>
      [...body.matchAll(/^ {4}(\w+): (Fixed|ColumnType)<(.+)>$/gm)].map(
        ([, column = '', kind, args = '']) => {
          const [type = '', insert = '', update = ''] =
            kind === 'Fixed' ? [args, args, 'never'] : args.split(', ')
          return { table, column, type, insert, update }
        },
      ),
  )
}
