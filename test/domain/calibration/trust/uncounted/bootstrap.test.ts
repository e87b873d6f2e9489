// A thousand resamples of many people by every method.
import t from 'tap'
import type { Band } from '../../../../../src/contract/calibration/trust.ts'
import { fit } from '../../../../../src/domain/calibration/methods/fit.ts'
import {
  advance,
  bands,
  bootstrap,
  finished,
  startBootstrap,
} from '../../../../../src/domain/calibration/trust/bootstrap.ts'
import { seeded, shuffled } from '../../../../../src/domain/number/random.ts'
import { input, METHODS, pence, width } from '../bands.ts'
import { cohort } from '../cohorts.ts'

t.test(
  'the same seed gives the same bytes, however it is sliced and in whatever order rows stand',
  async (t) => {
    const cases = cohort(1, 80, { step: 300, weights: true })
    for (const request of METHODS) {
      const given = input(cases, { request })
      const whole = JSON.stringify(bootstrap(given))
      let state = startBootstrap(given)
      for (const slice of [1, 0, 250, 700]) state = advance(state, slice)
      t.notOk(finished(state))
      t.equal(bands(state).done, 951)
      state = advance(state, 5000)
      t.ok(finished(state))
      t.equal(JSON.stringify(bands(state)), whole)
      const order = [...shuffled(seeded(1), 80).draws].flatMap((i) => cases[i] ?? [])
      t.equal(JSON.stringify(bootstrap({ ...given, cases: order })), whole)
      t.not(JSON.stringify(bootstrap({ ...given, seed: 2013 })), whole)
    }
  },
)

t.test(
  'every method’s band holds its estimate, which is the exact method’s, and narrows with more people',
  async (t) => {
    for (const request of METHODS) {
      const few = bootstrap(input(cohort(5, 60), { request }))
      const many = bootstrap(input(cohort(5, 960), { request }))
      for (const found of [few, many]) {
        for (const { estimate, lower, upper } of [...found.curve, found.total]) {
          t.ok(
            pence(lower) <= pence(estimate) && pence(estimate) <= pence(upper),
            `${request.method} ${estimate}`,
          )
        }
      }
      const [, , middle] = few.curve
      const exact = fit(request, input(cohort(5, 60)))
      const knot = exact.curve.knots.find(({ points }) => points === 12_000)
      t.equal(few.curve[4]?.estimate, (Number(knot?.amount.n) / Number(knot?.amount.d) / 100).toFixed(2))
      t.ok(width(many.curve[2] as Band) < width(middle as Band) / 2, request.method)
      t.ok(width(many.total) / pence(many.total.estimate) < width(few.total) / pence(few.total.estimate) / 2)
      t.strictSame([few.warnings, few.failures, few.failed], [[], [], 0])
    }
  },
)
