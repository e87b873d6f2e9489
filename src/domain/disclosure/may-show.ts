// What to hide of a published list or table of counts, so that no count under ten can be worked out from its sums.
import { present } from '../present.ts'
import { type Count, hiddenCells } from './hidden-counts.ts'

/** Fewer people than this are never shown. */
export const FEWEST_SHOWN = 10

/** The counts of one sum that is shown: hiddenLine([3, 40, 12], 10) hides 3 and 12. */
export function hiddenLine(counts: readonly number[], threshold: number): readonly boolean[] | null {
  return hiddenCells(
    counts.map((value) => ({ value, from: 0, to: 1, state: 'open', atLeast: 1 })),
    threshold,
  )
}

/**
 * A table whose column sums are shown, and its row sums but for the rows said to be hidden, of which every count is
 * hidden too. When the sums give a small count away, every count is hidden, zeros too, so that they do not.
 */
export function hiddenTable(
  rows: readonly (readonly number[])[],
  rowsHidden: readonly boolean[],
  threshold: number,
): readonly (readonly boolean[])[] {
  const sums = rows.map((counts, i): Count => {
    const value = counts.reduce((sum, count) => sum + count, 0)
    return { value, from: 0, to: 1 + i, state: present(rowsHidden[i]) ? 'hidden' : 'shown', atLeast: 1 }
  })
  const cells = rows.flatMap((counts, i) =>
    counts.map((value, j): Count => {
      const place = { value, from: 1 + i, to: 1 + rows.length + j }
      return present(rowsHidden[i])
        ? { ...place, state: 'hidden', atLeast: 0 }
        : { ...place, state: 'open', atLeast: 1 }
    }),
  )
  const hidden = hiddenCells([...sums, ...cells], threshold)
  let at = rows.length
  return rows.map((counts) => counts.map(() => hidden === null || present(hidden[at++])))
}
