// Which parts of a published breakdown are joined, so that each counts nobody or enough people. What is hidden can be
// worked out from money and points printed beside it; what was never printed apart cannot.
import { present } from '../present.ts'
import { type Audience, mayShow } from './may-show.ts'

/** From one part to another, both included. */
export type Run = { readonly first: number; readonly last: number }

/**
 * Neighbours joined in their order, each with the next, the last ones with those before, until all may be shown:
 * [4, 7, 12, 0, 3] is 4+7 and 12+0+3. When all together are too few, they are one run.
 */
export function joinedNeighbours(counts: readonly number[], audience: Audience): readonly Run[] {
  return runs(counts.length, (run) => mayShow(sumOver(counts, run), audience))
}

/**
 * Neighbours of several lists joined alike, so that every list may be shown: `parts` has a count for each list. A part
 * that is empty in all of them widens its neighbour; what no joining makes enough is left out. Nothing is joined for whoever may see single people.
 */
export function joinedAlike(parts: readonly (readonly number[])[], audience: Audience): readonly Run[] {
  if (mayShow(1, audience)) return parts.map((_, i) => ({ first: i, last: i }))
  const lists = (parts[0] ?? []).map((_, list) => parts.map((counts) => present(counts[list])))
  const sums = (run: Run) => lists.map((counts) => sumOver(counts, run))
  const isEnough = (run: Run) =>
    sums(run).some((count) => count > 0) && sums(run).every((count) => mayShow(count, audience))
  return runs(parts.length, isEnough).filter(isEnough)
}

/** The places of the parts to join, parts that have no order: the small ones, and the smallest others as needed. */
export function joinedSmallest(counts: readonly number[], audience: Audience): readonly number[] {
  const rising = counts.map((_, i) => i).sort((a, b) => present(counts[a]) - present(counts[b]) || a - b)
  const places: number[] = []
  let sum = 0
  for (const place of rising) {
    const count = present(counts[place])
    if (count === 0) continue
    if (mayShow(count, audience) && mayShow(sum, audience)) break
    places.push(place)
    sum += count
  }
  return places.toSorted((a, b) => a - b)
}

function runs(parts: number, isEnough: (run: Run) => boolean): readonly Run[] {
  const done: Run[] = []
  let first = 0
  for (let last = 0; last < parts; last += 1) {
    if (!isEnough({ first, last })) continue
    done.push({ first, last })
    first = last + 1
  }
  if (first === parts) return done
  let open = { first, last: parts - 1 }
  while (!isEnough(open) && done.length > 0) open = { ...open, first: present(done.pop()).first }
  return [...done, open]
}

function sumOver(counts: readonly number[], { first, last }: Run): number {
  return counts.slice(first, last + 1).reduce((sum, count) => sum + count, 0)
}
