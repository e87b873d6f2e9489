// What a reader may see of the people whom a report counts. Small cells are decided here and nowhere else:
// 1. A count is shown if it is 0 or at least 10 rows: each row is a person, whatever its weight.
// 2. Smaller parts are joined first (joined-groups.ts): [4, 7, 12, 0, 3] is 4+7 and 12+0+3; groups [67, 19, 22, 14, 4]: 14+4.
// 3. One still under 10 is hidden with what gives it away ([3, 40, 12]: 3 and 12; [0, 25, 30]: none), and its money.
// 4. Curves that follow single costs (percentile, isotonic) are shown at 20 steps, to the nearest £500.
// 5. Only the depth `persons`, and what a council declares published, is open.

import type { Breakdown } from '../../contract/limits.ts'

/** Who reads: the smallest count that they may see, and the breakdowns that everybody has seen already. */
export type Audience = { readonly fewest: number; readonly published: readonly Breakdown[] }

/** The smallest count of people that the public sees. */
export const FEWEST_SHOWN = 10

/** The council's own modeller, who sees every person. */
export const MODELLER: Audience = { fewest: 1, published: [] }

/** The readers of a report: of the depth `persons` the modeller, of any other everybody. */
export function audienceOf(
  depth: 'headline' | 'groups' | 'persons',
  published: readonly Breakdown[] = [],
): Audience {
  return depth === 'persons' ? MODELLER : { fewest: FEWEST_SHOWN, published }
}

/** The same readers of one breakdown: everybody may see all counts of what the council has published. */
export function readersOf(breakdown: Breakdown, audience: Audience): Audience {
  return audience.published.includes(breakdown) ? MODELLER : audience
}

/** Whether figures of so many people may be shown; mayShow(1, …) asks whether a single person may be. */
export function mayShow(people: number, { fewest }: Audience): boolean {
  return people === 0 || people >= fewest
}
