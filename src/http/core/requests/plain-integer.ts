// The one way to write a whole number, in a body as in an address: 1.0, 1e2 and 01 would be second ways, and
// 41.99999999999999999 would be stored as 42.
const PLAIN = /^(0|-?[1-9][0-9]{0,15})$/

/** Whether a text is 0, or a digit 1 to 9 and at most fifteen more, with a minus where it is less. */
export function isPlainInteger(text: string): boolean {
  return PLAIN.test(text)
}

/** Stands for a number that is written otherwise: no schema takes it, so that it is told in its place. */
export const NOT_PLAIN = Number.NaN
