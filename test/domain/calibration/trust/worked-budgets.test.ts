// The bounded line for six people, worked by hand over budgets other than what they cost now: the line, the prices and
// the table go with the budget, and so does whatever is made of people drawn again.
import t from 'tap'
import { fit } from '../../../../src/domain/calibration/methods/fit.ts'
import { amountAt } from '../../../../src/domain/calibration/methods/knots.ts'
import { fitRows, refitting } from '../../../../src/domain/calibration/trust/refitting.ts'
import { DOUBLES, EXACT } from '../../../../src/domain/number/arithmetic.ts'
import { type Fraction, fraction } from '../../../../src/domain/number/fraction.ts'
import { TINY } from './cohorts.ts'

const request = { method: 'bounded-line' } as const
const PLACES = [1000, 2000, 3000, 4000]

function inputOf(target: Fraction, cases = TINY) {
  return { cases, scaleMaximum: 4000, target, neutral: true, surplus: 'redistribute' } as const
}

const WORKED = [
  {
    share: 85n,
    coefficients: {
      slope: '935',
      intercept: '-11050',
      floorPrice: '377.7777777778',
      ceilingPrice: '552.5',
      shiftedIntercept: '-10719.444444445',
    },
    table: ['3777.78', '7980.56', '16575.00', '22100.00'],
    drawn: ['4533.33', '9066.67', '15016.67', '22100.00'],
  },
  {
    share: 110n,
    coefficients: {
      slope: '1210',
      intercept: '-14300',
      floorPrice: '488.8888888889',
      ceilingPrice: '715',
      shiftedIntercept: '-13872.2222222225',
    },
    table: ['4888.89', '10327.78', '21450.00', '28600.00'],
    drawn: ['5866.67', '11733.33', '19433.33', '28600.00'],
  },
]

for (const { share, coefficients, table, drawn } of WORKED) {
  const target = fraction(6_600_000n * share, 100n)

  t.test(`${share}% of what they cost: the line and its table`, async (t) => {
    const made = fit(request, inputOf(target))
    t.strictSame(made.coefficients, coefficients)
    const amounts = PLACES.map((points) => {
      const { n, d } = amountAt(EXACT, made.curve, points)
      return EXACT.fixed(fraction(n, d * 100n), 2)
    })
    t.strictSame(amounts, table)
  })

  t.test(`${share}%, the first drawn twice and the second never: their part of the budget`, async (t) => {
    const people = [0, 0, 2, 3, 4, 5].flatMap((i) => TINY[i] ?? [])
    // They cost £65,000 of the £66,000.
    const exact = fit(request, inputOf(fraction(target.n * 65n, target.d * 66n), people))
    const again = fitRows(
      refitting({ ...inputOf(target), request, targetFollows: 'spend' }),
      Uint32Array.of(0, 0, 2, 3, 4, 5),
    )
    const curve = 'refused' in again ? { knots: [] } : again.curve
    PLACES.forEach((points, i) => {
      const { n, d } = amountAt(EXACT, exact.curve, points)
      t.equal(EXACT.fixed(fraction(n, d * 100n), 2), drawn[i])
      t.equal((amountAt(DOUBLES, curve, points) / 100).toFixed(2), drawn[i])
    })
  })
}
