// npm run bench [-- --quick] [-- --rows=N]: figures as ratios within one run, since absolute ones say most about the
// machine. Nothing here fails for being slow; docs/performance.md says what is measured, and keeps a run.
import { benchCalibration } from './calibration.ts'
import { type BenchServer, onServer, startBenchServer } from './database.ts'
import { engineSpeeds } from './engine.ts'
import { fill } from './fill.ts'
import { CONNECTIONS, compare, type Pace, type Side } from './load.ts'
import { machine } from './machine.ts'
import { type Program, startProgram } from './processes.ts'
import { readTimes } from './reads.ts'
import { COMPARED, compared, print, type Row } from './report.ts'
import { asking, reading, recording } from './requests.ts'
import { sizes } from './sizes.ts'
import { stages } from './stages.ts'
import { recordTemplates } from './templates.ts'

const quick = process.argv.includes('--quick')
const asked = process.argv.find((word) => word.startsWith('--rows='))?.slice('--rows='.length)
const rows = asked === undefined ? (quick ? 0 : 1_000_000) : Number(asked)
if (!Number.isInteger(rows) || rows < 0)
  throw new Error(`--rows is ${asked}; expected a whole number, 0 to leave the filled database out.`)
const pace: Pace = quick ? { rounds: 3, seconds: 2, warmup: 4 } : { rounds: 5, seconds: 3, warmup: 6 }

async function run(server: BenchServer): Promise<void> {
  for (const line of await machine(server.empty)) console.log(line)
  const speeds = engineSpeeds(quick ? 5 : 9, 0.5)
  const slowest = Math.min(...speeds.map(({ median }) => median))
  const shown = speeds.map(({ name, median, best }): Row => {
    return [name, (median / slowest).toFixed(1), median.toFixed(0), best.toFixed(0)]
  })
  print('The engine, one core', ['', 'ratio', 'a CPU second', 'best round'], shown)
  benchCalibration(quick ? 5 : 21)

  const service = await startService(server, 'empty')
  const answer = await recordTemplates(service.url, server.apiKey)
  const bare = await startBare(server, answer)
  await againstBare(server, service, bare, answer)
  await bare.stop()
  await whereItGoes(server)
  if (rows > 0) await againstFilled(server, service)
  await service.stop()
}

async function againstBare(
  server: BenchServer,
  service: Program,
  bare: Program,
  answer: string,
): Promise<void> {
  const both = (load: Side['load']): [Side, Side] => [
    { url: service.url, load, pids: [service.pid, server.pid] },
    { url: bare.url, load, pids: [bare.pid, server.pid] },
  ]
  const post = await compare(both(recording(server.apiKey)), pace)
  const ids = await someAllocations(server, 'empty')
  const allocation = JSON.stringify((JSON.parse(answer) as { allocation: object }).allocation)
  await onServer(
    server.empty.adminUrl,
    'insert into bare.read select id, $2 from unnest($1::uuid[]) as one (id)',
    [ids, allocation],
  )
  const get = await compare(both(reading(server.apiKey, ids)), pace)
  const frame = await compare(both(asking), pace)
  print(`The service against bare Fastify and pg, ${CONNECTIONS} connections`, COMPARED, [
    compared('POST /v1/assessments', post, '0.50'),
    compared('GET /v1/allocations/{id}', get, '0.85'),
    compared('GET /health/live (frame only)', frame, '–'),
  ])
}

async function whereItGoes(server: BenchServer): Promise<void> {
  const parts = await stages(server.empty, server.apiKey)
  const sum = parts.reduce((total, { us }) => total + us, 0)
  const shown = parts.map(({ name, us, bare }): Row => {
    return [name, us.toFixed(1), `${((100 * us) / sum).toFixed(0)} %`, bare?.toFixed(1) ?? '–']
  })
  print(
    'Where one POST spends its time: each part alone, one connection, without HTTP and hooks',
    ['', 'µs', 'share', 'bare µs'],
    shown,
  )
}

async function againstFilled(server: BenchServer, empty: Program): Promise<void> {
  const filled = await startService(server, 'filled')
  await recordTemplates(filled.url, server.apiKey)
  await fill(server.filled, rows, (done) => {
    if (done % 100_000 === 0) console.error(`filling: ${done} of ${rows}`)
  })
  const sides = (load: (name: 'empty' | 'filled') => Side['load']): [Side, Side] => [
    { url: filled.url, load: load('filled'), pids: [filled.pid, server.pid] },
    { url: empty.url, load: load('empty'), pids: [empty.pid, server.pid] },
  ]
  const ids = {
    empty: await someAllocations(server, 'empty'),
    filled: await someAllocations(server, 'filled'),
  }
  const post = await compare(
    sides(() => recording(server.apiKey)),
    pace,
  )
  const get = await compare(
    sides((name) => reading(server.apiKey, ids[name])),
    pace,
  )
  print(`After ${rows} stored allocations, against the empty database`, COMPARED, [
    compared('POST /v1/assessments', post, '0.90'),
    compared('GET /v1/allocations/{id}', get, '0.90'),
  ])
  const waits = await readTimes(filled.url, server.apiKey, rows)
  print(`Reads of ${rows} allocations, one at a time`, ['', 'p50 ms', 'p99 ms'], waits)
  print('Storage', ['bytes per allocation', 'rows', 'indices', 'together'], await sizes(server.filled))
  await filled.stop()
}

function startService(server: BenchServer, which: 'empty' | 'filled'): Promise<Program> {
  return startProgram('service-process.ts', {
    applicationUrl: server[which].applicationUrl,
    poolSize: CONNECTIONS,
  })
}

async function startBare({ empty }: BenchServer, answer: string): Promise<Program> {
  const [stored] = await onServer(
    empty.adminUrl,
    'select e.envelope, p.body from openras.event e join openras.payload p using (authority_id, event_id) where p.source_ref is not null order by e.xid desc limit 1',
  )
  return startProgram('bare-process.ts', {
    applicationUrl: empty.applicationUrl,
    poolSize: CONNECTIONS,
    answer,
    ...stored,
  })
}

async function someAllocations(server: BenchServer, which: 'empty' | 'filled'): Promise<string[]> {
  const found = await onServer(
    server[which].adminUrl,
    'select event_id as id from openras.event where on_date is not null order by random() limit 10000',
  )
  return found.map(({ id }) => String(id))
}

const server = await startBenchServer()
// The programs end when this one lets go of them; PostgreSQL has to be told.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => server.stop().finally(() => process.exit(1)))
}
try {
  await run(server)
} finally {
  await server.stop()
}
