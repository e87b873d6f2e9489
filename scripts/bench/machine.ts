// What the figures were measured on: without it they mean nothing.
import { cpus, loadavg, totalmem } from 'node:os'
import { type BenchDatabase, onServer } from './database.ts'

export async function machine({ adminUrl }: BenchDatabase): Promise<readonly string[]> {
  const [row] = await onServer(adminUrl, "select current_setting('server_version') as version")
  const cores = cpus()
  return [
    `${new Date().toISOString().slice(0, 10)}, ${cores[0]?.model.trim()}, ${cores.length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}`,
    `Node ${process.version}, PostgreSQL ${row?.version} with its default memory settings and durable writes`,
    `load average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')} (the load generator, the service and PostgreSQL share these cores)`,
  ]
}
