// An estimate with the interval that most of its resamples lie in.
import type { Band } from '../../../contract/calibration/trust.ts'
import { entryAt, poundsText } from '../../number/double.ts'

/** The percentile interval of resampled pence at a level: 0.95 leaves out a fortieth at either end. */
export function bandOf(resampled: readonly number[], estimate: number, level: number): Band {
  const sorted = Float64Array.from(resampled).sort()
  const tail = (1 - level) / 2
  return { estimate: poundsText(estimate), lower: quantile(sorted, tail), upper: quantile(sorted, 1 - tail) }
}

// PERCENTILE.INC, the definition the rest of calibration uses.
function quantile(sorted: Float64Array, share: number): string | null {
  if (sorted.length === 0) return null
  const place = (sorted.length - 1) * share
  const below = Math.floor(place)
  const low = entryAt(sorted, below)
  const high = entryAt(sorted, Math.min(below + 1, sorted.length - 1))
  return poundsText(low + (place - below) * (high - low))
}
