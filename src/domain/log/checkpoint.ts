// What the log signs: that it had this root at this size, and that it will hold this event.
import { wholeNumber } from '../number/whole-number.ts'

export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Buffer }

const CHECKPOINT = /^([^\n]+)\n(0|[1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n$/

/** C2SP's tlog-checkpoint: the origin, the size and the root, each on a line, and no further line. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`
}

/** The checkpoint of a note's text, or null where it is none. */
export function checkpointOf(text: string): Checkpoint | null {
  const [, origin, size, encoded] = CHECKPOINT.exec(text) ?? []
  if (origin === undefined || size === undefined || encoded === undefined) return null
  const checkpoint = { origin, size: wholeNumber(BigInt(size)), root: Buffer.from(encoded, 'base64') }
  return checkpointText(checkpoint) === text ? checkpoint : null
}

/** What the log promises a writer: to hold this leaf for this event. Signed as a note, it is a receipt. */
export function receiptText(origin: string, eventId: string, leaf: Buffer): string {
  return `openras-receipt/v1\n${origin}\n${eventId}\n${leaf.toString('hex')}\n`
}
