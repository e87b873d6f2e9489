// An evidence bundle, line by line: what is exported, so that an outsider can check the log without the service. Each
// line is canonical JSON and a line feed; the last one says how many came before it, and their hash.
import { canonicalJson } from './canonical.ts'

export type BundleHead = {
  readonly authority: string
  readonly origin: string
  /** A log has every entry from the first; an extract has some, each with its proof. */
  readonly kind: 'log' | 'extract'
  /** Whether a log is for outsiders, who are shown no parts. */
  readonly withheld?: boolean
}

/** Parts of a payload as they are kept, with what shows that they are those of the envelope. */
export type BundlePayload = { readonly body?: string; readonly refs?: string } & (
  | { readonly nonce: Buffer }
  | { readonly salts: Readonly<Record<string, Buffer>> }
)

export type BundleEntry = {
  readonly index: number
  readonly envelope: string
  readonly payload?: BundlePayload
  /** The event that erased the payload. */
  readonly erasedBy?: string
  /** The text of what the event published. */
  readonly document?: string
  /** Extracts only: towards the last checkpoint. */
  readonly proof?: readonly Buffer[]
}

export function headLine({ withheld = false, ...head }: BundleHead): string {
  return line({ ...head, bundle: 1, ...(withheld ? { payloads: 'withheld' } : {}) })
}

export function entryLine({ payload, proof, ...entry }: BundleEntry): string {
  return line({
    entry: {
      ...entry,
      ...(payload === undefined ? {} : { payload: payloadMembers(payload) }),
      ...(proof === undefined ? {} : { proof: proof.map(hex) }),
    },
  })
}

export function consistencyLine(from: number, to: number, proof: readonly Buffer[]): string {
  return line({ consistency: { from, to, proof: proof.map(hex) } })
}

export function checkpointLine(note: string): string {
  return line({ checkpoint: note })
}

/** `sha256` is of the bytes of all the lines before it. */
export function endLine(lines: number, sha256: Buffer): string {
  return line({ end: { lines, sha256: hex(sha256) } })
}

function payloadMembers(payload: BundlePayload) {
  if ('nonce' in payload) return { ...payload, nonce: hex(payload.nonce) }
  const salts = Object.entries(payload.salts).map(([part, salt]) => [part, hex(salt)])
  return { ...payload, salts: Object.fromEntries(salts) }
}

function line(value: unknown): string {
  return `${canonicalJson(value)}\n`
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex')
}
