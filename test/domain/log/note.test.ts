// Signed notes against a published one, and whatever is none.
import { createPublicKey, sign } from 'node:crypto'
import t from 'tap'
import { checkpointOf, checkpointText, receiptText } from '../../../src/domain/log/checkpoint.ts'
import {
  cosigned,
  keyIdOf,
  keyOfVkey,
  type NoteKey,
  type NoteSignature,
  noteKey,
  noteOf,
  noteText,
  signatureLine,
  signedBy,
  signNote,
  vkeyOf,
} from '../../../src/domain/log/note.ts'
import { present } from '../../../src/domain/present.ts'
import { privateKeyOf } from '../../support/evidence.ts'

const PUBLISHED = {
  vkey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  note: `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`,
}
const LOG = 'openras.example/demo'
const secret = privateKeyOf(Buffer.from(Array.from({ length: 32 }, (_, i) => i)))
const key = noteKey(LOG, 'ed25519', secret)
const witnessSecret = privateKeyOf(Buffer.alloc(32, 7))
const witness = noteKey('witness.example/w1', 'cosignature', witnessSecret)

function cosignature(text: string, seconds: bigint, by: NoteKey = witness): NoteSignature {
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(seconds)
  const bytes = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), witnessSecret)
  return { name: by.name, keyId: keyIdOf(by), bytes: Buffer.concat([time, bytes]) }
}

t.test('a note that others published is read, and its signature holds', async (t) => {
  const note = present(noteOf(PUBLISHED.note))
  const published = present(keyOfVkey(PUBLISHED.vkey))
  t.equal(published.name, 'PeterNeumann')
  t.equal(vkeyOf(published), PUBLISHED.vkey)
  t.equal(noteText(note), PUBLISHED.note)
  t.strictSame(signedBy(note, published), { seconds: null })
  t.equal(signedBy({ ...note, text: note.text.replace('answer', 'Answer') }, published), 'forged')
  t.equal(signedBy(note, key), 'unsigned')
  t.equal(signedBy(note, { ...published, name: 'Peter' }), 'unsigned', 'the name is part of a key')
})

t.test('a key has one vkey, from its private or its public half', async (t) => {
  const vkey = 'openras.example/demo+51821d47+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4'
  t.equal(vkeyOf(key), vkey)
  t.equal(vkeyOf(noteKey(LOG, 'ed25519', createPublicKey(secret))), vkey)
  t.strictSame(keyOfVkey(vkey), key)
  t.match(vkeyOf(witness), /^witness\.example\/w1\+[0-9a-f]{8}\+B/)
  t.strictSame(keyOfVkey(vkeyOf(witness)), witness)
  for (const name of ['', 'a b', 'a+b', 'a\nb', 'a\u2003b'])
    t.throws(() => noteKey(name, 'ed25519', secret), /needs a name/, JSON.stringify(name))
})

t.test('what is no vkey is none', async (t) => {
  const vkey = vkeyOf(key)
  const of = (type: number) => `demo+00000000+${Buffer.alloc(33, type).toString('base64')}`
  for (const [why, text] of [
    ['empty', ''],
    ['no name', vkey.slice(LOG.length)],
    ['another id', vkey.replace('51821d47', '51821d48')],
    ['an id of capitals', vkey.replace('51821d47', '51821D47')],
    ['another name', vkey.replace('demo', 'avon')],
    ['cut', vkey.slice(0, -4)],
    ['bits that count for nothing', `${vkey.slice(0, -1)}5`],
    ['no base64', `${vkey}!`],
    ['another kind of key', of(2)],
    ['a kind of ours, with another id', of(1)],
  ] as const)
    t.equal(keyOfVkey(text), null, why)
})

t.test('a checkpoint is three lines', async (t) => {
  const checkpoint = { origin: LOG, size: 2, root: Buffer.alloc(32, 3) }
  const text = checkpointText(checkpoint)
  t.equal(text, `${LOG}\n2\n${Buffer.alloc(32, 3).toString('base64')}\n`)
  t.strictSame(checkpointOf(text), checkpoint)
  for (const wrong of [
    '',
    text.slice(0, -1),
    `${text}extension\n`,
    text.replace('\n2\n', '\n02\n'),
    text.replace('\n2\n', '\n-2\n'),
    text.replace('\n2\n', '\n9999999999999999\n'),
    text.replace('AwM=', 'AwN='),
    text.replace('AwM=', 'AwM'),
    text.replace(LOG, ''),
  ])
    t.equal(checkpointOf(wrong), null, JSON.stringify(wrong))
})

t.test('a receipt names the log, the event and its leaf', async (t) => {
  const event = '01a20fb0-0000-7000-8000-000000000000'
  const leaf = Buffer.from('474f35fb5750211cfb7f834bebe3c94db990eb711aba6033e4b24bb0912a5f4e', 'hex')
  const text = receiptText(LOG, event, leaf)
  t.equal(text, `openras-receipt/v1\n${LOG}\n${event}\n${leaf.toString('hex')}\n`)
  t.equal(
    signatureLine(signNote(text, LOG, secret)),
    'openras.example/demo UYIdRwTy5DzeJnSAQnmYfVACcbdbWVaHEN+I8RTLHQ+1Vy0IjvQtDnLqXAf0zUW1DOFBBHnyn1R7Z2fwI4TMujxuzw8=',
  )
})

t.test('a witness says when it saw a checkpoint', async (t) => {
  const text = checkpointText({ origin: LOG, size: 2, root: Buffer.alloc(32, 3) })
  const seen = cosignature(text, 1_795_000_000n)
  t.equal(cosigned(text, 1_795_000_000), `cosignature/v1\ntime 1795000000\n${text}`)
  const signatures = [signNote(text, LOG, secret), seen]
  const note = present(noteOf(noteText({ text, signatures })))
  t.strictSame(note, { text, signatures })
  t.strictSame(signedBy(note, key), { seconds: null })
  t.strictSame(signedBy(note, witness), { seconds: 1_795_000_000 })
  const other = Buffer.from(seen.bytes)
  other.writeUInt8(1, 7)
  for (const [why, bytes] of [
    ['another time', other],
    ['no time', seen.bytes.subarray(8)],
    ['a time that no clock will show', cosignature(text, 2n ** 48n).bytes],
    ['cut', seen.bytes.subarray(0, 40)],
  ] as const)
    t.equal(signedBy({ text, signatures: [{ ...seen, bytes }] }, witness), 'forged', why)
  const short = { ...signNote(text, LOG, secret), bytes: Buffer.alloc(63) }
  t.equal(
    signedBy({ text, signatures: [signNote(text, LOG, secret), short] }, key),
    'forged',
    'one line of two',
  )
})

t.test('what is no note is none', async (t) => {
  const text = checkpointText({ origin: LOG, size: 2, root: Buffer.alloc(32, 3) })
  const whole = noteText({ text, signatures: [signNote(text, LOG, secret)] })
  t.not(noteOf(whole), null)
  for (const [why, source] of [
    ['empty', ''],
    ['no signature', `${text}\n`],
    ['no blank line', whole.replace('\n\n', '\n')],
    ['no line feed at the end', whole.slice(0, -1)],
    ['a carriage return', whole.replace('\n2\n', '\r\n2\n')],
    ['a hyphen for a dash', whole.replace('—', '-')],
    ['two spaces', whole.replace(`${LOG} U`, `${LOG}  U`)],
    ['an id without a signature', `${text}\n— ${LOG} UYIdRw==\n`],
    ['base64 of another length', `${text}\n— ${LOG} UYIdRw\n`],
    ['a line of something else', `${whole}more\n`],
  ] as const)
    t.equal(noteOf(source), null, why)
})
