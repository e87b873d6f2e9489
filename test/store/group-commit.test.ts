// Work that comes together is done together, and nothing that befalls one of a group befalls the others.
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { groupCommit } from '../../src/store/group-commit.ts'

const LIMITS = { most: 3, atOnce: 1, patience: 1_000 }

/** Doubles numbers, a turn of the event loop later, and keeps the groups it was given. */
function doubling() {
  const groups: (readonly number[])[] = []
  const together = async (numbers: readonly number[]) => {
    groups.push(numbers)
    await delay(1)
    if (numbers.includes(13)) throw new RangeError('13 is refused')
    if (numbers.includes(99)) throw new Error('the connection is lost')
    return numbers.map((number) => number * 2)
  }
  const alone = async (number: number) => Number((await together([number]))[0])
  const isWorthAnother = (error: unknown, count: number) => count > 1 && error instanceof RangeError
  return { groups, doing: { together, alone, isWorthAnother } }
}

t.test(
  'one alone goes at once; what comes meanwhile goes together, in its order, up to the most',
  async (t) => {
    const { groups, doing } = doubling()
    const double = groupCommit(LIMITS, doing)
    t.strictSame(await Promise.all([1, 2, 3, 4, 5].map(double)), [2, 4, 6, 8, 10])
    t.strictSame(groups, [[1], [2, 3, 4], [5]])
    t.equal(await double(6), 12)
    t.strictSame(groups.at(-1), [6])
  },
)

t.test('as many groups as allowed are under way at once', async (t) => {
  const { groups, doing } = doubling()
  const double = groupCommit({ ...LIMITS, atOnce: 2 }, doing)
  await Promise.all([1, 2, 3, 4].map(double))
  t.strictSame(groups, [[1], [2], [3, 4]])
})

t.test('a group that fails for one is done one by one: only that one fails', async (t) => {
  const { groups, doing } = doubling()
  const double = groupCommit(LIMITS, doing)
  const done = await Promise.allSettled([1, 2, 13, 4].map(double))
  t.match(done, [{ value: 2 }, { value: 4 }, { reason: { message: '13 is refused' } }, { value: 8 }])
  t.strictSame(groups, [[1], [2, 13, 4], [2], [13], [4]])
})

t.test('a group that fails for all is not done again: nobody knows what became of it', async (t) => {
  const { groups, doing } = doubling()
  const double = groupCommit(LIMITS, doing)
  const done = await Promise.allSettled([1, 2, 99].map(double))
  t.match(done, [{ value: 2 }, { reason: { message: /lost/ } }, { reason: { message: /lost/ } }])
  t.strictSame(groups, [[1], [2, 99]])
  t.equal(await double(3), 6, 'and the next ones go on')
})

t.test('who waits too long for a turn is told so, and is not done later', async (t) => {
  const groups: (readonly number[])[] = []
  const slow = async (numbers: readonly number[]) => {
    groups.push(numbers)
    await delay(50)
    return numbers
  }
  const keep = groupCommit({ ...LIMITS, patience: 10 }, { ...doubling().doing, together: slow })
  const done = await Promise.allSettled([1, 2].map(keep))
  t.match(done, [
    { value: 1 },
    { reason: { name: 'DatabaseUnreachable', message: 'its turn did not come within 10 ms' } },
  ])
  t.strictSame(groups, [[1]])
})

t.test(
  'even one by itself is done again where that may help, out of turn: nobody waits behind it',
  async (t) => {
    const order: string[] = []
    const doing = {
      together: async ([first = 0, ...others]: readonly number[]) => {
        await delay(1)
        if (first === 1) throw new RangeError('held')
        order.push(`together ${first}`)
        return [first, ...others]
      },
      alone: async (number: number) => {
        await delay(30)
        order.push(`alone ${number}`)
        return number
      },
      isWorthAnother: () => true,
    }
    const keep = groupCommit(LIMITS, doing)
    t.strictSame(await Promise.all([1, 2].map(keep)), [1, 2])
    t.strictSame(order, ['together 2', 'alone 1'])
  },
)
