// Which methods write single people's costs into their table: a rank or a step that one person holds has that person's
// cost as its amount, and a published table shows it to anybody who knows who has those points.
import type { MethodRequest } from '../calibration/methods/methods.ts'

/** Whether the table follows costs one by one, and not through a line or a price that rests on everybody. */
export function followsSingleCosts({ method }: MethodRequest): boolean {
  return method === 'percentile' || method === 'isotonic'
}

/** What a draft made from such a method says of itself, and what can be done about it. */
export const SINGLE_COSTS =
  'This method follows present costs one by one: at points that one person of the cohort has, the amount is or comes ' +
  'close to that person’s own cost, and publishing the table publishes it. Before publication, take knots out of the ' +
  'draft until each stands for at least 10 people, or choose a method whose line rests on everybody (fixed, line, rising-price, bounded-line).'
