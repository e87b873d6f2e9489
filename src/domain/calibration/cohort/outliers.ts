// Cases far from all others, for somebody to look at before a table is made from them; never left out by themselves.
// Far means beyond the quartiles by more than three times the distance between them.

import type {
  Fences,
  Outlier,
  OutlierReason,
  Outliers,
} from '../../../contract/calibration/cohort-figures.ts'
import { byName, poundsOf } from '../../number/figures.ts'
import {
  add,
  compare,
  type Fraction,
  fraction,
  multiply,
  roundHalfUp,
  subtract,
} from '../../number/fraction.ts'
import { quarter, weightedValues } from '../../number/weighted-values.ts'
import { wholeNumber } from '../../number/whole-number.ts'
import { present } from '../../present.ts'
import type { Case } from './case.ts'

type Limits = { readonly below: Fraction; readonly above: Fraction }

const FAR = fraction(3n)
/** A price beyond this is far, whatever it is. */
const MOST_SAFE = BigInt(Number.MAX_SAFE_INTEGER)

/** Far costs, and far costs per point (to the penny) among those with points. */
export function outliers(cases: readonly Case[]): Outliers {
  const costs = limits(cases, ({ cost }) => cost)
  const priced = cases.filter(({ points }) => points > 0)
  const prices = limits(priced, (person) => wholeNumber(least(price(person), MOST_SAFE)))
  const rows = cases.flatMap((person) => {
    const reasons = [
      ...reasonsFor(BigInt(person.cost), present(costs), 'cost'),
      ...(person.points === 0 ? [] : reasonsFor(price(person), present(prices), 'price')),
    ]
    return reasons.length === 0 ? [] : outlier(person, reasons)
  })
  return {
    costFences: costs ? fences(costs) : null,
    priceFences: prices ? fences(prices) : null,
    rows: rows.sort((a, b) => byName(a.ref, b.ref)),
  }
}

function outlier(person: Case, reasons: readonly OutlierReason[]): Outlier {
  return {
    ref: person.ref,
    userGroup: person.userGroup,
    cost: poundsOf({ n: BigInt(person.cost), d: 1n }),
    poundsPerPoint: person.points === 0 ? null : poundsOf({ n: price(person), d: 1n }),
    reasons,
  }
}

function limits(cases: readonly Case[], of: (person: Case) => number): Limits | undefined {
  if (cases.length === 0) return undefined
  const values = weightedValues(cases, of)
  const [low, high] = [quarter(values, 1), quarter(values, 3)]
  const reach = multiply(FAR, subtract(high, low))
  return { below: subtract(low, reach), above: add(high, reach) }
}

function reasonsFor(value: bigint, limits: Limits, of: 'cost' | 'price'): OutlierReason[] {
  if (compare(fraction(value), limits.below) < 0) return [`${of}-low`]
  return compare(fraction(value), limits.above) > 0 ? [`${of}-high`] : []
}

function fences({ below, above }: Limits): Fences {
  return { below: poundsOf(below), above: poundsOf(above) }
}

/** Pence a year per point, to the nearest penny. */
function price({ cost, points }: Case): bigint {
  return roundHalfUp({ n: BigInt(cost) * 100n, d: BigInt(points) })
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
