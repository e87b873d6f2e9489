// Percentile in its four readings: six people by hand, ties and part weights, and the column B&NES printed in 2012.
import t from 'tap'
import { fit } from '../../../../src/domain/calibration/methods/fit.ts'
import { fraction } from '../../../../src/domain/number/fraction.ts'
import {
  asNumber,
  bnesCells,
  bnesPeople,
  codesOf,
  cohort,
  input,
  paid,
  refusalOf,
  tiny,
} from './method-cohorts.ts'

const as = { neutral: false }

t.test(
  'tie-mean: people with the same points share what their places cost, and the total is exact',
  async (t) => {
    const made = fit({ method: 'percentile', mode: 'tie-mean' }, input(tiny))
    t.strictSame(paid(made, tiny), [2000, 4500, 4500, 9000, 20000, 26000])
    t.strictSame(made.coefficients, { scale: '1' })
    t.strictSame(made.total, fraction(6_600_000n))
    t.strictSame(codesOf(made), ['small-cohort', 'above-cohort'])
  },
)

t.test('excel: a tie takes its lowest place, so £3,000 is lost', async (t) => {
  const made = fit({ method: 'percentile', mode: 'excel' }, input(tiny, as))
  t.strictSame(paid(made, tiny), [2000, 3000, 3000, 9000, 20000, 26000])
  t.strictSame(made.unspent, fraction(300_000n))
  t.match(made.warnings[0], { code: 'not-neutral', detail: /£3,000\.00 below the budget of £66,000\.00/ })
})

t.test('excel, scaled back to the budget, gives the top more than anybody costs, and says so', async (t) => {
  const made = fit({ method: 'percentile', mode: 'excel' }, input(tiny))
  t.strictSame(paid(made, tiny), [2095.24, 3142.86, 3142.86, 9428.57, 20952.38, 27238.1])
  t.strictSame(made.coefficients, { scale: '1.0476190476' })
  t.match(
    made.warnings.find(({ code }) => code === 'top-above-highest-cost'),
    { detail: 'The highest amount is £27,238.10; nobody costs more than £26,000.00 now.' },
  )
})

t.test('mid-rank: a tie takes the middle of its places', async (t) => {
  t.strictSame(
    paid(fit({ method: 'percentile', mode: 'mid-rank' }, input(tiny, as)), tiny),
    [2000, 4500, 4500, 9000, 20000, 26000],
  )
  const three = cohort([1, 100], [5, 200], [5, 400], [5, 900], [9, 1000])
  t.strictSame(
    paid(fit({ method: 'percentile', mode: 'mid-rank' }, input(three, as)), three),
    [100, 400, 400, 400, 1000],
  )
})

t.test('percent-table: the first node at or above; between two nodes a straight line', async (t) => {
  const pair = cohort([0, 0], [10, 1000])
  const made = fit({ method: 'percentile', mode: 'percent-table' }, input(pair, as))
  t.strictSame(paid(made, cohort([0, 0], [2.5, 0], [10, 0], [50, 0])), [0, 250, 1000, 1000])
  // 120 people a point apart: nodes at every 1.19 points, so that 6 points lie between the 5th node and the 6th.
  const line = cohort(...Array.from({ length: 120 }, (_, i) => [i, i * i] as const))
  for (const step of [1, 2] as const) {
    const amounts = paid(
      fit(
        { method: 'percentile', mode: 'percent-table', step },
        input(line, { ...as, scaleMaximum: 12_000 }),
      ),
      line,
    )
    const node = (k: number) => {
      const place = (119 * k * step) / 100
      const low = Math.floor(place)
      return [place, low ** 2 + (place - low) * ((low + 1) ** 2 - low ** 2)] as const
    }
    const k = Math.ceil((100 * 6) / 119 / step)
    const [[p0, c0], [p1, c1]] = [node(k - 1), node(k)]
    t.ok(p0 < 6 && p1 > 6)
    t.equal(amounts[6], Math.round((c0 + ((6 - p0) / (p1 - p0)) * (c1 - c0)) * 100) / 100)
  }
})

t.test('below the lowest points it is a line from £0, above the highest it is held', async (t) => {
  const made = fit({ method: 'percentile', mode: 'tie-mean' }, input(tiny))
  t.strictSame(
    paid(made, cohort([0, 0], [2.5, 0], [40, 0], [70, 0], [100, 0])),
    [0, 1000, 26000, 26000, 26000],
  )
  const whole = cohort([0, 100], [100, 900])
  const ends = fit({ method: 'percentile', mode: 'tie-mean' }, input(whole))
  t.strictSame(
    ends.curve.knots.map(({ points }) => points),
    [0, 10_000],
  )
  t.strictSame(paid(ends, whole), [100, 900])
  t.strictSame(codesOf(ends), ['small-cohort', 'cost-without-points'])
})

t.test(
  'one person, or all with the same points, get their mean cost in every reading that has one',
  async (t) => {
    const one = cohort([10, 500])
    const tied = cohort([10, 500], [10, 700], [10, 900])
    for (const mode of ['tie-mean', 'excel', 'mid-rank', 'percent-table'] as const) {
      t.strictSame(paid(fit({ method: 'percentile', mode }, input(one)), one), [500], mode)
      t.strictSame(paid(fit({ method: 'percentile', mode }, input(tied)), tied), [700, 700, 700], mode)
    }
  },
)

t.test(
  'part of a person counts as part: in every reading the curve still rises and the total holds',
  async (t) => {
    const parts = cohort([2, 100, 0.5], [4, 300, 1.25], [6, 500, 0.5], [8, 900, 0.25])
    for (const mode of ['tie-mean', 'excel', 'mid-rank', 'percent-table'] as const) {
      const made = fit({ method: 'percentile', mode }, input(parts))
      t.strictSame(asNumber(made.total), asNumber(input(parts).target), mode)
      const amounts = paid(made, parts)
      t.ok(
        amounts.every((amount, i) => amount >= (amounts[i - 1] ?? 0)),
        `${mode} ${amounts}`,
      )
    }
    const made = fit({ method: 'percentile', mode: 'tie-mean' }, input(parts, as))
    t.strictSame(paid(made, parts), [100, 300, 500, 900])
  },
)

t.test(
  'less than one person in all has no places between, and gets the lowest cost before scaling',
  async (t) => {
    const few = cohort([2, 100, 0.25], [4, 300, 0.25])
    for (const mode of ['excel', 'mid-rank', 'percent-table'] as const) {
      t.strictSame(paid(fit({ method: 'percentile', mode }, input(few, as)), few), [100, 100], mode)
    }
  },
)

t.test('nobody costs anything: there is no scale that reaches a budget', async (t) => {
  const free = cohort([1, 0], [2, 0])
  const asked = input(free, { target: fraction(100n), pointer: '/methods/1' })
  t.equal(
    refusalOf(() => fit({ method: 'percentile', mode: 'tie-mean' }, asked)),
    'budget-unreachable at /methods/1',
  )
  const open = fit({ method: 'percentile', mode: 'tie-mean' }, { ...asked, neutral: false })
  t.strictSame(paid(open, free), [0, 0])
})

t.test('the whole Percentile column of B&NES comes out to the pound, from a 1 % table', async (t) => {
  const people = bnesPeople()
  const cases = people.map((person) => person.case)
  const amounts = paid(fit({ method: 'percentile', mode: 'percent-table', step: 1 }, input(cases, as)), cases)
  for (const { cell, percentile } of bnesCells()) {
    const own = amounts.filter((_, i) => people[i]?.cell === cell)
    t.equal((own.reduce((sum, amount) => sum + amount, 0) / own.length).toFixed(0), percentile, cell)
  }
  t.equal(amounts.reduce((sum, amount) => sum + amount, 0).toFixed(0), '1860987')
  t.equal(cases.filter(({ cost }, i) => (amounts[i] ?? 0) * 100 > cost).length, 60)
  t.equal(cases.filter(({ cost }, i) => (amounts[i] ?? 0) * 100 < cost).length, 74)
})

t.test('on the same people tie-mean is exact; a spreadsheet loses £51,228 and gives 57:77', async (t) => {
  const cases = bnesPeople().map((person) => person.case)
  const exact = fit({ method: 'percentile', mode: 'tie-mean' }, input(cases, as))
  t.strictSame(exact.unspent, fraction(0n))
  t.strictSame(exact.total, fraction(188_576_200n))
  const amounts = paid(fit({ method: 'percentile', mode: 'excel' }, input(cases, as)), cases)
  t.equal(amounts.reduce((sum, amount) => sum + amount, 0).toFixed(0), '1834534')
  t.equal(cases.filter(({ cost }, i) => (amounts[i] ?? 0) * 100 > cost).length, 57)
  t.equal(cases.filter(({ cost }, i) => (amounts[i] ?? 0) * 100 < cost).length, 77)
})
