// Percentile in its four readings: six people by hand, ties and part weights, and the column B&NES printed in 2012.
import t from 'tap'
import { fitPercentile } from '../../../../src/domain/calibration/methods/percentile.ts'
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
    const fit = fitPercentile(input(tiny), { mode: 'tie-mean' })
    t.strictSame(paid(fit, tiny), [2000, 4500, 4500, 9000, 20000, 26000])
    t.strictSame(fit.coefficients, { scale: '1' })
    t.strictSame(fit.total, fraction(6_600_000n))
    t.strictSame(codesOf(fit), ['small-cohort', 'above-cohort'])
  },
)

t.test('excel: a tie takes its lowest place, so £3,000 is lost', async (t) => {
  const fit = fitPercentile(input(tiny, as), { mode: 'excel' })
  t.strictSame(paid(fit, tiny), [2000, 3000, 3000, 9000, 20000, 26000])
  t.strictSame(fit.unspent, fraction(300_000n))
  t.match(fit.warnings[0], { code: 'not-neutral', detail: /£3,000\.00 below the budget of £66,000\.00/ })
})

t.test('excel, scaled back to the budget, gives the top more than anybody costs, and says so', async (t) => {
  const fit = fitPercentile(input(tiny), { mode: 'excel' })
  t.strictSame(paid(fit, tiny), [2095.24, 3142.86, 3142.86, 9428.57, 20952.38, 27238.1])
  t.strictSame(fit.coefficients, { scale: '1.0476190476' })
  t.match(
    fit.warnings.find(({ code }) => code === 'top-above-highest-cost'),
    { detail: 'The highest amount is £27,238.10; nobody costs more than £26,000.00 now.' },
  )
})

t.test('mid-rank: a tie takes the middle of its places', async (t) => {
  t.strictSame(
    paid(fitPercentile(input(tiny, as), { mode: 'mid-rank' }), tiny),
    [2000, 4500, 4500, 9000, 20000, 26000],
  )
  const three = cohort([1, 100], [5, 200], [5, 400], [5, 900], [9, 1000])
  t.strictSame(paid(fitPercentile(input(three, as), { mode: 'mid-rank' }), three), [100, 400, 400, 400, 1000])
})

t.test('percent-table: the first node at or above; between two nodes a straight line', async (t) => {
  const pair = cohort([0, 0], [10, 1000])
  const fit = fitPercentile(input(pair, as), { mode: 'percent-table' })
  t.strictSame(paid(fit, cohort([0, 0], [2.5, 0], [10, 0], [50, 0])), [0, 250, 1000, 1000])
  // 120 people a point apart: nodes at every 1.19 points, so that 6 points lie between the 5th node and the 6th.
  const line = cohort(...Array.from({ length: 120 }, (_, i) => [i, i * i] as const))
  for (const step of [1, 2] as const) {
    const amounts = paid(
      fitPercentile(input(line, { ...as, scaleMaximum: 12_000 }), { mode: 'percent-table', step }),
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
  const fit = fitPercentile(input(tiny), { mode: 'tie-mean' })
  t.strictSame(
    paid(fit, cohort([0, 0], [2.5, 0], [40, 0], [70, 0], [100, 0])),
    [0, 1000, 26000, 26000, 26000],
  )
  const whole = cohort([0, 100], [100, 900])
  const ends = fitPercentile(input(whole), { mode: 'tie-mean' })
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
      t.strictSame(paid(fitPercentile(input(one), { mode }), one), [500], mode)
      t.strictSame(paid(fitPercentile(input(tied), { mode }), tied), [700, 700, 700], mode)
    }
  },
)

t.test(
  'part of a person counts as part: in every reading the curve still rises and the total holds',
  async (t) => {
    const parts = cohort([2, 100, 0.5], [4, 300, 1.25], [6, 500, 0.5], [8, 900, 0.25])
    for (const mode of ['tie-mean', 'excel', 'mid-rank', 'percent-table'] as const) {
      const fit = fitPercentile(input(parts), { mode })
      t.strictSame(asNumber(fit.total), asNumber(input(parts).target), mode)
      const amounts = paid(fit, parts)
      t.ok(
        amounts.every((amount, i) => amount >= (amounts[i - 1] ?? 0)),
        `${mode} ${amounts}`,
      )
    }
    const fit = fitPercentile(input(parts, as), { mode: 'tie-mean' })
    t.strictSame(paid(fit, parts), [100, 300, 500, 900])
  },
)

t.test(
  'less than one person in all has no places between, and gets the lowest cost before scaling',
  async (t) => {
    const few = cohort([2, 100, 0.25], [4, 300, 0.25])
    for (const mode of ['excel', 'mid-rank', 'percent-table'] as const) {
      t.strictSame(paid(fitPercentile(input(few, as), { mode }), few), [100, 100], mode)
    }
  },
)

t.test('nobody costs anything: there is no scale that reaches a budget', async (t) => {
  const free = cohort([1, 0], [2, 0])
  const asked = input(free, { target: fraction(100n), pointer: '/methods/1' })
  t.equal(
    refusalOf(() => fitPercentile(asked, { mode: 'tie-mean' })),
    'budget-unreachable at /methods/1',
  )
  const open = fitPercentile({ ...asked, neutral: false }, { mode: 'tie-mean' })
  t.strictSame(paid(open, free), [0, 0])
})

t.test('the whole Percentile column of B&NES comes out to the pound, from a 1 % table', async (t) => {
  const people = bnesPeople()
  const cases = people.map((person) => person.case)
  const amounts = paid(fitPercentile(input(cases, as), { mode: 'percent-table', step: 1 }), cases)
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
  const exact = fitPercentile(input(cases, as), { mode: 'tie-mean' })
  t.strictSame(exact.unspent, fraction(0n))
  t.strictSame(exact.total, fraction(188_576_200n))
  const amounts = paid(fitPercentile(input(cases, as), { mode: 'excel' }), cases)
  t.equal(amounts.reduce((sum, amount) => sum + amount, 0).toFixed(0), '1834534')
  t.equal(cases.filter(({ cost }, i) => (amounts[i] ?? 0) * 100 > cost).length, 57)
  t.equal(cases.filter(({ cost }, i) => (amounts[i] ?? 0) * 100 < cost).length, 77)
})
