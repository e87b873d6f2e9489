// The greatest and the least of what a chart shows: what its title says.
import { decimal } from '../domain/number/decimal.ts'

/** The first of those with the least figure, and the first with the greatest; null where there is nothing. */
export function extremes<T>(
  all: readonly T[],
  figureOf: (one: T) => string,
): { readonly least: T; readonly greatest: T } | null {
  const rising = all.toSorted((a, b) => decimal(figureOf(a)).comparedTo(figureOf(b)))
  const [least] = rising
  const highest = rising.at(-1)
  if (least === undefined || highest === undefined) return null
  const greatest = rising.find((one) => decimal(figureOf(one)).equals(figureOf(highest))) ?? highest
  return { least, greatest }
}
