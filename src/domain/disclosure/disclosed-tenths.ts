// The tenths of present cost that an audience may see: neighbours joined until each count may be shown, and classes of
// change too where that leaves halves. What a class counts, beside those who gain and who lose in all, must not tell a
// few who are told nowhere.

import type { JoinedTenth } from '../../contract/calibration/effects.ts'
import { CHANGE_CLASSES } from '../../contract/limits.ts'
import type { ClassTally, TenthTally } from '../calibration/effects/tenths.ts'
import { people, pounds } from '../number/figures.ts'
import type { UnchangedWith } from './disclosed-impact.ts'
import { joinedAlike, type Run } from './joined-groups.ts'
import { type Audience, mayShow } from './may-show.ts'

/** Neighbouring classes, by their places. */
type Joining = readonly Run[]
type Shape = { readonly tenths: readonly Run[]; readonly classes: Joining }

/**
 * The tenths as far as they may be shown; none where too few people are left even together. `outcomes` says where the
 * unchanged are counted in what is printed of all; null where the outcomes of all are not printed.
 */
export function disclosedTenths(
  tallies: readonly TenthTally[],
  audience: Audience,
  outcomes: UnchangedWith | null = 'apart',
): readonly JoinedTenth[] {
  const shape = mayShow(1, audience) ? APART : shapeOf(tallies, audience, outcomes)
  if (shape === null) return []
  return shape.tenths.map((tenths) => {
    const own = between(tallies, tenths)
    const classes = shape.classes.map((run) => {
      const { rows, weight } = classesOf(own, run)
      return { classes: between(CHANGE_CLASSES, run), rows, people: people(weight) }
    })
    const all = classesOf(own, EVERY_CLASS)
    return {
      from: tenths.first + 1,
      to: tenths.last + 1,
      rows: all.rows,
      people: people(all.weight),
      existing: pounds(own.reduce((sum, { existing }) => sum + existing, 0n)),
      new: pounds(own.reduce((sum, { next }) => sum + next, 0n)),
      classes,
    }
  })
}

const TENTHS = 10
const EVERY_CLASS: Run = { first: 0, last: CHANGE_CLASSES.length - 1 }
const WHOLE: readonly Run[] = [{ first: 0, last: TENTHS - 1 }]
const HALVES: readonly Run[] = [
  { first: 0, last: TENTHS / 2 - 1 },
  { first: TENTHS / 2, last: TENTHS - 1 },
]
const APART: Shape = {
  tenths: Array.from({ length: TENTHS }, (_, i) => ({ first: i, last: i })),
  classes: CHANGE_CLASSES.map((_, i) => ({ first: i, last: i })),
}

/** What it is worth to tell a class from the next: who loses most first, then who gains most. */
const WORTH = [1, 4, 2, 3, 5]
const JOININGS: readonly Joining[] = Array.from({ length: 2 ** WORTH.length }, (_, code) => code)
  .map((code) => ({ ends: WORTH.map((_, i) => ((code >> i) & 1) === 1) }))
  .map(({ ends }) => ({ joining: joiningOf(ends), worth: worthOf(ends) }))
  .sort((a, b) => b.joining.length - a.joining.length || b.worth - a.worth)
  .map(({ joining }) => joining)

function joiningOf(ends: readonly boolean[]): Joining {
  const runs: Run[] = []
  let first = 0
  for (const [last, isEnd] of [...ends, true].entries()) {
    if (!isEnd) continue
    runs.push({ first, last })
    first = last + 1
  }
  return runs
}

function worthOf(ends: readonly boolean[]): number {
  return WORTH.reduce((sum, worth, i) => (ends[i] === true ? sum + worth : sum), 0)
}

// At most two classes joined while there are tenths to tell apart; with halves as few as must be.
function shapeOf(
  tallies: readonly TenthTally[],
  audience: Audience,
  outcomes: UnchangedWith | null,
): Shape | null {
  const joinings = JOININGS.filter((classes) =>
    classes.every((run) => outcomesShown(classesOf(tallies, run), audience, outcomes)),
  )
  for (const classes of joinings.filter(({ length }) => length > WORTH.length - 1)) {
    const counts = tallies.map((tally) => classes.map((run) => classesOf([tally], run).rows))
    const tenths = joinedAlike(counts, audience)
    if (tenths.length > 1) return { tenths, classes }
  }
  for (const tenths of [HALVES, WHOLE]) {
    const classes = joinings.find((joining) => isShown(tallies, { tenths, classes: joining }, audience))
    if (classes !== undefined) return { tenths, classes }
  }
  return null
}

function isShown(tallies: readonly TenthTally[], { tenths, classes }: Shape, audience: Audience): boolean {
  return tenths.every((run) => {
    const own = between(tallies, run)
    return (
      classesOf(own, EVERY_CLASS).rows > 0 &&
      classes.every((some) => mayShow(classesOf(own, some).rows, audience))
    )
  })
}

function outcomesShown(
  { rows, higher, lower }: ClassTally,
  audience: Audience,
  outcomes: UnchangedWith | null,
): boolean {
  if (outcomes === null) return true
  const same = rows - higher - lower
  const told = {
    apart: [higher, lower, same],
    higher: [higher + same, lower],
    lower: [higher, lower + same],
  }[outcomes]
  return told.every((count) => mayShow(count, audience))
}

function classesOf(tallies: readonly TenthTally[], run: Run): ClassTally {
  const all: ClassTally = { rows: 0, weight: 0n, higher: 0, lower: 0 }
  for (const { rows, weight, higher, lower } of tallies.flatMap(({ classes }) => between(classes, run))) {
    all.rows += rows
    all.weight += weight
    all.higher += higher
    all.lower += lower
  }
  return all
}

function between<T>(list: readonly T[], { first, last }: Run): T[] {
  return list.slice(first, last + 1)
}
