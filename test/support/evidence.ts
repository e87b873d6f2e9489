// Keys from seeds and the worked example of a bundle: the same in every run.
import { createHash, createPrivateKey, type KeyObject } from 'node:crypto'
import { checkpointLine, endLine, entryLine, headLine } from '../../src/domain/log/bundle.ts'
import { leafHash } from '../../src/domain/log/canonical.ts'
import { checkpointText } from '../../src/domain/log/checkpoint.ts'
import { sealEvent } from '../../src/domain/log/event.ts'
import { EMPTY_FRONTIER, grown, rootOf } from '../../src/domain/log/frontier.ts'
import { noteText, signNote } from '../../src/domain/log/note.ts'

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The Ed25519 private key of 32 bytes. */
export function privateKeyOf(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
}

const ORIGIN = 'openras.example/demo'

function exampleEntry(number: number, amountAnnual: string | null, outcome: string, personRef: string) {
  const nonce = Buffer.alloc(32, number)
  const body = JSON.stringify({ allocation: { amountAnnual }, assessment: {} })
  const refs = JSON.stringify({ personRef })
  const { envelope } = sealEvent({
    authorityId: 'demo',
    eventId: `01a20fb0-0000-7000-8000-00000000000${number}`,
    kind: 'assessment-allocated',
    at: `2026-11-24T09:00:0${number}.000Z`,
    actor: { client: 'cms', subject: 's1' },
    about: null,
    facts: { amountAnnual, outcome },
    parts: { body, refs },
    nonce,
  })
  return { envelope, nonce, body, refs }
}

/** The smallest log that shows the form of a bundle: two events, and a checkpoint after each. */
export const EXAMPLE = {
  origin: ORIGIN,
  key: privateKeyOf(Buffer.from(Array.from({ length: 32 }, (_, i) => i))),
  entries: [exampleEntry(0, '13641.22', 'indicative', 'P-1'), exampleEntry(1, null, 'not-eligible', 'P-2')],
} as const

export function exampleBundle(): string {
  const leaves = EXAMPLE.entries.map(({ envelope }) => leafHash(envelope))
  const note = (size: number) => {
    const root = rootOf(grown(EMPTY_FRONTIER, leaves.slice(0, size)).frontier)
    const text = checkpointText({ origin: ORIGIN, size, root })
    return noteText({ text, signatures: [signNote(text, ORIGIN, EXAMPLE.key)] })
  }
  return finished([
    headLine({ authority: 'demo', origin: ORIGIN, kind: 'log' }),
    ...EXAMPLE.entries.map(({ envelope, ...payload }, index) => entryLine({ index, envelope, payload })),
    ...[1, 2].map((size) => checkpointLine(note(size))),
  ])
}

/** Lines with their end. */
export function finished(lines: readonly string[]): string {
  const text = lines.join('')
  return text + endLine(lines.length, createHash('sha256').update(text).digest())
}
