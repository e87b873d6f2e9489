// Load on one address by autocannon, from this process: closed loop, a fixed number of connections, every answer
// counted and its status checked.
import autocannon from 'autocannon'
import { processorTime } from './cpu.ts'
import { percentile } from './figures.ts'

export const CONNECTIONS = 16

export type Request = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

export type Load = {
  /** Makes the next request; each is sent once. */
  readonly next: () => Request
  readonly expected: number
}

export type Figures = {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly answers: number
  /** Microseconds of processor time an answer took, of the program and PostgreSQL together; NaN where unknown. */
  readonly cpu: number
}

/** Loads one side for some seconds; refuses to report when any answer was not the expected one. */
export async function measure({ url, load, pids }: Side, seconds: number): Promise<Figures> {
  const times: number[] = []
  let wrong = 0
  const before = await timesOf(pids)
  const started = performance.now()
  let last = started
  await new Promise<void>((resolve, reject) => {
    const instance = autocannon(
      {
        url,
        connections: CONNECTIONS,
        duration: seconds,
        requests: [{ setupRequest: (request) => ({ ...request, ...load.next() }) }],
      },
      (error) => (error ? reject(error) : resolve()),
    )
    instance.on('response', (_client, status, _bytes, time) => {
      if (status !== load.expected) wrong += 1
      times.push(time)
      last = performance.now()
    })
    instance.on('reqError', () => {
      wrong += 1
    })
  })
  if (wrong > 0 || times.length === 0) {
    throw new Error(`${wrong} of ${times.length} answers of ${url} were not ${load.expected}.`)
  }
  const cpu = ((await timesOf(pids)) - before) / times.length
  times.sort((a, b) => a - b)
  const perSecond = times.length / ((last - started) / 1000)
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)]
  return { perSecond, p50, p99, answers: times.length, cpu }
}

async function timesOf(pids: readonly number[]): Promise<number> {
  const times = await Promise.all(pids.map(processorTime))
  return times.reduce<number>((sum, time) => sum + (time ?? Number.NaN), 0)
}

/** Both sides in turns, A B B A …, so that whatever drifts meets both alike; the ratio is the median of the pairs'. */
export async function compare(
  [a, b]: readonly [Side, Side],
  { rounds, seconds, warmup }: Pace,
): Promise<Comparison> {
  for (const side of [a, b]) await measure(side, warmup)
  const pairs: [Figures, Figures][] = []
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0 ? a : b
    const second = first === a ? b : a
    const one = await measure(first, seconds)
    const two = await measure(second, seconds)
    pairs.push(first === a ? [one, two] : [two, one])
  }
  const ratios = pairs.map(([x, y]) => x.perSecond / y.perSecond).sort((x, y) => x - y)
  return {
    a: middle(pairs.map(([x]) => x)),
    b: middle(pairs.map(([, y]) => y)),
    ratio: percentile(ratios, 0.5),
    ratios,
  }
}

export type Side = {
  readonly url: string
  readonly load: Load
  /** The processes that answer: the program's, and PostgreSQL's first. */
  readonly pids: readonly number[]
}

export type Pace = { readonly rounds: number; readonly seconds: number; readonly warmup: number }

export type Comparison = {
  readonly a: Figures
  readonly b: Figures
  readonly ratio: number
  readonly ratios: readonly number[]
}

function middle(rounds: readonly Figures[]): Figures {
  const of = (name: keyof Figures) =>
    percentile(
      rounds.map((round) => round[name]).sort((x, y) => x - y),
      0.5,
    )
  const [perSecond, p50, p99] = [of('perSecond'), of('p50'), of('p99')]
  return { perSecond, p50, p99, answers: of('answers'), cpu: of('cpu') }
}
