// What may be done to a bundle, with and without its end made to fit again. Each says whether whoever checks may still
// find it good: a line that nobody looks at, or a bundle that says less.
import { createHash } from 'node:crypto'
import { endLine } from '../../src/domain/log/bundle.ts'
import { canonicalJson } from '../../src/domain/log/canonical.ts'
import { noteOf, noteText, signNote, vkeyOf } from '../../src/domain/log/note.ts'
import { present } from '../../src/domain/present.ts'
import { finished } from '../support/evidence.ts'
import { type Chance, logKey, type Made, ORIGIN, type Request } from './logs.ts'

export type Changed = { readonly name: string; readonly request: Request; readonly mayBeGood: boolean }

type Change = {
  readonly name: string
  /** Absent: never. */
  readonly mayBeGood?: boolean
  make(made: Made, draw: Chance): Request
}

export function honest({ lines, request }: Made): Request {
  return { bundle: finished(lines), ...request }
}

/** The request with other lines, and an end that fits them. */
function resealed({ request }: Made, lines: readonly string[]): Request {
  return { bundle: finished(lines), ...request }
}

function pick(draw: Chance, lines: readonly string[]): number {
  return draw(lines.length)
}

function flipped(bytes: Buffer, draw: Chance): Buffer {
  const changed = Buffer.from(bytes)
  const at = draw(changed.length)
  changed.writeUInt8(present(changed[at]) ^ (1 << draw(8)), at)
  return changed
}

function where(lines: readonly string[], name: string): readonly number[] {
  return lines.flatMap((line, i) => (line.startsWith(`{"${name}"`) ? [i] : []))
}

/** One line of a kind, parsed, changed and written again; the first line where the bundle has none of the kind. */
function rewritten(
  made: Made,
  draw: Chance,
  name: string,
  // biome-ignore lint/suspicious/noExplicitAny: what stands in a line is changed without asking what it is.
  change: (content: any) => unknown,
): Request {
  const places = where(made.lines, name)
  const place = places[draw(Math.max(places.length, 1))]
  if (place === undefined) return resealed(made, made.lines.with(0, '{}\n'))
  const content = JSON.parse(present(made.lines[place]))[name]
  const line = `${canonicalJson({ [name]: change(content) })}\n`
  if (line === made.lines[place]) return resealed(made, made.lines.with(0, '{}\n'))
  return resealed(made, made.lines.with(place, line))
}

const OTHER_HASH = '0123456789abcdef'.repeat(4)

// biome-ignore lint/suspicious/noExplicitAny: as above.
function otherProof(content: any, draw: Chance): any {
  const { proof } = content
  const at = draw(Math.max(proof.length, 1))
  const longer = { ...content, proof: [...proof, OTHER_HASH] }
  if (proof.length === 0) return longer
  return present(
    [
      { ...content, proof: proof.with(at, OTHER_HASH) },
      { ...content, proof: proof.toSpliced(at, 1) },
      longer,
      {
        ...content,
        proof: proof.with(at, proof[at].toUpperCase().replace(/^[0-9]*$/, OTHER_HASH.toUpperCase())),
      },
    ][draw(4)],
  )
}

function signedByAnother(note: string): string {
  const { text } = present(noteOf(note))
  const { signatures } = present(noteOf(note))
  const forged = { ...signNote(text, ORIGIN, logKey(99).secret), keyId: present(signatures[0]).keyId }
  return noteText({ text, signatures: [forged, ...signatures.slice(1)] })
}

export const CHANGES: readonly Change[] = [
  {
    name: 'a bit of the file is flipped',
    make: (made, draw) => ({
      ...made.request,
      bundle: flipped(Buffer.from(finished(made.lines)), draw),
    }),
  },
  {
    name: 'a bit of a line is flipped, and the end fits',
    // A signature that nobody asked for, the client of a note: some bits are nobody's.
    mayBeGood: true,
    make(made, draw) {
      const text = flipped(Buffer.from(made.lines.join('')), draw)
      const lines = text.toString('latin1').split('\n').length - 1
      return {
        ...made.request,
        bundle: Buffer.concat([
          text,
          Buffer.from(endLine(lines, createHash('sha256').update(text).digest())),
        ]),
      }
    },
  },
  {
    name: 'bytes are cut from the end',
    make(made, draw) {
      const bundle = Buffer.from(finished(made.lines))
      return { ...made.request, bundle: bundle.subarray(0, draw(bundle.length)) }
    },
  },
  {
    name: 'a line is dropped, and the end fits',
    mayBeGood: true,
    make: (made, draw) => resealed(made, made.lines.toSpliced(pick(draw, made.lines), 1)),
  },
  {
    name: 'a line stands twice, and the end fits',
    // Two notes of one size may stand there, and a proof may be given twice.
    mayBeGood: true,
    make(made, draw) {
      const at = pick(draw, made.lines)
      return resealed(made, made.lines.toSpliced(at, 0, present(made.lines[at])))
    },
  },
  {
    name: 'two lines change places, and the end fits',
    // Consistency proofs have no order.
    mayBeGood: true,
    make(made, draw) {
      const [a, b] = [pick(draw, made.lines), pick(draw, made.lines)]
      return resealed(made, made.lines.with(a, present(made.lines[b])).with(b, present(made.lines[a])))
    },
  },
  {
    name: 'entries at the end are dropped, with the checkpoints that have them',
    // Without a held note, a log that is shorter is a log that is shorter.
    mayBeGood: true,
    make(made, draw) {
      const entries = where(made.lines, 'entry')
      const from = entries[draw(Math.max(entries.length, 1))] ?? 1
      const size = from - 1
      const kept = made.lines.filter((line, i) => {
        if (line.startsWith('{"entry"')) return i < from
        return !line.startsWith('{"checkpoint"') || sizeOf(line) <= size
      })
      return resealed(made, kept)
    },
  },
  {
    name: 'a proof is another',
    // One that leads from a size that nobody asks about is not looked at.
    mayBeGood: true,
    make: (made, draw) =>
      rewritten(made, draw, draw(2) === 0 ? 'consistency' : 'entry', (content) =>
        content.proof === undefined ? { ...content, index: content.index + 1 } : otherProof(content, draw),
      ),
  },
  {
    name: 'an envelope says something else',
    make: (made, draw) =>
      rewritten(made, draw, 'entry', (entry) => ({
        ...entry,
        envelope: entry.envelope.replace(/"client":"cms"/, '"client":"csm"'),
      })),
  },
  {
    name: 'a body says something else, or a payload is gone',
    // Of an extract, and of a log for outsiders, parts may be left out.
    mayBeGood: true,
    make: (made, draw) =>
      rewritten(made, draw, 'entry', (entry) => {
        const { payload, ...rest } = entry
        if (payload?.body === undefined || draw(3) === 0) return rest
        return draw(2) === 0
          ? { ...entry, payload: { ...payload, body: payload.body.replace('allocation', 'allocatioM') } }
          : { ...entry, payload: { ...payload, nonce: OTHER_HASH } }
      }),
  },
  {
    name: 'a payload is said to be erased by an event that did not',
    make: (made, draw) =>
      rewritten(made, draw, 'entry', ({ payload: _, ...entry }) => ({
        ...entry,
        erasedBy: `01a20fb0-0000-7000-8000-${'f'.repeat(12)}`,
      })),
  },
  {
    name: 'a document is another',
    make: (made, draw) =>
      rewritten(made, draw, 'entry', (entry) => ({ ...entry, document: '{"key":"adult"}' })),
  },
  {
    name: 'a note is signed by another under the name of the log',
    make: (made, draw) => rewritten(made, draw, 'checkpoint', signedByAnother),
  },
  {
    name: 'a note has another text',
    make: (made, draw) =>
      rewritten(made, draw, 'checkpoint', (note: string) =>
        draw(2) === 0
          ? note.replace(/\n([0-9]+)\n/, (_, size) => `\n${BigInt(size) + 1n}\n`)
          : note.replace(ORIGIN, 'x'),
      ),
  },
  {
    name: 'a member more',
    make: (made, draw) => rewritten(made, draw, 'entry', (entry) => ({ ...entry, more: null })),
  },
  {
    name: 'the same JSON, not in its canonical form',
    make(made, draw) {
      const at = pick(draw, made.lines)
      const line = present(made.lines[at])
      const other = [
        line.replace('{', '{ '),
        line.replace('"', '"\\u0022').replace('\\u0022', ''),
        line.replace(/\}\n$/, ' }\n'),
        line.replace(/\n$/, '\r\n'),
        line.replace(/:([0-9]+)/, ':$1.0'),
        line.replace(/^\{/, '{"":0,"":0,'),
        line.replace(/"([a-z])/, (_, letter) => `"\\u00${letter.charCodeAt(0).toString(16)}`),
        line.replace(/"([a-z])/, '"\\ud800$1'),
        `\ufeff${line}`,
      ][draw(9)]
      const changed = present(other)
      return resealed(made, made.lines.with(at, changed === line ? `${line.slice(0, -1)} \n` : changed))
    },
  },
  {
    name: 'another key is asked for',
    make: (made) => ({ ...honest(made), key: vkeyOf(logKey(77).key) }),
  },
  {
    name: 'a held note is of another log, another root or another key',
    make(made, draw) {
      const text = `${ORIGIN}\n1\n${Buffer.alloc(32, draw(256)).toString('base64')}\n`
      const by = draw(2) === 0 ? 0 : 88
      const held = noteText({ text, signatures: [signNote(text, ORIGIN, logKey(by).secret)] })
      return { ...honest(made), held: [held] }
    },
  },
  {
    name: 'a receipt is for another leaf or another event',
    make(made, draw) {
      const [entry] = where(made.lines, 'entry').map((i) => JSON.parse(present(made.lines[i])).entry)
      const known = entry === undefined ? '' : JSON.parse(entry.envelope).event
      const event = draw(2) === 0 ? known : '01a20fb0-0000-7000-8000-eeeeeeeeeeee'
      const text = `openras-receipt/v1\n${ORIGIN}\n${event}\n${OTHER_HASH}\n`
      const receipt = noteText({ text, signatures: [signNote(text, ORIGIN, logKey(0).secret)] })
      return { ...honest(made), receipts: [receipt] }
    },
  },
  {
    name: 'a witness is named who was not there',
    make(made) {
      const vkey = vkeyOf({ ...logKey(66, 'nobody.example').key, type: 'cosignature' })
      return { ...honest(made), witnesses: [vkey] }
    },
  },
  {
    name: 'what is given is no bundle, no key, no note',
    make: (made, draw) =>
      present(
        [
          { ...honest(made), bundle: '' },
          { ...honest(made), bundle: 'ref,points\nP-1,20\n' },
          { ...honest(made), bundle: finished(made.lines).replace('"bundle":1', '"bundle":2') },
          { ...honest(made), key: `${made.request.key}A` },
          { ...honest(made), held: ['no note'] },
          { ...honest(made), receipts: ['no receipt\n'] },
          { ...honest(made), witnesses: [made.request.key] },
        ][draw(7)],
      ),
  },
]

function sizeOf(line: string): number {
  return Number(/\\n([0-9]+)\\n/.exec(line)?.[1])
}

export function changed(change: Change, made: Made, draw: Chance): Changed {
  return { name: change.name, request: change.make(made, draw), mayBeGood: change.mayBeGood === true }
}
