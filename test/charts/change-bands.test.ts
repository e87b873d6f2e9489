import fc from 'fast-check'
import t from 'tap'
import { changeBands } from '../../src/charts/change-bands.ts'
import { audienceOf } from '../../src/domain/disclosure/may-show.ts'

t.test('for the modeller: fixed bands, from the greatest loss to the greatest gain', async (t) => {
  const bands = changeBands([[-2_000_000, -1, 0, 99_999, 100_000, 100_000]])
  t.strictSame(
    bands.filter(({ counts }) => counts[0]).map(({ label, counts }) => [label, counts[0]]),
    [
      ['at least £10,000 less', 1],
      ['up to £1,000 less', 1],
      ['no change', 1],
      ['up to £1,000 more', 1],
      ['£1,000 to £2,500 more', 2],
    ],
  )
})

t.test(
  'for the public: bands are joined until no method shows from 1 to 9 people, and nobody is lost',
  async () => {
    const changes = fc.array(fc.integer({ min: -1_500_000, max: 1_500_000 }), {
      minLength: 0,
      maxLength: 120,
    })
    const fit = (moves: readonly number[]) =>
      [-1, 0, 1].every((sign) => {
        const count = moves.filter((move) => Math.sign(move) === sign).length
        return count === 0 || count >= 10
      })
    fc.assert(
      fc.property(fc.array(changes, { minLength: 1, maxLength: 3 }), (methods) => {
        fc.pre(methods.every(fit))
        const bands = changeBands(methods, audienceOf('headline'))
        return methods.every((moves, i) => {
          const counts = bands.map((band) => band.counts[i] ?? 0)
          const all = counts.reduce((sum, count) => sum + count, 0)
          return all === moves.length && counts.every((count) => count === 0 || count >= 10)
        })
      }),
    )
  },
)
