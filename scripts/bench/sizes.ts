// What one allocation takes on disk, table by table: rows, long texts and indices together.
import { type BenchDatabase, onServer } from './database.ts'
import type { Row } from './report.ts'

export async function sizes({ adminUrl }: BenchDatabase): Promise<readonly Row[]> {
  const found = await onServer(
    adminUrl,
    `select relname as name, pg_table_size(oid)::float8 / n as rows, pg_indexes_size(oid)::float8 / n as indices
     from pg_class, (select count(*) as n from openras.event where on_date is not null) as stored
     where relnamespace = 'openras'::regnamespace and relkind = 'r'
       and relname in ('event', 'payload', 'log_entry')
     order by pg_total_relation_size(oid) desc`,
  )
  const shown = found.map(({ name, rows, indices }) => row(String(name), Number(rows), Number(indices)))
  const all = (name: string) => found.reduce((sum, one) => sum + Number(one[name]), 0)
  return [...shown, row('together', all('rows'), all('indices'))]
}

function row(name: string, rows: number, indices: number): Row {
  return [name, rows.toFixed(0), indices.toFixed(0), (rows + indices).toFixed(0)]
}
