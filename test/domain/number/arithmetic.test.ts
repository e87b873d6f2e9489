// The two arithmetics say the same of the same numbers: exact fractions to the last digit, doubles to a hair.
import fc from 'fast-check'
import t from 'tap'
import { DOUBLES, EXACT } from '../../../src/domain/number/arithmetic.ts'
import { fractionDouble } from '../../../src/domain/number/double.ts'
import { add, compare, type Fraction, fraction } from '../../../src/domain/number/fraction.ts'

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a), Math.abs(b))

t.test('sums, differences, products and quotients agree', async (t) => {
  const any = fc
    .tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 1, max: 400 }))
    .map(([n, d]) => fraction(BigInt(n), BigInt(d)))
  fc.assert(
    fc.property(any, any, (a, b) => {
      const [x, y] = [DOUBLES.from(a), DOUBLES.from(b)]
      const same = (exact: Fraction, double: number) => near(fractionDouble(exact), double)
      return (
        same(EXACT.plus(EXACT.from(a), b), DOUBLES.plus(x, y)) &&
        compare(EXACT.plus(a, b), add(a, b)) === 0 &&
        same(EXACT.minus(a, b), DOUBLES.minus(x, y)) &&
        same(EXACT.times(a, b), DOUBLES.times(x, y)) &&
        (b.n === 0n || same(EXACT.ratio(a, b), DOUBLES.ratio(x, y))) &&
        Math.sign(EXACT.compare(a, b)) === Math.sign(DOUBLES.compare(x, y)) &&
        (a.n < 0n || EXACT.floor(a) === DOUBLES.floor(x))
      )
    }),
    { seed: 3, numRuns: 1000 },
  )
  t.pass('1000 pairs')
})

t.test('numbers on one denominator stay on one, and a quotient is in lowest terms', async (t) => {
  t.strictSame(EXACT.plus({ n: 1n, d: 6n }, { n: 2n, d: 6n }), { n: 3n, d: 6n })
  t.strictSame(EXACT.plus({ n: 1n, d: 6n }, { n: 1n, d: 3n }), { n: 3n, d: 6n })
  t.strictSame(EXACT.minus({ n: 1n, d: 3n }, { n: 1n, d: 6n }), { n: 1n, d: 6n })
  t.strictSame(EXACT.plus({ n: 1n, d: 4n }, { n: 1n, d: 6n }), { n: 5n, d: 12n })
  t.strictSame(EXACT.ratio({ n: 4n, d: 6n }, { n: 2n, d: 6n }), { n: 2n, d: 1n })
  t.strictSame(EXACT.ratio({ n: 1n, d: 6n }, { n: 2n, d: 3n }), { n: 1n, d: 4n })
  t.strictSame(EXACT.shared?.([fraction(1n, 4n), fraction(1n, 6n)]), [
    { n: 3n, d: 12n },
    { n: 2n, d: 12n },
  ])
})

t.test(
  'fractions with nothing in common are fixed to ten decimals, and doubles are as they are',
  async (t) => {
    const primes = Array.from({ length: 2000 }, (_, i) => i + 2).filter((n) =>
      Array.from({ length: n - 2 }, (_, i) => i + 2).every((by) => n % by !== 0),
    )
    const settled = EXACT.settled?.(primes.map((prime) => fraction(1n, BigInt(prime))))
    t.strictSame(settled?.[1], { n: 3_333_333_333n, d: 10_000_000_000n })
    t.strictSame(EXACT.settled?.([{ n: 2n, d: 4n }, fraction(1n, 3n)]), [
      { n: 3n, d: 6n },
      { n: 2n, d: 6n },
    ])
    t.strictSame([DOUBLES.settled, DOUBLES.shared], [null, null])
  },
)

t.test('doubles that differ by a hair are the same number', async (t) => {
  t.equal(DOUBLES.compare(0.1 + 0.2, 0.3), 0)
  t.equal(DOUBLES.compare(0.3, 0.1 + 0.2), 0)
  t.ok(DOUBLES.compare(0.3, 0.300000001) < 0)
  t.ok(DOUBLES.compare(0.300000001, 0.3) > 0)
  t.equal(DOUBLES.floor((0.1 + 0.7) * 10), 8)
  t.equal(DOUBLES.floor(7.999), 7)
})

t.test('both are written alike', async (t) => {
  t.equal(EXACT.fixed(fraction(2n, 3n), 4), '0.6667')
  t.equal(DOUBLES.fixed(2 / 3, 4), '0.6667')
})
