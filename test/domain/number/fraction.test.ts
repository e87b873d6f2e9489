// Exact fractions: what is added, divided and compared is never shortened, and is rounded once, by whoever asks.
import fc from 'fast-check'
import t from 'tap'
import {
  add,
  compare,
  divide,
  fraction,
  multiply,
  roundHalfUp,
  subtract,
} from '../../../src/domain/number/fraction.ts'

t.test('a denominator is above nothing, and a sign stands on top', async (t) => {
  t.throws(() => fraction(1n, 0n), /denominator/)
  t.strictSame(fraction(1n, -2n), { n: -1n, d: 2n })
  t.strictSame(fraction(6n, 4n), { n: 3n, d: 2n })
  t.strictSame(fraction(7n), { n: 7n, d: 1n })
})

const rounded: { why: string; n: bigint; d: bigint; whole: bigint }[] = [
  { why: 'below a half', n: 149n, d: 100n, whole: 1n },
  { why: 'a half', n: 3n, d: 2n, whole: 2n },
  { why: 'a half below nothing', n: -3n, d: 2n, whole: -2n },
  { why: 'just under a half below nothing', n: -149n, d: 100n, whole: -1n },
  { why: 'nothing', n: 0n, d: 5n, whole: 0n },
]
for (const { why, n, d, whole } of rounded) {
  t.test(`halves go away from zero: ${why}`, async (t) => t.equal(roundHalfUp(fraction(n, d)), whole))
}

t.test('the four sums undo each other, and order agrees with difference', async () => {
  const whole = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
  const below = fc.bigInt({ min: 1n, max: 10n ** 12n })
  const any = fc.tuple(whole, below).map(([n, d]) => fraction(n, d))
  fc.assert(
    fc.property(any, any, (a, b) => {
      const same = compare(subtract(add(a, b), b), a) === 0
      const undone = b.n === 0n || compare(divide(multiply(a, b), b), a) === 0
      const ordered = Math.sign(compare(a, b)) === Math.sign(compare(subtract(a, b), fraction(0n)))
      return same && undone && ordered
    }),
    { seed: 20121, numRuns: 500 },
  )
})
