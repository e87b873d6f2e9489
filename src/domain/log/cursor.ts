// Where a reader of the log stands: an index, and the chain there, so that a log whose past has changed is noticed.
import { wholeNumber } from '../number/whole-number.ts'

/** Null stands before the first entry. */
export type Cursor = { readonly index: number; readonly chain: string } | null

const CURSOR = /^(0|[1-9][0-9]{0,14})-([0-9a-f]{16})$/
const START = '-1'

/** `1-5b84067b3ac066c4`: the index of an entry and the first 8 bytes of its chain; `-1` before the first. */
export function cursorText(index: number, chain: Buffer): string {
  return `${index}-${chain.subarray(0, 8).toString('hex')}`
}

/** The cursor of a text, or undefined where it is none. */
export function cursorOf(text: string): Cursor | undefined {
  if (text === START) return null
  const [, index, chain] = CURSOR.exec(text) ?? []
  if (index === undefined || chain === undefined) return undefined
  return { index: wholeNumber(BigInt(index)), chain }
}
