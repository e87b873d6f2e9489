// The expected numbers were printed by the reference C code of xoshiro128** and splitmix64, compiled on their own.
import t from 'tap'
import { drawsBelow, type RandomState, seeded, shuffled, words } from '../../../src/domain/number/random.ts'

t.test('the generator gives what the reference implementation gives', async (t) => {
  const expected = [
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ]
  t.strictSame([...words([1, 2, 3, 4], 10).draws], expected)
})

t.test('a seed is spread over the state as the reference spreads it', async (t) => {
  t.strictSame(seeded(0), [2065550767, 3793791033, 2713282036, 1853398634])
  t.strictSame(seeded(2012), [2124470286, 1851549705, 2421201666, 1726938527])
  t.strictSame(seeded(Number.MAX_SAFE_INTEGER), [4021704095, 616124332, 3074421144, 818148089])
})

t.test('the first numbers of a seed, and its millionth, are those of the reference', async (t) => {
  const million = words(seeded(2012), 1_000_000).draws
  const first = [522505003, 566751945, 3890364185, 2043211627, 3271331698, 316725183]
  t.strictSame([...million.subarray(0, 6)], first)
  t.equal(million[999_999], 3888746490)
})

t.test('a state passed on goes on where it stopped, and is not changed by it', async (t) => {
  const start = seeded(7)
  const whole = drawsBelow(start, 134, 1000)
  const half = drawsBelow(start, 134, 500)
  const rest = drawsBelow(half.state, 134, 500)
  t.strictSame([...half.draws, ...rest.draws], [...whole.draws])
  t.strictSame(rest.state, whole.state)
  t.strictSame(JSON.parse(JSON.stringify(whole.state)), whole.state)
})

t.test('draws below a bound are the high word of the product, as the method says', async (t) => {
  const raw = words(seeded(2012), 6).draws
  t.strictSame(
    [...drawsBelow(seeded(2012), 134, 6).draws],
    [...raw].map((word) => Math.floor((word * 134) / 2 ** 32)),
  )
})

t.test('each number below a bound is as likely as any other', async (t) => {
  const bound = 37
  const count = 370_000
  const seen = new Float64Array(bound)
  for (const draw of drawsBelow(seeded(3), bound, count).draws) seen[draw] = (seen[draw] ?? 0) + 1
  const expected = count / bound
  const chi = seen.reduce((sum, times) => sum + (times - expected) ** 2 / expected, 0)
  t.ok(chi < 67.98, `chi-square ${chi} on 36 degrees, 0.1 % point 67.98`)
})

t.test('a low word that would favour some numbers is drawn again', async (t) => {
  // Of 2^32 words, 2^32 mod 2,000,000 must be refused: about one in 4,400.
  const count = 200_000
  const { draws, state } = drawsBelow(seeded(1), 2_000_000, count)
  t.ok(draws.every((draw) => draw < 2_000_000))
  t.notSame(state, words(seeded(1), count).state)
})

t.test('a shuffle keeps every number, and every order of three comes up as often', async (t) => {
  const { draws } = shuffled(seeded(5), 1000)
  t.strictSame(
    [...draws].sort((a, b) => a - b),
    Array.from({ length: 1000 }, (_, i) => i),
  )
  const orders = new Map<string, number>()
  let state: RandomState = seeded(5)
  for (let i = 0; i < 6000; i += 1) {
    const shuffle = shuffled(state, 3)
    state = shuffle.state
    const order = shuffle.draws.join('')
    orders.set(order, (orders.get(order) ?? 0) + 1)
  }
  t.equal(orders.size, 6)
  for (const times of orders.values()) t.ok(times > 880 && times < 1120, `${times} of 6000`)
  t.strictSame([...shuffled(seeded(5), 0).draws], [])
  t.strictSame([...shuffled(seeded(5), 1).draws], [0])
})

t.test('a seed that is no whole number from 0 up is refused by name', async (t) => {
  for (const seed of [-1, 0.5, Number.NaN, 2 ** 53]) {
    t.throws(() => seeded(seed), {
      code: 'calibration-impossible',
      faults: [{ pointer: '/seed', code: 'parameter-out-of-range' }],
    })
  }
})

t.test('a bound too large to be exact is a mistake of the program', async (t) => {
  t.throws(() => drawsBelow(seeded(1), 2_097_153, 1), { message: /2097153/ })
})
