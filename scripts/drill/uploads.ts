// Uploads of whole cohorts at once: `npm run drill -- uploads [uploads = 40] [rows = 50000] [megabytes = 512]`. Every
// one is stored or refused within a second, in the end all are, and the service, a process of its own, stays within its
// memory. Then each kind of heavy reading is asked for eight times at once, within the memory that operators are told to
// allow. Ends with 1 if any of it does not hold.
import { readFile } from 'node:fs/promises'
import { started } from '../../test/trust/service-process.ts'
import { cohortFile, type Uploaded, uploadFaults, uploadTogether } from '../../test/trust/upload-run.ts'
import { drill, numberArgument } from './stage.ts'

const uploads = numberArgument(0, 40)
const rows = numberArgument(1, 50_000)
const megabytes = numberArgument(2, 512)
/** What docs/operations.md and the compose file allow. */
const ALLOWED_MB = 1024
/** Sending a megabyte to a busy machine is not the service's delay alone. */
const QUICK_MS = 3_000

await drill(async (start) => {
  const { applicationUrl, authority } = await start()
  const { author } = await authority('avon', { sampled: true })
  const authorization = author.authorization ?? ''
  const { child, address, end } = await started({ DATABASE_URL: applicationUrl, LOG_LEVEL: 'info' })
  const peak = async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
    const read = (name: string) =>
      Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024)
    return { peakMb: read('VmHWM'), nowMb: read('VmRSS') }
  }
  const faults: string[] = []
  const within = async (what: string, tries: readonly Uploaded[], most = ALLOWED_MB) => {
    const memory = await peak()
    const slowest = Math.round(
      Math.max(0, ...tries.filter(({ status }) => status === 503).map(({ ms }) => ms)),
    )
    const counts = Map.groupBy(tries, ({ status }) => status)
    const statuses = [...counts].map(([status, { length }]) => `${length} × ${status}`)
    console.log(what, JSON.stringify({ statuses, slowestRefusalMs: slowest, ...memory }))
    faults.push(...uploadFaults(tries, QUICK_MS).map((fault) => `${what}: ${fault}`))
    if (memory.peakMb > most) faults.push(`${what}: ${memory.peakMb} MB resident`)
  }
  try {
    console.log('at rest', JSON.stringify(await peak()))
    const file = cohortFile(rows)
    const all = await uploadTogether(address, authorization, file, { uploads, again: true })
    await within(`${uploads} uploads of ${rows} rows`, all.flat(), megabytes)
    const stored = all.filter((tries) => tries.at(-1)?.status === 201).length
    if (stored !== uploads) faults.push(`${stored} of ${uploads} were stored in the end`)
    const run = await runOn(
      address,
      authorization,
      JSON.parse(all.flat().find(({ status }) => status === 201)?.body ?? '{}').id,
    )
    await within('a run', [])
    for (const path of [
      'report?depth=persons',
      'export.xlsx?depth=persons',
      'export.csv?depth=persons',
      'comparison?on=2026-06-01',
    ]) {
      const asked = Array.from({ length: 8 }, () => read(`${address}${run}/${path}`, authorization))
      const tries = (await Promise.all(asked)).map((one) =>
        one.status === 200 ? { ...one, status: 201 } : one,
      )
      await within(`8 × ${path}`, tries)
    }
  } finally {
    await end('SIGTERM')
  }
  return faults
})

async function read(url: string, authorization: string): Promise<Uploaded> {
  const began = performance.now()
  const response = await fetch(url, { headers: { authorization } })
  const body = (await response.text()).slice(0, 300)
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    ms: performance.now() - began,
    body,
  }
}

/** Seals a cohort, has it calibrated, and waits for the end: the run's path. */
async function runOn(address: string, authorization: string, cohort: string): Promise<string> {
  const send = async (path: string, body: object) => {
    const response = await fetch(`${address}${path}`, {
      method: 'POST',
      headers: { authorization, 'idempotency-key': path, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    return response
  }
  await send(`/v1/cohorts/${cohort}/seal`, {})
  const asked = await send('/v1/calibration-runs', {
    cohortId: cohort,
    groups: 'all',
    methods: [{ method: 'fixed' }],
    budget: { basis: 'spend', uplift: '0', efficiency: '0' },
  })
  const path = asked.headers.get('location') ?? ''
  for (;;) {
    const { state } = (await (await fetch(`${address}${path}`, { headers: { authorization } })).json()) as {
      state: string
    }
    if (state === 'done') return path
    if (state !== 'queued' && state !== 'running') throw new Error(`the run is ${state}`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
