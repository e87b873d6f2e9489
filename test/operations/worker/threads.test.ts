import { readFileSync } from 'node:fs'
import t from 'tap'
import type { Questionnaire } from '../../../src/contract/documents/questionnaire.ts'
import { type Threads, WorkStopped, workThreads } from '../../../src/operations/worker/threads.ts'
import { WorkersBusy, workerPool } from '../../../src/operations/worker/worker-pool.ts'

const questionnaire: Questionnaire = JSON.parse(
  readFileSync(new URL('../../../examples/questionnaire-adult.json', import.meta.url), 'utf8'),
)
const HEAD = '{}'
const NOBODY = { summary: { all: { rows: 0 } } }

let made = 0
process.on('worker', () => {
  made += 1
})

/** Work on a cohort of one part. */
const summary = (threads: Threads, part: string) =>
  threads.start('summary', { parts: [new TextEncoder().encode(part)], questionnaire })

/** How many threads were made until all of these had ended. */
async function madeFor(works: readonly (() => Promise<unknown>)[]): Promise<number> {
  const before = made
  for (const work of works) await work()
  return made - before
}

const threads = workThreads()
t.teardown(() => threads.close())

t.test('a thread whose work ended well has the next; one that broke has none', async (t) => {
  const well = async () => t.match(JSON.parse(await summary(threads, HEAD).result), NOBODY)
  t.equal(await madeFor([well, well, well]), 1)
  const broken = () => t.rejects(summary(threads, `${HEAD}\nno case`).result, SyntaxError)
  t.equal(await madeFor([broken, well, well]), 1, 'the broken one was that of before')
})

t.test('whoever stops work ends its thread, and never the thread of another', async (t) => {
  const first = summary(threads, HEAD)
  await first.result
  const second = summary(threads, HEAD)
  await first.stop()
  t.match(JSON.parse(await second.result), NOBODY, 'the thread of the first is at work for the second')
  const third = summary(threads, HEAD)
  await Promise.all([third.stop(), t.rejects(third.result, WorkStopped)])
  t.equal(await madeFor([() => summary(threads, HEAD).result]), 1)
})

t.test('large work has a thread to itself, and after the close none is kept', async (t) => {
  const others = workThreads()
  const small = () => summary(others, HEAD).result
  const large = () => summary(others, HEAD.padEnd(2 ** 20 + 1)).result
  t.equal(await madeFor([small, large, small]), 2, 'both small ones share one')
  await others.close()
  t.equal(await madeFor([small]), 1)
})

t.test('one more than so many at once is refused, until one has ended', async (t) => {
  const pool = workerPool(threads, 1)
  const first = pool.run('summary', { parts: [], questionnaire })
  await t.rejects(pool.run('summary', { parts: [], questionnaire }), WorkersBusy)
  await first
  t.match(JSON.parse(await pool.run('summary', { parts: [], questionnaire })), NOBODY)
})
