// The level that meets a budget, in both arithmetics: worked by hand, and against what a level gives.
import { strictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { clamped, solveLevel } from '../../../../src/domain/calibration/budget/budget-solver.ts'
import type { Piece } from '../../../../src/domain/calibration/methods/shape.ts'
import { type Arithmetic, DOUBLES, EXACT } from '../../../../src/domain/number/arithmetic.ts'
import { fractionDouble } from '../../../../src/domain/number/double.ts'
import { compare, type Fraction, fraction } from '../../../../src/domain/number/fraction.ts'

/** offset, rate, low, high. */
type Row = readonly [number, number, number, number | null]

function pieces<N>({ whole }: Arithmetic<N>, rows: readonly Row[]): readonly Piece<N>[] {
  return rows.map(([offset, rate, low, high]) => ({
    offset: whole(offset),
    rate: whole(rate),
    low: whole(low),
    high: high === null ? null : whole(high),
  }))
}

type Solved = { readonly level: Fraction; readonly reached: string }

/** The exact answer, held against the one in doubles. */
function solved(rows: readonly Row[], target: number, near = 0, masses = rows.map(() => 1)): Solved | null {
  const answer = <N>(arithmetic: Arithmetic<N>) =>
    solveLevel(
      arithmetic,
      pieces(arithmetic, rows),
      masses.map(arithmetic.whole),
      arithmetic.whole(target),
      arithmetic.whole(near),
    )
  const [exact, doubles] = [answer(EXACT), answer(DOUBLES)]
  strictEqual(exact?.reached, doubles?.reached)
  if (exact === null || doubles === null) return null
  const level = fractionDouble(exact.level)
  strictEqual(Math.abs(level - doubles.level) <= 1e-9 * Math.max(1, Math.abs(level)), true)
  return exact
}

function sumAt(rows: readonly Row[], level: Fraction): Fraction {
  return pieces(EXACT, rows)
    .map((piece) => clamped(EXACT, piece, level))
    .reduce(EXACT.plus)
}

const scaled = (low: number, high: number | null, ...rates: readonly number[]): readonly Row[] =>
  rates.map((rate) => [0, rate, low, high])

t.test('without bounds the level is the target’s share', async (t) => {
  t.strictSame(solved(scaled(0, null, 1, 2, 3), 12), { level: fraction(2n), reached: 'exactly' })
  t.strictSame(solved(scaled(0, null, 1, 2, 3), 7, 1, [1, 0, 3]), {
    level: fraction(7n, 10n),
    reached: 'exactly',
  })
})

t.test('the cap of the worked example gives £840 a point', async (t) => {
  t.strictSame(solved(scaled(0, 15_000, 5, 10, 10, 20, 30, 40), 66_000)?.level, fraction(840n))
})

t.test('a line moves between what lies below and above it', async (t) => {
  const rows: readonly Row[] = [
    [500, 1, 100, 600],
    [1000, 1, 200, 1200],
    [1500, 1, 300, 1800],
  ]
  t.strictSame(solved(rows, 2400, -300), { level: fraction(-200n), reached: 'exactly' })
  t.strictSame(solved(rows, 3500), { level: fraction(200n), reached: 'exactly' })
})

t.test('a target beyond the bounds gives the nearest level, and a flat stretch its end', async (t) => {
  const rows = scaled(10, 20, 1, 100)
  t.strictSame(solved(rows, 5), { level: fraction(1n, 10n), reached: 'over' })
  t.strictSame(solved(rows, 50), { level: fraction(20n), reached: 'short' })
  t.strictSame(solved(rows, 40), { level: fraction(20n), reached: 'exactly' })
  // Between 0.2 and 10 the sum stands at 30.
  t.strictSame(solved(rows, 30), { level: fraction(10n), reached: 'exactly' })
  t.strictSame(solved(rows, 31, 7), { level: fraction(11n), reached: 'exactly' })
})

t.test('what does not move counts, and where nothing moves there is no level', async (t) => {
  t.strictSame(solved([[7, 0, 0, 5], ...scaled(0, null, 2)], 11)?.level, fraction(3n))
  t.equal(solved(scaled(0, 10, 0, 0), 5), null)
  t.equal(solved(scaled(0, 10, 1, 2), 5, 0, [0, 0]), null)
})

t.test('the sum at the level is the target, or nothing comes nearer', async (t) => {
  const whole = (most: number) => fc.integer({ min: 0, max: most })
  const row = fc
    .tuple(fc.integer({ min: -900, max: 900 }), whole(9), whole(500), fc.option(whole(800)))
    .map(([offset, rate, low, up]): Row => [offset, rate, low, up === null ? null : low + up])
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 30 }),
      whole(20_000),
      fc.integer({ min: -500, max: 500 }),
      (rows, target, near) => {
        const found = solved(rows, target, near)
        if (found === null) return rows.every(([, rate]) => rate === 0)
        const side = compare(sumAt(rows, found.level), fraction(BigInt(target)))
        const beyond = fraction(
          found.level.n + found.level.d * (found.reached === 'over' ? -1n : 1n),
          found.level.d,
        )
        const still = compare(sumAt(rows, beyond), sumAt(rows, found.level)) === 0
        if (found.reached === 'exactly') return side === 0
        return still && (found.reached === 'over' ? side > 0 : side < 0)
      },
    ),
    { seed: 88, numRuns: 500 },
  )
  t.pass('500 sums')
})
