// Which parts of a published breakdown are joined, so that each counts nobody or enough people. What is hidden can be
// worked out from money and points printed beside it; what was never printed apart cannot.
import { present } from '../present.ts'

/** From one part to another, both included. */
export type Run = { readonly first: number; readonly last: number }

/**
 * Neighbours joined, in their order, until each run counts 0 or at least `fewest`. When all together are fewer, they
 * are one run.
 */
export function joinedNeighbours(counts: readonly number[], fewest: number): readonly Run[] {
  const runs: (Run & { readonly count: number })[] = []
  let first = 0
  let count = 0
  counts.forEach((own, last) => {
    count += own
    if (count > 0 && count < fewest) return
    runs.push({ first, last, count })
    first = last + 1
    count = 0
  })
  while (count > 0 && count < fewest && runs.length > 0) {
    const before = present(runs.pop())
    first = before.first
    count += before.count
  }
  if (first < counts.length) runs.push({ first, last: counts.length - 1, count })
  return runs.map(({ first: from, last }) => ({ first: from, last }))
}

/** The places of the parts to join, parts that have no order: the small ones, and the smallest others as needed. */
export function joinedSmallest(counts: readonly number[], fewest: number): readonly number[] {
  const rising = counts.map((_, i) => i).sort((a, b) => present(counts[a]) - present(counts[b]) || a - b)
  const places: number[] = []
  let sum = 0
  for (const place of rising) {
    const count = present(counts[place])
    if (count === 0) continue
    if (count >= fewest && (sum === 0 || sum >= fewest)) break
    places.push(place)
    sum += count
  }
  return places.toSorted((a, b) => a - b)
}
