// Weighted correlation of two columns: linear (Pearson), and of their ranks (Spearman, equal values share the
// average rank). A weight of two counts as two people with the same figures.
import { entryAt, figureText } from '../../number/double.ts'
import { total } from '../trust/sample.ts'

/** From −1 to 1; null where a column does not vary, and nothing can be said. */
export function pearson(x: Float64Array, y: Float64Array, weight: Float64Array): string | null {
  const everyone = total(weight)
  const meanX = product(x, weight) / everyone
  const meanY = product(y, weight) / everyone
  let [xx, yy, xy] = [0, 0, 0]
  for (let i = 0; i < x.length; i += 1) {
    const dx = entryAt(x, i) - meanX
    const dy = entryAt(y, i) - meanY
    xx += entryAt(weight, i) * dx * dx
    yy += entryAt(weight, i) * dy * dy
    xy += entryAt(weight, i) * dx * dy
  }
  if (!varies(x) || !varies(y)) return null
  return figureText(Math.min(1, Math.max(-1, xy / (Math.sqrt(xx) * Math.sqrt(yy)))), 4)
}

export function spearman(x: Float64Array, y: Float64Array, weight: Float64Array): string | null {
  return pearson(ranks(x, weight), ranks(y, weight), weight)
}

// The middle of the weight that shares a value; ranks that count from one half differ by a constant, which a
// correlation does not see.
function ranks(values: Float64Array, weight: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => entryAt(values, a) - entryAt(values, b))
  const ranked = new Float64Array(values.length)
  let below = 0
  for (let first = 0; first < order.length; ) {
    let [end, tied] = [first, 0]
    while (
      end < order.length &&
      entryAt(values, entryAt(order, end)) === entryAt(values, entryAt(order, first))
    ) {
      tied += entryAt(weight, entryAt(order, end))
      end += 1
    }
    for (; first < end; first += 1) ranked[entryAt(order, first)] = below + tied / 2
    below += tied
  }
  return ranked
}

// Asked of the values themselves: a sum of squares may be a hair above zero for a column of equal values.
function varies(values: Float64Array): boolean {
  return values.some((value) => value !== values[0])
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += entryAt(a, i) * entryAt(b, i)
  return sum
}
