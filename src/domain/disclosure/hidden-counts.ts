// Which counts of a published table must be hidden so that no small one can be worked out from the rest. A table is a
// network: each sum is a node, each count flows from one sum to another, and what flows in flows out. A hidden count
// may be any other only if a change of it can run in a circle through hidden counts alone, none falling below what a
// reader knows it to be at least; so that is what is looked for, and the cheapest counts are hidden until it exists.

/**
 * One count. `shown` is published elsewhere and cannot be hidden; `hidden` is hidden already, whatever it is. A reader
 * from whom it is hidden knows that it is `atLeast` so many.
 */
export type Count = {
  readonly value: number
  readonly from: number
  readonly to: number
  readonly state: 'open' | 'shown' | 'hidden'
  readonly atLeast: 0 | 1
}

/** What each count could be for somebody who sees only what is not hidden. */
type Reading = { readonly cell: Count; hidden: boolean; value: number }

/**
 * For each count, whether to hide it: all those from 1 to below the threshold, and as few people as can be of the
 * others. Nobody is a number to protect, so zeros are shown. Null when the sums shown give a small count away.
 */
export function hiddenCells(cells: readonly Count[], threshold: number): readonly boolean[] | null {
  const small = ({ value }: Count) => value > 0 && value < threshold
  const readings = cells.map((cell) => ({
    cell,
    hidden: cell.state === 'hidden' || (cell.state === 'open' && small(cell)),
    value: cell.value,
  }))
  for (const reading of readings)
    if (reading.hidden && small(reading.cell) && !isProtected(reading, readings, threshold)) return null
  return readings.map(({ hidden }) => hidden)
}

// Best is a reader who cannot even tell that the count is small; enough is one who cannot tell what it is.
function isProtected(reading: Reading, readings: readonly Reading[], threshold: number): boolean {
  for (const other of readings) other.value = other.cell.value
  while (reading.value < threshold) {
    const circle = cheapestPath(reading.cell.to, reading.cell.from, reading, readings)
    if (circle === null) break
    const room = Math.min(
      ...circle.map(({ by, up }) => (up ? Number.POSITIVE_INFINITY : by.value - by.cell.atLeast)),
    )
    const change = Math.min(room, threshold - reading.value)
    reading.value += change
    move(circle, change)
  }
  if (reading.value > reading.cell.value) return true
  if (reading.value <= reading.cell.atLeast) return false
  const circle = cheapestPath(reading.cell.from, reading.cell.to, reading, readings)
  if (circle !== null) move(circle, 1)
  return circle !== null
}

/** A step from one sum to another: the count that makes it, and whether it would be higher or lower. */
type Step = { readonly by: Reading; readonly up: boolean }

function move(circle: readonly Step[], change: number): void {
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
): readonly Step[] | null {
  const best = new Map<number, { cost: number; path: readonly Step[] }>([[start, { cost: 0, path: [] }]])
  const steps = readings.filter((reading) => reading !== without && mayChange(reading)).flatMap(stepsOf)
  for (let changed = true; changed; ) {
    changed = false
    for (const { step, from, to } of steps) {
      const here = best.get(from)
      if (here === undefined) continue
      const cost = here.cost + (step.by.hidden ? 1 : 1000 + step.by.cell.value)
      if (cost >= (best.get(to)?.cost ?? Number.POSITIVE_INFINITY)) continue
      best.set(to, { cost, path: [...here.path, step] })
      changed = true
    }
  }
  return best.get(end)?.path ?? null
}

function mayChange({ hidden, cell }: Reading): boolean {
  return hidden || (cell.state === 'open' && cell.value > 0)
}

function stepsOf(by: Reading): { step: Step; from: number; to: number }[] {
  const { from, to } = by.cell
  const higher = { step: { by, up: true }, from, to }
  return by.value > by.cell.atLeast ? [higher, { step: { by, up: false }, from: to, to: from }] : [higher]
}
