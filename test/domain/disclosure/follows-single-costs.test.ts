import t from 'tap'
import { followsSingleCosts, SINGLE_COSTS } from '../../../src/domain/disclosure/follows-single-costs.ts'

t.test('ranks and steps follow single costs; prices and lines rest on everybody', async (t) => {
  t.equal(followsSingleCosts({ method: 'percentile' }), true)
  t.equal(followsSingleCosts({ method: 'isotonic' }), true)
  t.equal(followsSingleCosts({ method: 'fixed' }), false)
  t.equal(followsSingleCosts({ method: 'line' }), false)
})

t.test('the warning fits into a parameter of a table’s provenance', async (t) => {
  t.ok(SINGLE_COSTS.length <= 500)
})
