// Nothing acknowledged is lost, nothing is doubled, nothing is half written (P1, P7), whichever process is killed in
// whichever moment. The suite runs a few rounds of it, `npm run drill -- crash` many.
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { asAdmin } from '../support/admin.ts'
import { intake } from '../support/examples.ts'
import { adminUrlOf, postmasterOf, type ServiceProcess, started } from './service-process.ts'

export type CrashRun = {
  readonly acknowledged: number
  /** Requests whose first sending ended without an answer, or with one that said to try again. */
  readonly uncertain: number
  readonly kills: Readonly<Record<string, number>>
  readonly faults: readonly string[]
  /** It goes on. */
  readonly service: ServiceProcess
}

export type CrashOptions = {
  readonly rounds: number
  readonly clients: number
  /** How long they write before a kill, at least and at most. */
  readonly writesForMs: readonly [number, number]
  /** How many were recorded before. */
  readonly earlier: number
}

type Sent = { readonly key: string; readonly payload: Record<string, unknown>; answer: string | null }
type Answer = { readonly status: number; readonly body: string } | null

const KILLS = ['service', 'postmaster', 'backend', 'both'] as const

export async function runCrashes(
  dataDir: string,
  { rounds, clients, writesForMs, earlier }: CrashOptions,
): Promise<CrashRun> {
  const sent: Sent[] = []
  const faults: string[] = []
  const kills: Record<string, number> = {}
  let uncertain = 0
  let service = await started({ DATA_DIR: dataDir })
  for (let round = 0; round < rounds; round += 1) {
    const kind = KILLS[round % KILLS.length] ?? 'service'
    const before = sent.length
    const writing = writeUntilKilled(service, clients, sent, faults)
    const [least, most] = writesForMs
    await delay(least + Math.random() * (most - least))
    service = await killed(service, kind, dataDir, writing)
    kills[kind] = (kills[kind] ?? 0) + 1
    const begun = sent.slice(before)
    uncertain += begun.filter(({ answer }) => answer === null).length
    await settleAll(service, begun, faults)
  }
  // Answers of every round, after every later kill.
  await settleAll(service, sample(sent, 300), faults)
  faults.push(...(await databaseFaults(dataDir, sent, earlier)))
  const acknowledged = sent.filter(({ answer }) => answer !== null).length
  return { acknowledged, uncertain, kills, faults, service }
}

function writeUntilKilled(service: ServiceProcess, clients: number, sent: Sent[], faults: string[]) {
  let writing = true
  const client = async () => {
    while (writing) {
      const one: Sent = { key: randomUUID(), payload: intake({ assessmentRef: randomUUID() }), answer: null }
      sent.push(one)
      const copies = Math.random() < 0.1 ? 2 : 1
      const answers = await Promise.all(Array.from({ length: copies }, () => post(service, one)))
      for (const answer of answers) note(one, answer, faults)
      if (answers.some((answer) => answer?.status !== 201)) await delay(20)
    }
  }
  const all = Promise.all(Array.from({ length: clients }, client))
  return async () => {
    writing = false
    await all
  }
}

async function killed(
  service: ServiceProcess,
  kind: (typeof KILLS)[number],
  dataDir: string,
  stopWriting: () => Promise<void>,
): Promise<ServiceProcess> {
  const postmaster = await postmasterOf(dataDir)
  if (kind === 'backend') process.kill(await oneBackend(dataDir), 'SIGKILL')
  if (kind === 'postmaster' || kind === 'both') process.kill(postmaster, 'SIGKILL')
  if (kind === 'service' || kind === 'both') await service.end('SIGKILL')
  await delay(kind === 'backend' ? 400 : 50)
  await stopWriting()
  // A PostgreSQL that restarts itself is found again without anybody's help.
  if (kind === 'backend') return service
  if (kind === 'postmaster') await service.end('SIGKILL')
  return started({ DATA_DIR: dataDir })
}

async function oneBackend(dataDir: string): Promise<number> {
  const [row] = await asAdmin(
    await adminUrlOf(dataDir),
    `select pid from pg_stat_activity where application_name = 'openras' order by random() limit 1`,
  )
  return Number(row?.pid)
}

async function settleAll(service: ServiceProcess, all: readonly Sent[], faults: string[]): Promise<void> {
  const waiting = [...all]
  const client = async () => {
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) await settle(service, one, faults)
  }
  await Promise.all(Array.from({ length: 8 }, client))
}

// As a client does that was told nothing: the same request under the same key, until it is answered.
async function settle(service: ServiceProcess, one: Sent, faults: string[]): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await post(service, one)
    note(one, answer, faults)
    if (answer?.status === 201) return
    await delay(100)
  }
  faults.push(`${one.key} was never answered`)
}

function note(one: Sent, answer: Answer, faults: string[]): void {
  if (answer === null || [409, 503].includes(answer.status)) return
  if (answer.status !== 201) faults.push(`${one.key}: ${answer.status} ${answer.body}`)
  else if (one.answer === null) one.answer = answer.body
  else if (one.answer !== answer.body) faults.push(`${one.key} was answered differently: ${answer.body}`)
}

async function post({ address }: ServiceProcess, { key, payload }: Sent): Promise<Answer> {
  try {
    const response = await fetch(`${address}/v1/assessments`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer demo-author',
        'idempotency-key': key,
        'content-type': 'application/json',
      },
      body: JSON.stringify(payload),
      signal: AbortSignal.timeout(15_000),
    })
    return { status: response.status, body: await response.text() }
  } catch {
    return null
  }
}

function sample<T>(all: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, Math.floor(all.length / most))
  return all.filter((_, i) => i % step === 0)
}

async function databaseFaults(dataDir: string, sent: readonly Sent[], earlier: number): Promise<string[]> {
  const url = await adminUrlOf(dataDir)
  await delay(1_000)
  const faults: string[] = []
  const [row] = await asAdmin(
    url,
    `select count(*)::int as n, count(distinct p.source_ref)::int as refs
     from openras.event e join openras.payload p using (authority_id, event_id) where e.on_date is not null`,
  )
  const answered = earlier + sent.filter(({ answer }) => answer !== null).length
  if (row?.n !== answered || row?.refs !== answered)
    faults.push(`${answered} acknowledged, ${row?.n} allocations of ${row?.refs} assessments stored`)
  for (const [what, where] of Object.entries(HALVES)) {
    const [{ n } = { n: 0 }] = await asAdmin(url, `select count(*)::int as n from ${where}`)
    if (n !== 0) faults.push(`${n} times: ${what}`)
  }
  return faults
}

const without = (table: string, other: string) =>
  `openras.${table} x where not exists (select from openras.${other} y where y.authority_id = x.authority_id and y.event_id = x.event_id)`

const HALVES: Readonly<Record<string, string>> = {
  'an intake without its payload': `${without('event', 'payload')} and x.on_date is not null`,
  'a payload without its event': without('payload', 'event'),
  'a document without its event': without('document', 'event'),
  'an event without its log entry': without('event', 'log_entry'),
  'a log entry without its event': without('log_entry', 'event'),
  'a gap in the log':
    '(select from openras.log_entry group by authority_id having count(*) <> max(log_index) + 1) as gaps',
}
