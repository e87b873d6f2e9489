// Reading is checking: what is read back must be what was recorded, to the bit, or nobody is shown it.
import { commitment, leafHash, saltOf } from './canonical.ts'
import { openEnvelope, type Parts } from './event.ts'

/** An event and the parts of its payload as they are stored; null is a part that is not there, or not asked for. */
export type Stored = {
  readonly envelope: string
  readonly leafHash: Buffer
  readonly nonce: Buffer | null
  readonly refs: string | null
  readonly body: string | null
}

/** What is stored has another text or hash than the one that was recorded. */
export class RecordAltered extends Error {
  override readonly name = 'RecordAltered'
  readonly eventId: string

  constructor(eventId: string) {
    super(`event ${eventId} is not what was recorded`)
    this.eventId = eventId
  }
}

/** Throws `RecordAltered`. */
export function refuseAltered(
  eventId: string,
  { envelope, leafHash: leaf, nonce, refs, body }: Stored,
): void {
  if (!leafHash(envelope).equals(leaf)) throw new RecordAltered(eventId)
  const { payload } = openEnvelope(envelope)
  const agrees = (part: keyof Parts, content: string | null) =>
    content === null || (nonce !== null && payload[part] === commitment(saltOf(nonce, part), content))
  if (!agrees('refs', refs) || !agrees('body', body)) throw new RecordAltered(eventId)
}
