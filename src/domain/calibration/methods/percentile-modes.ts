// The four readings of "the same place among the costs". They agree when nobody ties; see domain research 2.3.
import type { PercentileMode } from '../../../contract/calibration/method.ts'
import type { Arithmetic } from '../../number/arithmetic.ts'
import { entryAt } from '../../number/double.ts'
import { runningSums, valueAt, type WeightedValues, wayOf } from '../../number/weighted-values.ts'
import { present } from '../../present.ts'
import type { CostWeights, Sample } from './sample.ts'

const PERSON = 10_000

/**
 * The amount at each of the sample's points, in pence.
 * `tie-mean`: people with equal points share the costs of the places they fill, so the total is exact.
 * `excel`: PERCENTRANK.INC cut to three digits, then PERCENTILE.INC: a tie takes its lowest place.
 * `mid-rank`: a tie takes the middle of its places. `percent-table`: both read off a table of whole per cents.
 */
export function percentileAmounts<N>(
  arithmetic: Arithmetic<N>,
  sample: Sample<N>,
  byCost: CostWeights,
  mode: PercentileMode,
  step: 1 | 2,
): readonly N[] {
  if (mode === 'tie-mean') return tieMeans(arithmetic, sample, byCost)
  const points = { values: sample.points, upTo: runningSums(sample.weight) }
  const costs = { values: byCost.cost, upTo: runningSums(byCost.weight) }
  if (mode === 'percent-table') return percentTable(arithmetic, points, costs, step)
  const places = mode === 'excel' ? lowestPlaces(arithmetic, points) : middlePlaces(arithmetic, points)
  return places.map((place) => valueAt(arithmetic, costs, place))
}

// Each tie takes its weight of the costs in order; a person may be cut in two.
function tieMeans<N>(
  { whole, plus, times, ratio }: Arithmetic<N>,
  { weight }: Sample<N>,
  byCost: CostWeights,
): readonly N[] {
  let rung = 0
  let left = entryAt(byCost.weight, 0)
  const taken = (people: number) => times(whole(people), whole(entryAt(byCost.cost, rung)))
  return Array.from(weight, (own) => {
    let wanted = own
    let spend = whole(0)
    while (wanted > left) {
      spend = plus(spend, taken(left))
      wanted -= left
      rung += 1
      left = entryAt(byCost.weight, rung)
    }
    spend = plus(spend, taken(wanted))
    left -= wanted
    return ratio(spend, whole(own))
  })
}

// A tie's lowest place, its rank cut to three digits. A rank is at most 1: less than a person's weight at the top would
// put it beyond.
function lowestPlaces<N>({ whole, ratio, floor }: Arithmetic<N>, points: WeightedValues): readonly N[] {
  const way = wayOf(points)
  return Array.from(points.upTo, (_, i) => {
    const below = Math.min(i === 0 ? 0 : entryAt(points.upTo, i - 1), way)
    const rank = way === 0 ? 0 : floor(ratio(whole(1000 * below), whole(way)))
    return ratio(whole(rank * way), whole(1000))
  })
}

function middlePlaces<N>({ whole, ratio }: Arithmetic<N>, points: WeightedValues): readonly N[] {
  const way = wayOf(points)
  return Array.from(points.upTo, (to, i) => {
    const from = i === 0 ? 0 : entryAt(points.upTo, i - 1)
    return ratio(whole(Math.min(Math.max(from + to - PERSON, 0), 2 * way)), whole(2))
  })
}

/** The first node at or above: equal gives its cost, else a straight line from the node before it. */
function percentTable<N>(
  arithmetic: Arithmetic<N>,
  points: WeightedValues,
  costs: WeightedValues,
  step: 1 | 2,
): readonly N[] {
  const { whole, ratio, compare } = arithmetic
  const way = wayOf(points)
  const nodes = Array.from({ length: 100 / step + 1 }, (_, k): Node<N> => {
    const place = ratio(whole(k * step * way), whole(100))
    return { points: valueAt(arithmetic, points, place), cost: valueAt(arithmetic, costs, place) }
  })
  let node = 0
  return Array.from(points.values, (value) => {
    const here = whole(value)
    while (node < nodes.length - 1 && compare(present(nodes[node]).points, here) < 0) node += 1
    const to = present(nodes[node])
    const from = nodes[node - 1]
    // Above every node only where the top person's weight is less than one.
    if (from === undefined || compare(to.points, here) <= 0) return to.cost
    return between(arithmetic, from, to, here)
  })
}

type Node<N> = { readonly points: N; readonly cost: N }

function between<N>({ plus, minus, times, ratio }: Arithmetic<N>, from: Node<N>, to: Node<N>, here: N): N {
  const share = ratio(minus(here, from.points), minus(to.points, from.points))
  return plus(from.cost, times(minus(to.cost, from.cost), share))
}
