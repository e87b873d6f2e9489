// Which counts of a printed list or table are hidden, so that no small one can be worked out from the rest. A table is
// a network: each sum is a node, each count flows from one sum to another, and what flows in flows out. A hidden count
// may be any other only if a change of it can run in a circle through hidden counts alone, none falling below what a
// reader knows it to be at least; so that is what is looked for, and the cheapest counts are hidden until it exists.

import { present } from '../present.ts'
import { type Audience, mayShow } from './may-show.ts'

/** The counts of one sum that is shown: hiddenLine([3, 40, 12], …) hides 3 and 12. Null when it gives a small one away. */
export function hiddenLine(counts: readonly number[], audience: Audience): readonly boolean[] | null {
  return hiddenCells(
    counts.map((value) => ({ value, from: 0, to: 1, state: 'open', atLeast: 1 })),
    audience,
  )
}

/**
 * A table whose column sums are shown, and its row sums but for the rows said to be hidden, of which every count is
 * hidden too. When the sums give a small count away, every count is hidden, zeros too, so that they do not.
 */
export function hiddenTable(
  rows: readonly (readonly number[])[],
  rowsHidden: readonly boolean[],
  audience: Audience,
): readonly (readonly boolean[])[] {
  const sums = rows.map((counts, i): Cell => {
    const value = counts.reduce((sum, count) => sum + count, 0)
    return { value, from: 0, to: 1 + i, state: present(rowsHidden[i]) ? 'hidden' : 'shown', atLeast: 1 }
  })
  const cells = rows.flatMap((counts, i) =>
    counts.map((value, j): Cell => {
      const ends = { value, from: 1 + i, to: 1 + rows.length + j }
      return present(rowsHidden[i])
        ? { ...ends, state: 'hidden', atLeast: 0 }
        : { ...ends, state: 'open', atLeast: 1 }
    }),
  )
  const hidden = hiddenCells([...sums, ...cells], audience)
  let next = rows.length
  return rows.map((counts) => counts.map(() => hidden === null || present(hidden[next++])))
}

/**
 * One count of a table. `shown` is published elsewhere and cannot be hidden; `hidden` is hidden already, whatever it
 * is. A reader from whom it is hidden knows that it is `atLeast` so many.
 */
type Cell = {
  readonly value: number
  readonly from: number
  readonly to: number
  readonly state: 'open' | 'shown' | 'hidden'
  readonly atLeast: 0 | 1
}

/** What each count could be for somebody who sees only what is not hidden. */
type Reading = { readonly cell: Cell; hidden: boolean; value: number }

/**
 * For each count, whether to hide it: all those that may not be shown, and as few people as can be of the others.
 * Nobody is a number to protect, so zeros are shown. Null when the sums shown give a small count away.
 */
function hiddenCells(cells: readonly Cell[], audience: Audience): readonly boolean[] | null {
  const small = ({ value }: Cell) => !mayShow(value, audience)
  const readings = cells.map((cell) => ({
    cell,
    hidden: cell.state === 'hidden' || (cell.state === 'open' && small(cell)),
    value: cell.value,
  }))
  for (const reading of readings)
    if (reading.hidden && small(reading.cell) && !isProtected(reading, readings, audience)) return null
  return readings.map(({ hidden }) => hidden)
}

// Best is a reader who cannot even tell that the count is small; enough is one who cannot tell what it is.
function isProtected(reading: Reading, readings: readonly Reading[], { fewest }: Audience): boolean {
  for (const other of readings) other.value = other.cell.value
  while (reading.value < fewest) {
    const circle = cheapestPath(reading.cell.to, reading.cell.from, reading, readings)
    if (circle === null) break
    const room = Math.min(
      ...circle.map(({ by, up }) => (up ? Number.POSITIVE_INFINITY : by.value - by.cell.atLeast)),
    )
    const change = Math.min(room, fewest - reading.value)
    reading.value += change
    follow(circle, change)
  }
  if (reading.value > reading.cell.value) return true
  if (reading.value <= reading.cell.atLeast) return false
  const circle = cheapestPath(reading.cell.from, reading.cell.to, reading, readings)
  if (circle !== null) follow(circle, 1)
  return circle !== null
}

/** A move from one sum to another: the count that makes it, and whether it would be higher or lower. */
type Move = { readonly by: Reading; readonly up: boolean }

function follow(circle: readonly Move[], change: number): void {
  for (const { by, up } of circle) {
    by.hidden = true
    by.value += up ? change : -change
  }
}

/** Bellman and Ford's shortest path, where hiding another count costs its people. */
function cheapestPath(
  start: number,
  end: number,
  without: Reading,
  readings: readonly Reading[],
): readonly Move[] | null {
  const best = new Map<number, { cost: number; path: readonly Move[] }>([[start, { cost: 0, path: [] }]])
  const moves = readings.filter((reading) => reading !== without && mayChange(reading)).flatMap(movesOf)
  for (let changed = true; changed; ) {
    changed = false
    for (const { move, from, to } of moves) {
      const here = best.get(from)
      if (here === undefined) continue
      const cost = here.cost + (move.by.hidden ? 1 : 1000 + move.by.cell.value)
      if (cost >= (best.get(to)?.cost ?? Number.POSITIVE_INFINITY)) continue
      best.set(to, { cost, path: [...here.path, move] })
      changed = true
    }
  }
  return best.get(end)?.path ?? null
}

function mayChange({ hidden, cell }: Reading): boolean {
  return hidden || (cell.state === 'open' && cell.value > 0)
}

function movesOf(by: Reading): { move: Move; from: number; to: number }[] {
  const { from, to } = by.cell
  const higher = { move: { by, up: true }, from, to }
  return by.value > by.cell.atLeast ? [higher, { move: { by, up: false }, from: to, to: from }] : [higher]
}
