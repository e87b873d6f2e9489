// An event's envelope, its commitments to the parts of its payload, and what is read back held against both.
import { createHash } from 'node:crypto'
import t from 'tap'
import { RecordAltered, refuseAltered, type Stored } from '../../../src/domain/log/altered.ts'
import { commitment, leafHash, saltOf } from '../../../src/domain/log/canonical.ts'
import { openEnvelope, receiptOf, requestFingerprint, sealEvent } from '../../../src/domain/log/event.ts'

const sha256 = (...of: (Buffer | string)[]) => {
  const hash = createHash('sha256')
  for (const one of of) hash.update(one)
  return hash.digest()
}
const nonce = Buffer.alloc(32, 7)
const draft = {
  authorityId: 'avon',
  eventId: 'e',
  kind: 'assessment-allocated',
  at: '2026-04-07T10:00:00.000Z',
  actor: { client: 'c', subject: 's' },
  about: null,
  facts: { outcome: 'indicative' },
  parts: { body: '{"a":1}', refs: '{"personRef":"P"}' },
  nonce,
} as const
const sealed = sealEvent(draft)

t.test('an envelope has ten members, in the canonical form', async (t) => {
  const members = Object.keys(JSON.parse(sealed.envelope))
  t.strictSame(members, [
    'about',
    'actor',
    'at',
    'authority',
    'event',
    'facts',
    'kind',
    'payload',
    'place',
    'v',
  ])
  t.match(openEnvelope(sealed.envelope), { v: 2, about: null, place: null, facts: draft.facts })
  t.strictSame(sealed.leafHash, leafHash(sealed.envelope))
  const answer = sealEvent({ ...draft, about: { event: 'before', place: 'correction' }, parts: {} })
  t.match(openEnvelope(answer.envelope), { about: 'before', place: 'correction', payload: {} })
})

t.test('it commits to each part: under the salt of the part, which the nonce makes', async (t) => {
  const { payload } = openEnvelope(sealed.envelope)
  for (const [part, text] of Object.entries(draft.parts))
    t.match(payload, { [part]: sha256(sha256(nonce, part), text).toString('hex') })
  t.equal(commitment(saltOf(nonce, 'body'), '{"a":1}'), payload.body)
  t.equal(commitment(saltOf(nonce, 'body'), new TextEncoder().encode('{"a":1}')), payload.body)
  t.not(payload.body, payload.refs)
})

t.test('what is read back is what was recorded, or nobody is shown it', async (t) => {
  const stored: Stored = { ...sealed, ...draft.parts }
  const bare = { refs: null, body: null }
  for (const good of [{}, bare, { ...bare, nonce: null }])
    t.equal(refuseAltered('e', { ...stored, ...good }), undefined)
  for (const changed of [
    { leafHash: Buffer.alloc(32) },
    { body: '{"a":2}' },
    { refs: '{"personRef":"Q"}' },
    { nonce: Buffer.alloc(32, 8) },
    { nonce: null },
    { envelope: sealed.envelope.replace('indicative', 'not-eligible') },
  ])
    t.throws(() => refuseAltered('e', { ...stored, ...changed }), RecordAltered)
  const another = sealEvent({ ...draft, parts: {} })
  t.throws(() => refuseAltered('e', { ...stored, ...another }), RecordAltered, 'a part nobody committed to')
})

t.test('a receipt names the event and its hash', async (t) => {
  t.strictSame(receiptOf('e', Buffer.of(0xab)), { eventId: 'e', leafHash: 'ab' })
})

t.test('a fingerprint is of the request, under the nonce of its event', async (t) => {
  const one = requestFingerprint(nonce, 'POST', '/v1/assessments', { b: 1, a: 2 })
  t.strictSame(one, sha256(nonce, 'POST /v1/assessments {"a":2,"b":1}'))
})
