// What dashboards ask of a long history: pages of the list under each common filter, one person's allocations, pages
// of the feed. One request at a time, so the figure is what one person waits for.
import { percentile } from './figures.ts'
import type { Row } from './report.ts'

const TIMES = 30
const WARM = 3
// A slow read has said enough after this long.
const ENOUGH_MS = 15_000

type Read = { readonly name: string; readonly path: string; readonly body?: (turn: number) => object }

/** Milliseconds of each read against the service at `url`, p50 and p99 of thirty after three that warm up. */
export async function readTimes(url: string, apiKey: string, rows: number): Promise<readonly Row[]> {
  const list = '/v1/allocations?limit=100'
  const reads: Read[] = [
    { name: 'list, newest 100', path: list },
    { name: 'list, by user group', path: `${list}&userGroup=older-people` },
    { name: 'list, by outcome (1 in 7)', path: `${list}&outcome=not-eligible` },
    { name: 'list, by outcome (none)', path: `${list}&outcome=refer-individual-costing` },
    { name: 'list, by questionnaire (none)', path: `${list}&questionnaire=sample-carer` },
    { name: 'list, current only', path: `${list}&current=true` },
    { name: 'list, created in one day', path: `${list}&${aDay()}` },
    {
      name: 'search, one person',
      path: '/v1/allocations/search',
      body: (turn) => ({ personRef: `P-${turn * 7 + 1}` }),
    },
    { name: 'feed, 100 from the middle', path: `/v1/feed?limit=100&after=${Math.floor(rows / 2)}` },
  ]
  const measured: Row[] = []
  for (const read of reads) measured.push([read.name, ...(await times(url, apiKey, read))])
  return measured
}

// Half a year ago: in the middle of what there is.
function aDay(): string {
  const from = Date.now() - 182 * 86_400_000
  const [createdFrom, createdBefore] = [from, from + 86_400_000].map((at) => new Date(at).toISOString())
  return `createdFrom=${createdFrom}&createdBefore=${createdBefore}`
}

async function times(url: string, apiKey: string, read: Read): Promise<string[]> {
  const taken: number[] = []
  const begun = performance.now()
  for (let turn = 0; turn < WARM + TIMES; turn += 1) {
    const started = performance.now()
    const status = await statusOf(url, apiKey, read, turn)
    // A read that takes longer than a statement may is a figure too.
    if (status !== 200) return [`answered ${status}`, '–']
    if (turn >= WARM || performance.now() - begun > ENOUGH_MS) taken.push(performance.now() - started)
    if (taken.length > 0 && performance.now() - begun > ENOUGH_MS) break
  }
  taken.sort((a, b) => a - b)
  return [percentile(taken, 0.5), percentile(taken, 0.99)].map((ms) => ms.toFixed(1))
}

async function statusOf(url: string, apiKey: string, { path, body }: Read, turn: number): Promise<number> {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body(turn)) }
  const response = await fetch(url + path, { headers, ...sent })
  await response.arrayBuffer()
  return response.status
}
