// Signed notes and their keys (C2SP signed-note, tlog-checkpoint, tlog-cosignature), as one who checks them needs them.
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { sha256 } from './tree.ts'

export type Key = {
  readonly vkey: string
  readonly name: string
  readonly keyId: Buffer
  /** Whose signatures say when: a witness's. */
  readonly isWitness: boolean
  readonly publicKey: KeyObject
}

export type Note = {
  readonly text: string
  readonly signatures: readonly { readonly name: string; readonly keyId: Buffer; readonly bytes: Buffer }[]
}

export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Buffer }

const VKEY = /^([^\p{White_Space}\p{Cc}+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u
const SIGNATURE = /^— ([^\p{White_Space}\p{Cc}+]+) ([A-Za-z0-9+/=]+)$/u
const CHECKPOINT = /^([^\n]+)\n([1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n$/
const RECEIPT = /^openras-receipt\/v1\n([^\n]+)\n([^\n]+)\n([0-9a-f]{64})\n$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: a note may have line feeds, and no other of them.
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/
const ED25519 = 1
const WITNESS = 4
// What stands before the 32 bytes of an Ed25519 key in its DER form (RFC 8410).
const DER = Buffer.from('302a300506032b6570032100', 'hex')

/** The key of a vkey, or null where it is none of Ed25519. */
export function keyOf(vkey: string): Key | null {
  const [, name, id, encoded = ''] = VKEY.exec(vkey) ?? []
  const material = bytesOf(encoded)
  if (name === undefined || material?.length !== 33) return null
  const [type] = material
  if (type !== ED25519 && type !== WITNESS) return null
  const keyId = sha256(`${name}\n`, material).subarray(0, 4)
  if (keyId.toString('hex') !== id) return null
  const publicKey = createPublicKey({
    key: Buffer.concat([DER, material.subarray(1)]),
    format: 'der',
    type: 'spki',
  })
  return { vkey, name, keyId, isWitness: type === WITNESS, publicKey }
}

export function noteOf(source: string): Note | null {
  const gap = source.lastIndexOf('\n\n')
  if (gap === -1 || !source.endsWith('\n') || CONTROL.test(source)) return null
  const lines = source.slice(gap + 2, -1).split('\n')
  const signatures = lines.flatMap((line) => {
    const [, name, encoded = ''] = SIGNATURE.exec(line) ?? []
    const bytes = bytesOf(encoded)
    if (name === undefined || bytes === null || bytes.length < 5) return []
    return [{ name, keyId: bytes.subarray(0, 4), bytes: bytes.subarray(4) }]
  })
  return signatures.length === lines.length ? { text: source.slice(0, gap + 1), signatures } : null
}

/** Three lines, and a size of 1 or more: the log signs nothing before it holds something. */
export function checkpointOf({ text }: Note): Checkpoint | null {
  const [, origin, size, encoded = ''] = CHECKPOINT.exec(text) ?? []
  const root = bytesOf(encoded)
  return origin === undefined || size === undefined || root === null
    ? null
    : { origin, size: Number(size), root }
}

export function receiptOf({ text }: Note) {
  const [, origin, event, leaf] = RECEIPT.exec(text) ?? []
  return origin === undefined || event === undefined || leaf === undefined ? null : { origin, event, leaf }
}

/** Whether a key signed a note: `forged` where a line says that it did and is wrong. */
export function signed({ text, signatures }: Note, key: Key): 'signed' | 'unsigned' | 'forged' {
  const own = signatures.filter(({ name, keyId }) => name === key.name && keyId.equals(key.keyId))
  if (own.length === 0) return 'unsigned'
  return own.every(({ bytes }) => isSigned(text, bytes, key)) ? 'signed' : 'forged'
}

function isSigned(text: string, bytes: Buffer, { isWitness, publicKey }: Key): boolean {
  if (!isWitness) return bytes.length === 64 && verify(null, Buffer.from(text), publicKey, bytes)
  if (bytes.length !== 72) return false
  const message = `cosignature/v1\ntime ${bytes.readBigUInt64BE(0)}\n${text}`
  return verify(null, Buffer.from(message), publicKey, bytes.subarray(8))
}

// Only the one base64 of some bytes.
function bytesOf(base64: string): Buffer | null {
  const bytes = Buffer.from(base64, 'base64')
  return bytes.toString('base64') === base64 ? bytes : null
}
