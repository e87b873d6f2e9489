// PollingLoop follow each other at once while there is more to do, wait otherwise, and end when they are told to.
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { startPollingLoop } from '../../src/store/polling-loop.ts'

const failsThe = (t: { fail(message: string): void }) => (error: unknown) => t.fail(String(error))

t.test('a round that has more to do is followed at once', async (t) => {
  let made = 0
  const loop = startPollingLoop(async () => ++made < 5, { waitMs: 600_000, onError: failsThe(t) })
  await delay(20)
  await loop.stop()
  t.equal(made, 5)
})

t.test('a round that fails is told, and made again after the wait', async (t) => {
  const told: unknown[] = []
  let made = 0
  const round = async () => {
    made += 1
    if (made === 1) throw new Error('first')
    return false
  }
  const loop = startPollingLoop(round, { waitMs: 10, onError: (error) => told.push(error) })
  while (made < 3) await delay(5)
  await loop.stop()
  t.match(told, [{ message: 'first' }])
})

t.test('a stop cuts the wait short, and none is made after it', async (t) => {
  let made = 0
  const round = async () => {
    made += 1
    return false
  }
  const loop = startPollingLoop(round, { waitMs: 600_000, onError: failsThe(t) })
  await delay(20)
  await loop.stop()
  await loop.stop()
  await delay(20)
  t.equal(made, 1)
})

t.test('a stop in the middle of a round tells it, and waits for its end', async (t) => {
  const { promise: told, resolve: tell } = Promise.withResolvers<void>()
  let ended = false
  const round = async (stopping: AbortSignal) => {
    stopping.addEventListener('abort', () => tell())
    await told
    await delay(20)
    ended = true
    return true
  }
  const loop = startPollingLoop(round, { waitMs: 600_000, onError: failsThe(t) })
  await loop.stop()
  t.ok(ended)
})
