// The forms of a bundle's lines, and of the envelopes in them. Each reads a value and gives it a type, or says in words
// what is wrong with it.
import type { Json, JsonObject } from './canonical-json.ts'

/** What is wrong with a value, in words that follow "tampered: line 3:". */
export class Malformed extends Error {}

export type Head = {
  readonly authority: string
  readonly origin: string
  readonly isLog: boolean
  readonly isWithheld: boolean
}

export type Entry = {
  readonly index: number
  readonly envelope: string
  readonly payload: Payload | null
  readonly erasedBy: string | null
  readonly document: string | null
  readonly proof: readonly Buffer[]
}

/** The parts that are shown, and of each its salt, where no nonce gives it. */
export type Payload = {
  readonly nonce: Buffer | null
  readonly salts: ReadonlyMap<string, Buffer>
  readonly parts: ReadonlyMap<string, string>
}

export type Consistency = { readonly from: number; readonly to: number; readonly proof: readonly Buffer[] }
export type End = { readonly lines: number; readonly sha256: string }

export type Envelope = {
  readonly event: string
  readonly kind: string
  readonly facts: JsonObject
  /** What it commits to, by the part's name. */
  readonly commitments: ReadonlyMap<string, string>
}

const PARTS = ['body', 'refs']
const HASH = /^[0-9a-f]{64}$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T([0-9]{2}:){2}[0-9]{2}\.[0-9]{3}Z$/

export function headOf(value: Json): Head {
  const { authority, bundle, kind, origin, ...more } = objectOf(value, 'the first line')
  if (bundle !== 1) throw new Malformed('the first line is of another version')
  const isLog = kind === 'log'
  const { payloads, ...unknown } = more
  if (Object.keys(unknown).length > 0) throw new Malformed('the first line says more than it may')
  if (!isLog && kind !== 'extract') throw new Malformed('the first line is of no kind that there is')
  if (payloads !== undefined && !(isLog && payloads === 'withheld'))
    throw new Malformed('the first line says something else of payloads than that a log withholds them')
  return {
    authority: textOf(authority, 'the authority'),
    origin: textOf(origin, 'the origin'),
    isLog,
    isWithheld: payloads === 'withheld',
  }
}

export function entryOf(value: Json, isLog: boolean): Entry {
  const members = objectOf(value, 'the entry')
  only(
    members,
    ['document', 'envelope', 'erasedBy', 'index', 'payload', ...(isLog ? [] : ['proof'])],
    'the entry',
  )
  const { document, envelope, erasedBy, index, payload, proof } = members
  return {
    index: wholeOf(index, 0, 'the index'),
    envelope: textOf(envelope, 'the envelope'),
    payload: payload === undefined ? null : payloadOf(payload),
    erasedBy: erasedBy === undefined ? null : matching(erasedBy, UUID, 'the event that erased it'),
    document: document === undefined ? null : textOf(document, 'the document'),
    proof: isLog ? [] : hashesOf(proof),
  }
}

function payloadOf(value: Json): Payload {
  const members = objectOf(value, 'the payload')
  only(members, ['nonce', 'salts', ...PARTS], 'the payload')
  const { nonce, salts, ...texts } = members
  const parts = new Map(Object.entries(texts).map(([name, text]) => [name, textOf(text, `the ${name}`)]))
  if (parts.size === 0) throw new Malformed('the payload has no part')
  if ((nonce === undefined) === (salts === undefined))
    throw new Malformed('the payload needs either a nonce or salts')
  if (nonce !== undefined) return { nonce: hashOf(nonce, 'the nonce'), salts: new Map(), parts }
  const given = Object.entries(objectOf(salts, 'the salts'))
  if (given.length !== parts.size || given.some(([name]) => !parts.has(name)))
    throw new Malformed('the salts are not of the parts that are shown')
  return { nonce: null, salts: new Map(given.map(([name, salt]) => [name, hashOf(salt, 'a salt')])), parts }
}

export function consistencyOf(value: Json): Consistency {
  const members = objectOf(value, 'the consistency proof')
  only(members, ['from', 'proof', 'to'], 'the consistency proof')
  const from = wholeOf(members.from, 1, 'the smaller size')
  return { from, to: wholeOf(members.to, from + 1, 'the larger size'), proof: hashesOf(members.proof) }
}

export function endOf(value: Json): End {
  const members = objectOf(value, 'the end')
  only(members, ['lines', 'sha256'], 'the end')
  return {
    lines: wholeOf(members.lines, 1, 'the number of lines'),
    sha256: matching(members.sha256, HASH, 'the hash of the lines'),
  }
}

/** An envelope of version 2, of this authority. */
export function envelopeOf(value: Json, authority: string): Envelope {
  const members = objectOf(value, 'the envelope')
  const names = ['about', 'actor', 'at', 'authority', 'event', 'facts', 'kind', 'payload', 'place', 'v']
  only(members, names, 'the envelope')
  if (members.v !== 2) throw new Malformed('the envelope is of another version')
  if (members.authority !== authority) throw new Malformed('the envelope is of another authority')
  if (members.about !== null) matching(members.about, UUID, 'what the event is about')
  if (members.place !== null) textOf(members.place, 'the place')
  if ((members.about === null) !== (members.place === null))
    throw new Malformed('the envelope has a place without what it is about, or the other way round')
  const actor = objectOf(members.actor, 'the actor')
  only(actor, ['client', 'subject'], 'the actor')
  textOf(actor.client, 'the client')
  textOf(actor.subject, 'the subject')
  matching(members.at, INSTANT, 'the instant')
  const payload = objectOf(members.payload, 'what the envelope commits to')
  only(payload, PARTS, 'what the envelope commits to')
  const commitments = Object.entries(payload).map(
    ([name, hash]) => [name, matching(hash, HASH, 'a commitment')] as const,
  )
  return {
    event: matching(members.event, UUID, 'the event'),
    kind: textOf(members.kind, 'the kind'),
    facts: objectOf(members.facts, 'the facts'),
    commitments: new Map(commitments),
  }
}

export function objectOf(value: Json | undefined, what: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Malformed(`${what} is no object`)
  return value as JsonObject
}

export function only(members: JsonObject, names: readonly string[], what: string): void {
  if (Object.keys(members).some((name) => !names.includes(name)))
    throw new Malformed(`${what} has a member that it may not have`)
}

export function textOf(value: Json | undefined, what: string): string {
  if (typeof value !== 'string') throw new Malformed(`${what} is no text`)
  return value
}

function matching(value: Json | undefined, form: RegExp, what: string): string {
  const text = textOf(value, what)
  if (!form.test(text)) throw new Malformed(`${what} is not of its form`)
  return text
}

function wholeOf(value: Json | undefined, least: number, what: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least)
    throw new Malformed(`${what} is no whole number from ${least}`)
  return value
}

function hashOf(value: Json | undefined, what: string): Buffer {
  return Buffer.from(matching(value, HASH, what), 'hex')
}

function hashesOf(value: Json | undefined): readonly Buffer[] {
  if (!Array.isArray(value)) throw new Malformed('the proof is no list')
  return value.map((hash: Json) => hashOf(hash, 'a hash of the proof'))
}
