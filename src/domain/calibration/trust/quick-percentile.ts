// The four readings of "the same place among the costs" in doubles, over a sample's own points and costs: what
// ../percentile-modes.ts says exactly.

import { at } from '../../number/double.ts'
import type { PercentileMode } from '../methods/percentile-modes.ts'
import type { Sample } from './sample.ts'

const PERSON = 10_000

/** Distinct values rising, and the weight up to and with each. */
type Ladder = { readonly values: Float64Array; readonly upTo: Float64Array }

/** The amount at each of the sample's points, in pence. */
export function percentileAmounts(sample: Sample, mode: PercentileMode, step: 1 | 2): Float64Array {
  if (mode === 'tie-mean') return tieMeans(sample)
  const { costs: values, costWeight } = sample.byCost()
  const points = { values: sample.points, upTo: running(sample.pointsWeight) }
  const costs = { values, upTo: running(costWeight) }
  const way = Math.max(0, sample.weight - PERSON)
  if (mode === 'percent-table') return percentTable(points, costs, way, step)
  return valuesAt(costs, mode === 'excel' ? lowestPlaces(points, way) : middlePlaces(points, way))
}

// Each tie takes its weight of the costs in order; a person may be cut in two.
function tieMeans({ points, pointsWeight, byCost }: Sample): Float64Array {
  const { costs, costWeight } = byCost()
  const amounts = new Float64Array(points.length)
  let rung = 0
  let left = at(costWeight, 0)
  for (let i = 0; i < points.length; i += 1) {
    let wanted = at(pointsWeight, i)
    let spend = 0
    while (wanted > left) {
      spend += left * at(costs, rung)
      wanted -= left
      rung += 1
      left = at(costWeight, rung)
    }
    spend += wanted * at(costs, rung)
    left -= wanted
    amounts[i] = spend / at(pointsWeight, i)
  }
  return amounts
}

// A tie's lowest place, its rank cut to three digits; never beyond the last person.
function lowestPlaces({ upTo }: Ladder, way: number): Float64Array {
  const places = new Float64Array(upTo.length)
  for (let i = 1; i < places.length && way > 0; i += 1)
    places[i] = (Math.floor((1000 * Math.min(at(upTo, i - 1), way)) / way) * way) / 1000
  return places
}

function middlePlaces({ upTo }: Ladder, way: number): Float64Array {
  const places = new Float64Array(upTo.length)
  let from = 0
  for (let i = 0; i < places.length; i += 1) {
    const to = at(upTo, i)
    places[i] = Math.min(way, Math.max(0, (from + to - PERSON) / 2))
    from = to
  }
  return places
}

function percentTable(points: Ladder, costs: Ladder, way: number, step: 1 | 2): Float64Array {
  const places = Float64Array.from({ length: 100 / step + 1 }, (_, k) => (k * step * way) / 100)
  const nodePoints = valuesAt(points, places)
  const nodeCosts = valuesAt(costs, places)
  const last = places.length - 1
  let node = 0
  return points.values.map((here) => {
    while (node < last && at(nodePoints, node) < here) node += 1
    const [to, cost] = [at(nodePoints, node), at(nodeCosts, node)]
    if (node === 0 || to <= here) return cost
    const [from, before] = [at(nodePoints, node - 1), at(nodeCosts, node - 1)]
    return before + ((cost - before) * (here - from)) / (to - from)
  })
}

// A place, and they rise, is counted in ten-thousandths of a person from the first; between one person and the next,
// a straight line.
function valuesAt({ values, upTo }: Ladder, places: Float64Array): Float64Array {
  const found = new Float64Array(places.length)
  const last = values.length - 1
  let [lower, upper] = [0, 0]
  for (let i = 0; i < places.length; i += 1) {
    const whole = Math.floor(at(places, i) / PERSON)
    const rest = at(places, i) / PERSON - whole
    while (lower < last && at(upTo, lower) <= whole * PERSON) lower += 1
    upper = Math.max(upper, lower)
    while (upper < last && at(upTo, upper) <= (whole + 1) * PERSON) upper += 1
    found[i] = at(values, lower) + (at(values, upper) - at(values, lower)) * rest
  }
  return found
}

function running(weight: Float64Array): Float64Array {
  let sum = 0
  return weight.map((own) => {
    sum += own
    return sum
  })
}
