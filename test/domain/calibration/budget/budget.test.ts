// The budget that a council states.
import t from 'tap'
import { targetOf } from '../../../../src/domain/calibration/budget/budget.ts'
import { fraction } from '../../../../src/domain/number/fraction.ts'
import { cohort, refusalOf, tiny } from '../methods/method-cohorts.ts'

t.test('a stated budget is taken to the penny', async (t) => {
  t.strictSame(targetOf({ basis: 'stated', amountAnnual: '1885762.05' }, tiny), fraction(188_576_205n))
})

t.test('current spend is raised and lowered by decimals, exactly', async (t) => {
  t.strictSame(targetOf({ basis: 'spend', uplift: '0', efficiency: '0' }, tiny), fraction(6_600_000n))
  t.strictSame(
    targetOf({ basis: 'spend', uplift: '0.025', efficiency: '0.01' }, tiny),
    fraction(13_394_700n, 2n),
  )
  t.strictSame(
    targetOf({ basis: 'spend', uplift: '1', efficiency: '0.5' }, cohort([1, 10, 2.5])),
    fraction(2500n),
  )
})

t.test('a budget that is none is refused where it stands', async (t) => {
  t.equal(
    refusalOf(() => targetOf({ basis: 'stated', amountAnnual: '1' }, [])),
    'cohort-empty at ',
  )
  t.equal(
    refusalOf(() => targetOf({ basis: 'stated', amountAnnual: '0.00' }, tiny)),
    'budget-not-positive at /budget',
  )
  t.equal(
    refusalOf(() => targetOf({ basis: 'stated', amountAnnual: '-1' }, tiny, '/b')),
    'budget-not-positive at /b',
  )
  const change = (uplift: string, efficiency: string) =>
    refusalOf(() => targetOf({ basis: 'spend', uplift, efficiency }, tiny))
  t.equal(change('-0.01', '0'), 'parameter-out-of-range at /budget/uplift')
  t.equal(change('3', '0'), 'parameter-out-of-range at /budget/uplift', '3 is not 3 %')
  t.equal(
    change('3', '-0.1'),
    'parameter-out-of-range at /budget/uplift, parameter-out-of-range at /budget/efficiency',
  )
  t.equal(change('0', '1'), 'parameter-out-of-range at /budget/efficiency')
  t.equal(change('0', '-0.01'), 'parameter-out-of-range at /budget/efficiency')
  t.equal(
    refusalOf(() => targetOf({ basis: 'spend', uplift: '0', efficiency: '0' }, cohort([1, 0]))),
    'budget-not-positive at /budget',
  )
})
