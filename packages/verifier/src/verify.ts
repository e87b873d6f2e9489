// Checks a bundle from its first line to its last, holding of it no more than 32 bytes an entry, its keys and notes.
import { createHash } from 'node:crypto'
import { type Json, NotCanonical, readCanonical } from './canonical-json.ts'
import { type Finding, Tampered, Unusable } from './findings.ts'
import {
  type Consistency,
  consistencyOf,
  type Entry,
  type Envelope,
  endOf,
  entryOf,
  envelopeOf,
  type Head,
  headOf,
  Malformed,
  only,
  textOf,
} from './forms.ts'
import { LogKeys } from './keys.ts'
import { type Line, lastButOne, linesOf, type Source } from './lines.ts'
import {
  type Checkpoint,
  checkpointOf,
  type Key,
  keyOf,
  type Note,
  noteOf,
  receiptOf,
  signed,
} from './note.ts'
import { Replay } from './replay/replay.ts'
import { isConsistent, Leaves, leafOf, rootByInclusion, sha256 } from './tree.ts'

export type Asked = {
  /** The log's public key, as it was published. */
  readonly key: string
  /** Notes and receipts that somebody kept, as texts. */
  readonly held?: readonly string[]
  readonly receipts?: readonly string[]
  /** The public keys of witnesses that must have seen the log. */
  readonly witnesses?: readonly string[]
  /** Whether every allocation is computed again. */
  readonly replay?: boolean
}

/** What is found in a bundle. Mistakes of this program itself are thrown. */
export function verifyBundle(source: Source, asked: Asked): Finding {
  try {
    return { verdict: 'good', told: checked(source, asked) }
  } catch (found) {
    if (found instanceof Tampered)
      return { verdict: 'tampered', line: found.line, index: found.index, what: found.message }
    if (found instanceof Unusable) return { verdict: 'unusable', what: found.message }
    throw found
  }
}

function checked(source: Source, asked: Asked): readonly string[] {
  const given = givenBy(asked)
  const lines = linesOf(source)
  const first = lines.next()
  if (first.done === true) throw new Unusable('The file is empty.')
  const bundle = begun(first.value, source, given)
  const hash = createHash('sha256').update(first.value.bytes).update('\n')
  let last = first.value
  for (const line of lines) {
    if (bundle.isEnded) throw new Tampered(line.number, null, 'Something follows the end.')
    last = line
    if (!line.ended) throw new Tampered(line.number, null, 'The line has no end: something is cut off.')
    bundle.read(line, jsonOf(line), hash)
    hash.update(line.bytes).update('\n')
  }
  if (!bundle.isEnded) throw new Tampered(last.number + 1, null, 'The end is missing: something is cut off.')
  return bundle.finish(last.number)
}

type Given = {
  readonly key: Key
  readonly held: readonly { readonly note: Note; readonly checkpoint: Checkpoint }[]
  readonly receipts: readonly {
    readonly note: Note
    readonly receipt: { readonly origin: string; readonly event: string; readonly leaf: string }
  }[]
  readonly witnesses: readonly Key[]
  readonly replay: boolean
}

function givenBy({ key: vkey, held = [], receipts = [], witnesses = [], replay = false }: Asked): Given {
  const key = keyOf(vkey)
  if (key === null || key.isWitness) throw new Unusable('The key is not a vkey of a log.')
  return {
    key,
    held: held.map((text) => {
      const note = noteOf(text)
      const checkpoint = note === null ? null : checkpointOf(note)
      if (note === null || checkpoint === null) throw new Unusable('A held note is not a checkpoint.')
      return { note, checkpoint }
    }),
    receipts: receipts.map((text) => {
      const note = noteOf(text)
      const receipt = note === null ? null : receiptOf(note)
      if (note === null || receipt === null) throw new Unusable('A receipt is not of its form.')
      return { note, receipt }
    }),
    witnesses: witnesses.map((text) => {
      const witness = keyOf(text)
      if (!witness?.isWitness) throw new Unusable('A witness is not named by the vkey of one.')
      return witness
    }),
    replay,
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function jsonOf({ number, bytes }: Line): Json {
  try {
    return readCanonical(UTF8.decode(bytes))
  } catch (fault) {
    if (fault instanceof NotCanonical || fault instanceof TypeError)
      throw new Tampered(number, null, 'The line is not canonical JSON.')
    throw fault
  }
}

// What does not say that it is a bundle of version 1 is none; what says so has to be one.
function begun(line: Line, source: Source, given: Given): Bundle {
  if (!saysBundle(line)) throw new Unusable('The file is not a bundle of version 1.')
  if (!line.ended) throw new Tampered(1, null, 'The line has no end: something is cut off.')
  const head = atLine(line.number, null, () => headOf(jsonOf(line)))
  if (head.origin !== given.key.name)
    throw new Tampered(1, null, `The bundle is of ${head.origin}, and the key of ${given.key.name}.`)
  return new Bundle(head, given, head.isLog ? null : lastCheckpoint(source))
}

function saysBundle({ bytes }: Line): boolean {
  try {
    return JSON.parse(UTF8.decode(bytes))?.bundle === 1
  } catch {
    return false
  }
}

// An extract's proofs lead to its last checkpoint, which stands behind them. It is read again in its place.
function lastCheckpoint(source: Source): Checkpoint | null {
  try {
    const value = readCanonical(UTF8.decode(lastButOne(source) ?? Buffer.alloc(0)))
    return checkpointOf(noteOf((value as { checkpoint: string }).checkpoint) as Note)
  } catch {
    return null
  }
}

function atLine<T>(line: number, index: number | null, read: () => T): T {
  try {
    return read()
  } catch (fault) {
    if (fault instanceof Malformed) throw new Tampered(line, index, sentence(fault.message))
    throw fault
  }
}

function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`
}

const ORDER = ['entry', 'consistency', 'checkpoint', 'end']

class Bundle {
  readonly #head: Head
  readonly #given: Given
  /** Of an extract: what its proofs lead to. */
  readonly #target: Checkpoint | null
  readonly #keys: LogKeys
  readonly #replay: Replay | null
  readonly #leaves = new Leaves()
  #place = 0
  #entries = 0
  #lastIndex = -1
  #withheld = 0
  #erased = 0
  /** Entries whose payload is said to be erased, until the event that did it is met. */
  readonly #missing = new Map<string, { line: number; index: number; erasedBy: string }>()
  readonly #receipts = new Map<string, 'unseen' | 'kept'>()
  readonly #consistency: { line: number; proof: Consistency }[] = []
  readonly #checkpoints: { line: number; checkpoint: Checkpoint }[] = []
  readonly #witnessed = new Map<string, number>()
  /** Roots of a log at the sizes of held notes. */
  readonly #heldRoots = new Map<number, Buffer>()

  constructor(head: Head, given: Given, target: Checkpoint | null) {
    this.#head = head
    this.#given = given
    this.#target = target
    this.#keys = new LogKeys(given.key)
    this.#replay = given.replay ? new Replay() : null
    for (const { receipt } of given.receipts) this.#receipts.set(receipt.event, 'unseen')
  }

  get isEnded(): boolean {
    return this.#place === ORDER.length - 1
  }

  /** `before` is the hash of all lines before this one. */
  read(line: Line, value: Json, before: ReturnType<typeof createHash>): void {
    const [[name, content] = ['', null], ...more] =
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
    const place = ORDER.indexOf(name)
    if (place === -1 || more.length > 0 || (name === 'consistency' && this.#head.isLog))
      throw new Tampered(line.number, null, 'The line is none that this bundle may have.')
    if (place < this.#place) throw new Tampered(line.number, null, 'The line is out of its place.')
    this.#place = place
    if (name === 'entry') this.#readEntry(line.number, content)
    if (name === 'consistency')
      this.#consistency.push({
        line: line.number,
        proof: atLine(line.number, null, () => consistencyOf(content)),
      })
    if (name === 'checkpoint') this.#readCheckpoint(line.number, content)
    if (name === 'end') {
      const { lines, sha256: hash } = atLine(line.number, null, () => endOf(content))
      if (lines !== line.number - 1)
        throw new Tampered(
          line.number,
          null,
          `The end counts ${lines} lines, and there are ${line.number - 1}.`,
        )
      if (before.copy().digest('hex') !== hash)
        throw new Tampered(line.number, null, 'The end has another hash than the lines before it.')
    }
  }

  #readEntry(line: number, value: Json): void {
    const entry = atLine(line, null, () => entryOf(value, this.#head.isLog))
    const { index } = entry
    if (this.#head.isLog ? index !== this.#lastIndex + 1 : index <= this.#lastIndex)
      throw new Tampered(
        line,
        index,
        `Entry ${index} follows entry ${this.#lastIndex < 0 ? 'none' : this.#lastIndex}.`,
      )
    this.#lastIndex = index
    this.#entries += 1
    const fault = (what: string) => new Tampered(line, index, what)
    const envelope = atLine(line, index, () =>
      envelopeOf(canonicalText(entry.envelope, fault), this.#head.authority),
    )
    this.#checkPayload(line, entry, envelope)
    const document = this.#documentOf(entry, envelope, fault)
    const leaf = leafOf(entry.envelope)
    this.#include(line, entry, leaf)
    if (this.#receipts.has(envelope.event)) this.#meetReceipts(envelope.event, leaf, fault)
    if (envelope.kind === 'log-key-changed') this.#changeKey(line, index, envelope)
    if (envelope.kind === 'payloads-erased') this.#meetErasure(envelope)
    this.#replay?.read({ line, index, envelope, document, body: entry.payload?.parts.get('body') ?? null })
  }

  #checkPayload(line: number, { index, payload, erasedBy }: Entry, envelope: Envelope): void {
    const fault = (what: string) => new Tampered(line, index, what)
    const { commitments, event } = envelope
    for (const [name, text] of payload?.parts ?? []) {
      const commitment = commitments.get(name)
      if (commitment === undefined) throw fault(`The envelope knows of no part ${name}.`)
      const salt = payload?.nonce == null ? payload?.salts.get(name) : sha256(payload.nonce, name)
      if (salt === undefined || sha256(salt, text).toString('hex') !== commitment)
        throw fault(`The part ${name} is not the one that the envelope commits to.`)
    }
    const absent = commitments.size - (payload?.parts.size ?? 0)
    if (erasedBy !== null) {
      if (payload !== null || commitments.size === 0)
        throw fault('The payload is said to be erased, and is here, or never was.')
      this.#missing.set(event, { line, index, erasedBy })
      this.#erased += 1
    } else if (absent > 0) {
      if (this.#head.isLog && !this.#head.isWithheld)
        throw fault('The payload, or a part of it, is missing, and no event is said to have erased it.')
      this.#withheld += absent
    }
  }

  #documentOf({ document }: Entry, { facts }: Envelope, fault: (what: string) => Tampered): Json | null {
    if (document === null) return null
    const content = canonicalText(document, fault)
    if (facts.contentHash !== `sha256:${sha256(document).toString('hex')}`)
      throw fault('The document is not the one that the envelope has the hash of.')
    return content
  }

  #include(line: number, { index, proof }: Entry, leaf: Buffer): void {
    if (this.#head.isLog) this.#leaves.add(leaf)
    if (this.#target === null) return
    const { size, root } = this.#target
    if (index >= size || !rootByInclusion(leaf, index, size, proof)?.equals(root))
      throw new Tampered(line, index, `The proof does not lead to the checkpoint of size ${size}.`)
  }

  #meetReceipts(event: string, leaf: Buffer, fault: (what: string) => Tampered): void {
    for (const { receipt } of this.#given.receipts)
      if (receipt.event === event && receipt.leaf !== leaf.toString('hex'))
        throw fault('The log holds another leaf for this event than the receipt has.')
    this.#receipts.set(event, 'kept')
  }

  #changeKey(line: number, index: number, { facts }: Envelope): void {
    const [replaced, key] = atLine(line, index, () => {
      only(facts, ['replaces', 'vkey'], 'the change of a key')
      return [keyOf(textOf(facts.replaces, 'the old key')), keyOf(textOf(facts.vkey, 'the new key'))]
    })
    const isOfLog = (one: Key | null | undefined) => one?.name === this.#head.origin && !one.isWitness
    if (replaced == null || key == null || !isOfLog(replaced) || !isOfLog(key))
      throw new Tampered(line, index, 'The change of a key names none of this log.')
    if (!this.#keys.add({ index, replaced, key }))
      throw new Tampered(line, index, 'The key that is replaced is not the last one.')
  }

  #meetErasure({ event, facts }: Envelope): void {
    const { events } = facts
    if (!Array.isArray(events)) return
    for (const erased of events)
      if (this.#missing.get(erased)?.erasedBy === event) this.#missing.delete(erased)
  }

  #readCheckpoint(line: number, value: Json): void {
    const fault = (what: string) => new Tampered(line, null, what)
    const note = typeof value === 'string' ? noteOf(value) : null
    const checkpoint = note === null ? null : checkpointOf(note)
    if (note === null || checkpoint === null) throw fault('The checkpoint is not a note of its form.')
    const { origin, size, root } = checkpoint
    if (origin !== this.#head.origin) throw fault('The checkpoint is of another log.')
    if (size < (this.#checkpoints.at(-1)?.checkpoint.size ?? 0))
      throw fault('The checkpoints are not in the order of their sizes.')
    this.#checkSignatures(line, note, size)
    if (this.#head.isLog) {
      if (size > this.#entries)
        throw fault(`The checkpoint is of ${size} entries, and the bundle has ${this.#entries}.`)
      if (!this.#rootAt(size).equals(root)) throw fault('The entries have another root than the checkpoint.')
    }
    this.#checkpoints.push({ line, checkpoint })
  }

  #rootAt(size: number): Buffer {
    const held = this.#given.held.map(({ checkpoint }) => checkpoint.size).sort((a, b) => a - b)
    for (const one of held)
      if (one <= size && !this.#heldRoots.has(one)) this.#heldRoots.set(one, this.#leaves.rootAt(one))
    return this.#leaves.rootAt(size)
  }

  #checkSignatures(line: number, note: Note, size: number): void {
    const fault = (what: string) => new Tampered(line, null, what)
    if (this.#keys.all.some((key) => signed(note, key) === 'forged'))
      throw fault('A signature of the log is wrong.')
    const signers = this.#keys.signersAt(size)
    if (signers.length === 0) throw fault('The key that was given is none of this log’s.')
    for (const key of signers)
      if (signed(note, key) === 'unsigned')
        throw fault(`The checkpoint is not signed by ${key.name}+${key.keyId.toString('hex')}.`)
    this.#keys.accept(size)
    for (const witness of this.#given.witnesses) {
      const found = signed(note, witness)
      if (found === 'forged') throw fault(`The signature of witness ${witness.name} is wrong.`)
      if (found === 'signed') this.#witnessed.set(witness.vkey, size)
    }
  }

  /** What only the whole bundle shows; `line` is the last. */
  finish(line: number): readonly string[] {
    const [missing] = this.#missing.values()
    if (missing !== undefined)
      throw new Tampered(
        missing.line,
        missing.index,
        'The payload is missing, and the event that is said to have erased it does not stand behind it.',
      )
    const last = this.#checkpoints.at(-1)?.checkpoint
    if (last === undefined) throw new Tampered(line, null, 'The bundle has no checkpoint.')
    if (this.#head.isLog && last.size < this.#entries)
      throw new Tampered(line, null, `Entries from ${last.size} are under no checkpoint.`)
    if (!this.#head.isLog) this.#checkExtract(last)
    for (const witness of this.#given.witnesses)
      if (!this.#witnessed.has(witness.vkey))
        throw new Tampered(line, null, `Witness ${witness.name} has signed no checkpoint of the bundle.`)
    for (const held of this.#given.held) this.#checkHeld(held, line, last)
    for (const given of this.#given.receipts) this.#checkReceipt(given, line)
    const replayed = this.#replay?.finish() ?? []
    return [...this.#told(last), ...replayed]
  }

  #checkExtract(last: Checkpoint): void {
    if (this.#target === null || this.#target.size !== last.size || !this.#target.root.equals(last.root))
      throw new Unusable('The last checkpoint could not be read beforehand.')
    const roots = new Map<number, Buffer>()
    for (const { line, checkpoint } of this.#checkpoints) {
      const known = roots.get(checkpoint.size)
      if (known !== undefined && !known.equals(checkpoint.root))
        throw new Tampered(line, null, 'Two checkpoints of one size have two roots.')
      roots.set(checkpoint.size, checkpoint.root)
    }
    const linked = new Set([last.size])
    const downwards = this.#consistency.toSorted((a, b) => b.proof.to - a.proof.to || a.line - b.line)
    for (const { line, proof } of downwards) {
      const to = roots.get(proof.to)
      if (to === undefined) throw new Tampered(line, null, 'The consistency proof leads to no checkpoint.')
      const held = this.#given.held.find(({ checkpoint }) => checkpoint.size === proof.from)
      const from = roots.get(proof.from) ?? held?.checkpoint.root
      if (from === undefined) continue
      if (!isConsistent(proof.from, proof.to, { from, to }, proof.proof))
        throw new Tampered(
          line,
          null,
          `The log of ${proof.to} entries does not begin with that of ${proof.from}.`,
        )
      if (linked.has(proof.to)) linked.add(proof.from)
    }
    for (const { line, checkpoint } of this.#checkpoints)
      if (!linked.has(checkpoint.size))
        throw new Tampered(
          line,
          null,
          'Nothing shows that the last checkpoint is of the same log as this one.',
        )
    for (const { checkpoint } of this.#given.held)
      if (linked.has(checkpoint.size))
        this.#heldRoots.set(checkpoint.size, roots.get(checkpoint.size) ?? checkpoint.root)
  }

  #checkHeld({ note, checkpoint }: Given['held'][number], line: number, last: Checkpoint): void {
    const { origin, size, root } = checkpoint
    if (origin !== this.#head.origin) throw new Unusable('A held note is of another log.')
    this.#checkOwn(note, 'A held note')
    const found = this.#heldRoots.get(size)
    if (found !== undefined) {
      if (!found.equals(root))
        throw new Tampered(line, null, `The log of ${size} entries had another root when the note was kept.`)
    } else if (this.#head.isLog) {
      throw new Tampered(
        line,
        null,
        `The held note is of ${size} entries, and the bundle ends at ${last.size}.`,
      )
    } else {
      throw new Unusable(
        `Nothing in the extract leads from the held note of size ${size} to its last checkpoint.`,
      )
    }
  }

  #checkReceipt({ note, receipt }: Given['receipts'][number], line: number): void {
    if (receipt.origin !== this.#head.origin) throw new Unusable('A receipt is of another log.')
    this.#checkOwn(note, 'A receipt')
    if (this.#receipts.get(receipt.event) === 'kept') return
    if (!this.#head.isLog) throw new Unusable(`The extract has no entry of event ${receipt.event}.`)
    throw new Tampered(line, null, `The log holds no event ${receipt.event}, which it gave a receipt for.`)
  }

  #checkOwn(note: Note, what: string): void {
    const found = this.#keys.all.map((key) => signed(note, key))
    if (found.includes('forged') || !found.includes('signed'))
      throw new Unusable(`${what} is not signed by the log.`)
  }

  #told(last: Checkpoint): readonly string[] {
    const { authority, origin, isLog } = this.#head
    const many = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`
    return [
      `${isLog ? 'log' : 'extract of the log'} ${origin} of authority ${authority}: ${many(this.#entries, 'entry').replace('entrys', 'entries')} under a checkpoint of size ${last.size}`,
      `root ${last.root.toString('base64')}, signed by ${this.#keys.all.at(-1)?.vkey}`,
      ...(this.#withheld === 0 ? [] : [`${many(this.#withheld, 'part')} of payloads not shown`]),
      ...(this.#erased === 0 ? [] : [`${many(this.#erased, 'payload')} erased, each by an event of the log`]),
      ...this.#given.held.map(({ checkpoint }) => `goes on from the held note of size ${checkpoint.size}`),
      ...this.#given.receipts.map(({ receipt }) => `keeps the receipt for ${receipt.event}`),
      ...this.#given.witnesses.map(
        ({ name, vkey }) => `witness ${name} has seen it up to size ${this.#witnessed.get(vkey)}`,
      ),
    ]
  }
}

function canonicalText(text: string, fault: (what: string) => Tampered): Json {
  try {
    return readCanonical(text)
  } catch (wrong) {
    if (wrong instanceof NotCanonical) throw fault('A text in the line is not canonical JSON.')
    throw wrong
  }
}
