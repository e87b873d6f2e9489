// Signed notes, as C2SP's signed-note and tlog-cosignature have them: a text, a blank line, and a line for each
// signature. The log signs its checkpoints and receipts so, and witnesses what they have seen.
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { wholeNumber } from '../number/whole-number.ts'

/** Who signs: the name and public key that a vkey says. */
export type NoteKey = {
  readonly name: string
  readonly type: SignatureType
  /** 32 bytes of Ed25519. */
  readonly publicKey: Buffer
}

/** A log's own signature, or a witness's, which says when. */
export type SignatureType = 'ed25519' | 'cosignature'

/** `bytes` are what follows the key id. */
export type NoteSignature = { readonly name: string; readonly keyId: Buffer; readonly bytes: Buffer }

/** The text ends in a line feed. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] }

const TYPE_BYTES: Readonly<Record<SignatureType, number>> = { ed25519: 1, cosignature: 4 }

/** The key that an Ed25519 private or public key is under a name. */
export function noteKey(name: string, type: SignatureType, key: KeyObject): NoteKey {
  if (!NAME.test(name)) throw new Error('a key needs a name without spaces and plus signs')
  const { x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' })
  return { name, type, publicKey: Buffer.from(String(x), 'base64url') }
}

/** The first four bytes of SHA-256 over the name, a line feed, the type and the public key. */
export function keyIdOf({ name, type, publicKey }: NoteKey): Buffer {
  const hash = createHash('sha256').update(`${name}\n`).update(Buffer.of(TYPE_BYTES[type])).update(publicKey)
  return hash.digest().subarray(0, 4)
}

/** `name+key id+base64`: how a key is published. */
export function vkeyOf(key: NoteKey): string {
  const material = Buffer.concat([Buffer.of(TYPE_BYTES[key.type]), key.publicKey])
  return `${key.name}+${keyIdOf(key).toString('hex')}+${material.toString('base64')}`
}

/** The key of a vkey, or null where it is none, or of another kind than ours. */
export function keyOfVkey(vkey: string): NoteKey | null {
  const [, name, keyId, encoded = ''] = VKEY.exec(vkey) ?? []
  const material = bytesOf(encoded)
  if (name === undefined || material?.length !== 33) return null
  const type = material[0] === TYPE_BYTES.ed25519 ? 'ed25519' : 'cosignature'
  const key = { name, type, publicKey: material.subarray(1) } as const
  return material[0] === TYPE_BYTES[type] && keyIdOf(key).toString('hex') === keyId ? key : null
}

/** A text signed by an Ed25519 private key under a name. */
export function signNote(text: string, name: string, privateKey: KeyObject): NoteSignature {
  const keyId = keyIdOf(noteKey(name, 'ed25519', privateKey))
  return { name, keyId, bytes: sign(null, Buffer.from(text), privateKey) }
}

/** The note as it is kept and sent. */
export function noteText({ text, signatures }: Note): string {
  return `${text}\n${signatures.map((signature) => `— ${signatureLine(signature)}\n`).join('')}`
}

/** `name base64`: a signature line without its dash. */
export function signatureLine({ name, keyId, bytes }: NoteSignature): string {
  return `${name} ${Buffer.concat([keyId, bytes]).toString('base64')}`
}

/** The note of a text, or null where it is none. */
export function noteOf(source: string): Note | null {
  const gap = source.lastIndexOf('\n\n')
  if (gap === -1 || !source.endsWith('\n') || CONTROL.test(source)) return null
  const lines = source.slice(gap + 2, -1).split('\n')
  const signatures = lines.flatMap((line) => signatureOf(line) ?? [])
  if (signatures.length !== lines.length) return null
  return { text: source.slice(0, gap + 1), signatures }
}

/**
 * Whether a key has signed a note: `unsigned` where no line is of its name and id, `forged` where one is and is wrong.
 * A witness's line says when, in seconds since 1970.
 */
export function signedBy(
  { text, signatures }: Note,
  key: NoteKey,
): 'unsigned' | 'forged' | { readonly seconds: number | null } {
  const keyId = keyIdOf(key)
  const own = signatures.filter((signature) => signature.name === key.name && signature.keyId.equals(keyId))
  const [first] = own
  if (first === undefined) return 'unsigned'
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.publicKey.toString('base64url') }
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' })
  const isRight = ({ bytes }: NoteSignature) => {
    const { message, signature } =
      key.type === 'ed25519' ? { message: text, signature: bytes } : stated(text, bytes)
    return signature.length === 64 && verify(null, Buffer.from(message), publicKey, signature)
  }
  if (!own.every(isRight)) return 'forged'
  return { seconds: key.type === 'ed25519' ? null : secondsOf(first.bytes) }
}

// What a witness signs is the text under a head that says the time, which stands before the signature.
function stated(text: string, bytes: Buffer) {
  if (bytes.length !== 72 || bytes.readUInt16BE(0) !== 0) return { message: text, signature: Buffer.alloc(0) }
  return { message: cosigned(text, secondsOf(bytes)), signature: bytes.subarray(8) }
}

function secondsOf(bytes: Buffer): number {
  return wholeNumber(bytes.readBigUInt64BE(0))
}

/** What a witness signs at an instant: a fixed line, the time, and the text of the checkpoint. */
export function cosigned(text: string, seconds: number): string {
  return `cosignature/v1\ntime ${seconds}\n${text}`
}

function signatureOf(line: string): NoteSignature | null {
  const [, name, encoded = ''] = SIGNATURE.exec(line) ?? []
  const all = bytesOf(encoded)
  if (name === undefined || all === null || all.length < 5) return null
  return { name, keyId: all.subarray(0, 4), bytes: all.subarray(4) }
}

// One text for the same bytes, and no other.
function bytesOf(base64: string): Buffer | null {
  const bytes = Buffer.from(base64, 'base64')
  return bytes.toString('base64') === base64 ? bytes : null
}

const NAME = /^[^\p{White_Space}\p{Cc}+]+$/u
const VKEY = /^([^\p{White_Space}\p{Cc}+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u
const SIGNATURE = /^— ([^\p{White_Space}\p{Cc}+]+) ([A-Za-z0-9+/=]+)$/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: a note may have line feeds, and no other of them.
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/
