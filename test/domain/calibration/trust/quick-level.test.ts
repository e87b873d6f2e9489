import t from 'tap'
import {
  type QuickTerms,
  quickClamped,
  quickLevel,
} from '../../../../src/domain/calibration/trust/quick-level.ts'

function terms(rates: readonly number[], low: number, high: number): QuickTerms {
  const same = (value: number) => new Float64Array(rates.length).fill(value)
  return { mass: same(1), offset: same(0), rate: Float64Array.from(rates), low: same(low), high: same(high) }
}

function sum(given: QuickTerms, level: number): number {
  return quickClamped(given, level).reduce((all, value) => all + value, 0)
}

t.test('without bounds the level is the target’s share', async (t) => {
  t.ok(Math.abs((quickLevel(terms([1, 2, 3], 0, Number.POSITIVE_INFINITY), 12) ?? 0) - 2) < 1e-12)
})

t.test('the cap of the worked example gives £840 a point', async (t) => {
  const level = quickLevel(terms([5, 10, 10, 20, 30, 40], 0, 15_000), 66_000)
  t.ok(Math.abs((level ?? 0) - 840) < 1e-9)
})

t.test('between a floor and a cap the sum is the target, wherever the answer lies', async (t) => {
  const given = terms([1, 2, 4, 8, 16, 100], 10, 50)
  for (let target = 61; target < 300; target += 7) {
    const level = quickLevel(given, target)
    t.ok(Math.abs(sum(given, level ?? 0) - target) < 1e-9 * target, `${target}`)
  }
})

t.test('a target beyond the bounds gives the nearest level, and a flat stretch is no trap', async (t) => {
  const given = terms([1, 100], 10, 20)
  t.equal(quickLevel(given, 5), 0.1)
  t.equal(quickLevel(given, 50), 20)
  // Between 0.2 and 10 the sum stands at 30.
  t.equal(sum(given, quickLevel(given, 30) ?? 0), 30)
  t.ok(Math.abs(sum(given, quickLevel(given, 30.5) ?? 0) - 30.5) < 1e-9)
})

t.test('where nothing moves with the level there is none', async (t) => {
  t.equal(quickLevel(terms([0, 0], 0, 10), 5), null)
})
