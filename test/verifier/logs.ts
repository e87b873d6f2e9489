// Logs drawn from a seed, and the bundles that an honest service would make of them: everything in them is made by the
// service's own code.
import { createHash, type KeyObject, sign } from 'node:crypto'
import type { EventKind } from '../../src/contract/event.ts'
import {
  type BundleEntry,
  checkpointLine,
  consistencyLine,
  entryLine,
  headLine,
} from '../../src/domain/log/bundle.ts'
import { canonicalJson, contentHash, leafHash, saltOf } from '../../src/domain/log/canonical.ts'
import { checkpointText, receiptText } from '../../src/domain/log/checkpoint.ts'
import { sealEvent } from '../../src/domain/log/event.ts'
import { EMPTY_FRONTIER, grown, rootOf } from '../../src/domain/log/frontier.ts'
import {
  cosigned,
  keyIdOf,
  type NoteKey,
  type NoteSignature,
  noteKey,
  noteText,
  signNote,
  vkeyOf,
} from '../../src/domain/log/note.ts'
import { consistencyRanges, inclusionRanges, proofOf } from '../../src/domain/log/proof.ts'
import { seeded, words } from '../../src/domain/number/random.ts'
import { present } from '../../src/domain/present.ts'
import { privateKeyOf } from '../support/evidence.ts'

/** What a verifier is given. */
export type Request = {
  readonly bundle: string | Buffer
  readonly key: string
  readonly held?: readonly string[]
  readonly receipts?: readonly string[]
  readonly witnesses?: readonly string[]
}

/** Whole numbers below a bound, each call the next. */
export type Chance = (bound: number) => number

export function chance(seed: number): Chance {
  let state = seeded(seed)
  return (bound) => {
    const drawn = words(state, 1)
    state = drawn.state
    return Math.floor((present(drawn.draws[0]) / 2 ** 32) * bound)
  }
}

export const ORIGIN = 'openras.example/demo'

/** The `n`-th key of the log. */
export function logKey(n: number, origin = ORIGIN) {
  const secret = privateKeyOf(createHash('sha256').update(`log ${n}`).digest())
  return { secret, key: noteKey(origin, 'ed25519', secret) }
}

const WITNESSES = ['witness.example/w1', 'zeuge.example/zwei'].map((name) => {
  const secret = privateKeyOf(createHash('sha256').update(name).digest())
  return { secret, key: noteKey(name, 'cosignature', secret) }
})

export type Logged = {
  readonly event: string
  readonly envelope: string
  readonly nonce: Buffer
  readonly parts: { readonly body?: string; readonly refs?: string }
  readonly document: string | null
  erasedBy: string | null
}

export type Log = {
  readonly entries: readonly Logged[]
  readonly leaves: readonly Buffer[]
  /** Indices of the changes of the key. */
  readonly changes: readonly number[]
  readonly noteAt: (size: number) => string
  readonly proof: (ranges: ReturnType<typeof inclusionRanges>) => readonly Buffer[]
}

const AUTHORITY = 'demo'

function eventIdOf(number: number): string {
  return `01a20fb0-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
}

type Written = {
  readonly kind: string
  readonly facts: object
  readonly parts?: Logged['parts']
  readonly document?: string
}

/** An event as the service seals it. Some kinds here are of the log itself, which no caller writes. */
export function logged(number: number, { kind, facts, parts = {}, document }: Written): Logged {
  const isAbout = kind.startsWith('payloads-')
  const { eventId, envelope, nonce } = sealEvent({
    authorityId: AUTHORITY,
    eventId: eventIdOf(number),
    kind: kind as EventKind,
    at: new Date(1_795_000_000_000 + number * 1000).toISOString(),
    actor: { client: 'cms', subject: `s${number % 3}` },
    about: isAbout ? { event: eventIdOf(0), place: 'erasure' } : null,
    facts,
    parts,
    nonce: createHash('sha256').update(`nonce ${number}`).digest(),
  })
  return { event: eventId, envelope, nonce, parts, document: document ?? null, erasedBy: null }
}

/** A log of given entries: its tree, and its notes as they were signed when the keys changed at these indices. */
export function logOf(
  entries: readonly Logged[],
  changes: readonly number[],
  witnessed = (_: number) => true,
): Log {
  const leaves = entries.map(({ envelope }) => leafHash(envelope))
  const { completed } = grown(EMPTY_FRONTIER, leaves)
  const stored = [...leaves.map((hash, node) => ({ level: 0, node, hash })), ...completed]
  const notes = new Map<number, string>()
  return {
    entries,
    leaves,
    changes,
    proof: (ranges) => proofOf(ranges, stored),
    noteAt(size) {
      const known = notes.get(size)
      if (known !== undefined) return known
      const root = rootOf(grown(EMPTY_FRONTIER, leaves.slice(0, size)).frontier)
      const text = checkpointText({ origin: ORIGIN, size, root })
      const current = changes.filter((index) => index < size).length
      // All keys sign, as where one replaced the other in this very tick: who checks needs some of them.
      const signatures: NoteSignature[] = []
      for (let n = 0; n <= current; n += 1) signatures.push(signNote(text, ORIGIN, logKey(n).secret))
      if (witnessed(size))
        for (const { secret, key } of WITNESSES)
          signatures.push(cosignature(text, secret, key, 1_795_000_000 + size))
      const note = noteText({ text, signatures })
      notes.set(size, note)
      return note
    },
  }
}

function cosignature(text: string, secret: KeyObject, key: NoteKey, seconds: number): NoteSignature {
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(seconds))
  const bytes = Buffer.concat([time, sign(null, Buffer.from(cosigned(text, seconds)), secret)])
  return { name: key.name, keyId: keyIdOf(key), bytes }
}

/** A log as a council's might be: records about persons, documents, erasures, and now and then another key. */
export function drawnLog(draw: Chance, size: number): Log {
  const entries: Logged[] = []
  const changes: number[] = []
  for (let number = 0; number < size; number += 1) {
    const erasable = entries.filter(({ parts, erasedBy }) => erasedBy === null && parts.refs !== undefined)
    const kind = draw(20)
    if (kind === 0) {
      const [before, after] = [changes.length, changes.length + 1].map((n) => vkeyOf(logKey(n).key))
      changes.push(number)
      entries.push(logged(number, { kind: 'log-key-changed', facts: { replaces: before, vkey: after } }))
    } else if (kind <= 2 && erasable.length > 0) {
      const erased = erasable.filter(() => draw(3) === 0)
      const event = logged(number, {
        kind: 'payloads-erased',
        facts: { events: erased.map((one) => one.event), policy: { key: 'retention', version: 1 } },
      })
      for (const one of erased) one.erasedBy = event.event
      entries.push(event)
    } else if (kind <= 4) {
      const document = canonicalJson({
        key: 'adult',
        title: `Ä "question"\n${number} 😀`,
        version: number + 1,
      })
      const facts = { contentHash: contentHash(document), key: 'adult', version: number + 1 }
      entries.push(logged(number, { kind: 'questionnaire-published', facts, document }))
    } else if (kind === 5) {
      entries.push(
        logged(number, { kind: 'scrub-finished', facts: { checked: number, share: 0.5, tiny: 1e-7 } }),
      )
    } else {
      const amountAnnual = draw(4) === 0 ? null : `${draw(100_000)}.${draw(90) + 10}`
      const body = JSON.stringify({ allocation: { amountAnnual }, assessment: { note: 'é\u0007"\\' } })
      const refs = JSON.stringify({ personRef: `P-${number}` })
      const facts = { amountAnnual, outcome: amountAnnual === null ? 'not-eligible' : 'indicative' }
      const parts = draw(10) === 0 ? { body } : { body, refs }
      entries.push(logged(number, { kind: 'assessment-allocated', facts, parts }))
    }
  }
  return logOf(entries, changes, (at) => at === size || draw(2) === 0)
}

function payloadOf({ parts, nonce, erasedBy }: Logged): Pick<BundleEntry, 'payload' | 'erasedBy'> {
  if (Object.keys(parts).length === 0) return {}
  return erasedBy === null ? { payload: { nonce, ...parts } } : { erasedBy }
}

function documentOf({ document }: Logged): Pick<BundleEntry, 'document'> {
  return document === null ? {} : { document }
}

/** The lines of a bundle but for its end, and what else a verifier may be given about it. */
export type Made = {
  readonly lines: readonly string[]
  readonly request: Omit<Request, 'bundle'>
}

/** Sizes below the whole, rising, each once. */
function sizesOf(draw: Chance, whole: number, most: number): readonly number[] {
  const sizes = Array.from({ length: draw(most + 1) }, () => 1 + draw(whole))
  return [...new Set(sizes)].filter((size) => size < whole).sort((a, b) => a - b)
}

function askedOf(draw: Chance, log: Log, held: readonly number[], receipts: readonly Logged[]) {
  const witnesses = WITNESSES.filter(() => draw(2) === 0).map(({ key }) => vkeyOf(key))
  return {
    key: vkeyOf(logKey(draw(log.changes.length + 1)).key),
    held: held.map((size) => log.noteAt(size)),
    receipts: receipts.map(({ event, envelope }) => {
      const text = receiptText(ORIGIN, event, leafHash(envelope))
      return noteText({ text, signatures: [signNote(text, ORIGIN, logKey(0).secret)] })
    }),
    witnesses,
  }
}

/** A whole log, for insiders or for outsiders. */
export function logBundle(draw: Chance, log: Log): Made {
  const withheld = draw(3) === 0
  const size = log.entries.length
  const sizes = [...sizesOf(draw, size, 3), size]
  const lines = [
    headLine({ authority: AUTHORITY, origin: ORIGIN, kind: 'log', withheld }),
    ...log.entries.map((entry, index) =>
      entryLine({
        index,
        envelope: entry.envelope,
        ...(withheld && entry.erasedBy === null ? {} : payloadOf(entry)),
        ...documentOf(entry),
      }),
    ),
    // Whatever key is known, the first notes after a change lead to the next.
    ...[...new Set([...log.changes.map((index) => index + 1), ...sizes])]
      .sort((a, b) => a - b)
      .map((one) => checkpointLine(log.noteAt(one))),
  ]
  const receipts = log.entries.filter(() => draw(size) === 0)
  return { lines, request: askedOf(draw, log, sizesOf(draw, size + 1, 2), receipts) }
}

/** Some entries with their proofs. */
export function extractBundle(draw: Chance, log: Log): Made {
  const whole = log.entries.length
  const chosen = log.entries.map((entry, index) => ({ entry, index })).filter(() => draw(3) === 0)
  const erasers = chosen.flatMap(({ entry }) => entry.erasedBy ?? [])
  const needed = log.entries
    .map((entry, index) => ({ entry, index }))
    .filter(
      ({ entry, index }) =>
        log.changes.includes(index) ||
        erasers.includes(entry.event) ||
        chosen.some((one) => one.index === index),
    )
  const sizes = [...sizesOf(draw, whole, 2), whole]
  const held = sizesOf(draw, whole, 1)
  const linked = [...new Set([...sizes.slice(0, -1), ...held])].sort((a, b) => a - b)
  const lines = [
    headLine({ authority: AUTHORITY, origin: ORIGIN, kind: 'extract' }),
    ...needed.map(({ entry, index }) =>
      entryLine({
        index,
        envelope: entry.envelope,
        ...shownOf(draw, entry),
        ...documentOf(entry),
        proof: log.proof(inclusionRanges(index, whole)),
      }),
    ),
    ...linked.map((from) => consistencyLine(from, whole, log.proof(consistencyRanges(from, whole)))),
    ...sizes.map((size) => checkpointLine(log.noteAt(size))),
  ]
  const receipts = chosen.filter(() => draw(4) === 0).map(({ entry }) => entry)
  return { lines, request: askedOf(draw, log, [...held, ...(draw(2) === 0 ? [whole] : [])], receipts) }
}

// Of an extract nothing, all, or one part with its salt is shown.
function shownOf(draw: Chance, entry: Logged): Pick<BundleEntry, 'payload' | 'erasedBy'> {
  const { body } = entry.parts
  const how = draw(3)
  if (entry.erasedBy !== null || how === 0 || body === undefined) return payloadOf(entry)
  return how === 1 ? {} : { payload: { salts: { body: saltOf(entry.nonce, 'body') }, body } }
}
