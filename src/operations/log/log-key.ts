// Whose logs these are, and what signs them.
import { type KeyObject, sign } from 'node:crypto'
import { receiptText } from '../../domain/log/checkpoint.ts'
import { keyIdOf, type NoteKey, type NoteSignature, noteKey, signatureLine } from '../../domain/log/note.ts'

/** An Ed25519 private key, and the name under which all authorities' logs stand. */
export type LogKey = { readonly origin: string; readonly privateKey: KeyObject }

/** The name under which an authority's log is signed. */
export function originOf({ origin }: LogKey, authorityId: string): string {
  return `${origin}/${authorityId}`
}

export function publicKeyOf(key: LogKey, authorityId: string): NoteKey {
  return noteKey(originOf(key, authorityId), 'ed25519', key.privateKey)
}

/** Signs texts in the name of authorities' logs. */
export type LogSigner = {
  /** A checkpoint's, or any other text of a note. */
  signature(authorityId: string, text: string): NoteSignature
  /** What a writer can hold the log to: that it will have this leaf for this event. */
  receipt(authorityId: string, eventId: string, leaf: Buffer): string
}

export function logSigner(key: LogKey): LogSigner {
  // An authority has one, and finding it costs more than a signature.
  const keyIds = new Map<string, Buffer>()
  const signature = (authorityId: string, text: string): NoteSignature => {
    const keyId = keyIds.get(authorityId) ?? keyIdOf(publicKeyOf(key, authorityId))
    keyIds.set(authorityId, keyId)
    return {
      name: originOf(key, authorityId),
      keyId,
      bytes: sign(null, Buffer.from(text), key.privateKey),
    }
  }
  return {
    signature,
    receipt: (authorityId, eventId, leaf) =>
      signatureLine(signature(authorityId, receiptText(originOf(key, authorityId), eventId, leaf))),
  }
}
