// What people can plan with: the whole less what is held ready, person by person, as the engine holds it.
import { type Fraction, roundHalfUp } from '../../number/fraction.ts'
import { wholeNumber } from '../../number/whole-number.ts'

/** Pence a year that can be planned with now, of amounts in pence a year: the held share is rounded, once. */
export function availableOf(amounts: readonly number[], held: Fraction): readonly number[] {
  return amounts.map((amount) => amount - wholeNumber(roundHalfUp({ n: BigInt(amount) * held.n, d: held.d })))
}
