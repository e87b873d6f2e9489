// The log as an outsider checks it: checkpoints that are signed, proofs that lead to them, and receipts that the log can
// be held to. The checks here are written from RFC 6962 and C2SP's texts, with none of the service's own code.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { asAdmin } from '../../support/admin.ts'
import { withService } from '../../support/folder.ts'
import { intake, record } from '../../support/service.ts'
import { get, refused } from '../driver.ts'

const sha256 = (...parts: (Buffer | string)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const node = (left: Buffer, right: Buffer) => sha256(Buffer.of(1), left, right)

/** Merkle tree hash of RFC 6962, straight from its definition. */
function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length <= 1) return leaves[0] ?? sha256('')
  let half = 1
  while (half * 2 < leaves.length) half *= 2
  return node(rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)))
}

/** Where an inclusion proof leads, as RFC 9162 2.1.3.2 walks it. */
function rootFrom(index: number, size: number, leaf: Buffer, proof: readonly Buffer[]): Buffer | null {
  let [at, last, root] = [index, size - 1, leaf]
  for (const hash of proof) {
    if (last === 0) return null
    if (at % 2 === 1 || at === last) {
      root = node(hash, root)
      while (at % 2 === 0 && at !== 0) {
        at /= 2
        last = Math.floor(last / 2)
      }
    } else root = node(root, hash)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? root : null
}

function keyOf(vkey: string) {
  const [name, keyId, material = ''] = vkey.split('+', 2).concat(vkey.split('+').slice(2).join('+'))
  const bytes = Buffer.from(material, 'base64')
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') }
  return { name, keyId, publicKey: createPublicKey({ key: jwk, format: 'jwk' }) }
}

function isSigned(text: string, line: string, vkey: string): boolean {
  const { name, keyId, publicKey } = keyOf(vkey)
  const [signer, encoded = ''] = line.split(' ')
  const bytes = Buffer.from(encoded, 'base64')
  return (
    signer === name &&
    bytes.subarray(0, 4).toString('hex') === keyId &&
    verify(null, Buffer.from(text), publicKey, bytes.subarray(4))
  )
}

export const tests = withService(import.meta, async (t, service) => {
  const avon = await service.authority('avon', { sampled: true })
  const empty = await service.authority('empty')
  const open = `/public/${avon.id}/log`
  const publicly = (path: string) => service.request({ url: `${open}${path}` })
  const first = await record(service, avon, intake())
  for (let i = 0; i < 9; i += 1) await record(service, avon, intake())
  await service.sequenced()
  const { vkey } = (await publicly('/keys')).json().keys[0]
  const leaves = async () => {
    const rows = await asAdmin(
      service.adminUrl,
      'select leaf_hash from openras.log_entry where authority_id = $1 order by log_index',
      [avon.id],
    )
    return rows.map(({ leaf_hash }) => leaf_hash as Buffer)
  }
  const checkpointIn = (note: string) => {
    const [text = '', signatures = ''] = note.split(/(?<=\n)\n/)
    const [origin, size, root = ''] = text.split('\n')
    const [, line = ''] = /^— (.*)\n$/.exec(signatures) ?? []
    return { text, line, origin, size: Number(size), root: Buffer.from(root, 'base64') }
  }

  t.test('a checkpoint is signed, and its root is that of all leaves', async (t) => {
    const answer = await publicly('/checkpoint')
    t.equal(answer.statusCode, 200)
    const { text, line, origin, size, root } = checkpointIn(answer.body)
    t.ok(isSigned(text, line, vkey))
    t.equal(origin, `openras.example/${avon.id}`)
    t.equal((await publicly('/keys')).json().origin, origin)
    const all = await leaves()
    t.equal(size, all.length)
    t.strictSame(root, rootOf(all))
    refused(t, await service.request({ url: `/public/${empty.id}/log/checkpoint` }), 'log-empty')
  })

  t.test('every event is proved to be under it', async (t) => {
    const { data } = (await get(service, avon.author, '/v1/feed?limit=1000')).json()
    for (const { eventId, leafHash, logIndex } of data) {
      const proof = (await get(service, avon.author, `/v1/events/${eventId}/proof`)).json()
      t.match(proof, { eventId, leafHash, logIndex, size: data.length })
      const { root } = checkpointIn(proof.checkpoint)
      const path = proof.proof.map((hash: string) => Buffer.from(hash, 'hex'))
      t.strictSame(rootFrom(logIndex, proof.size, Buffer.from(leafHash, 'hex'), path), root)
    }
    refused(t, await get(service, empty.author, `/v1/events/${data[0].eventId}/proof`), 'not-found')
  })

  t.test('an event that is not under one yet is told to come back', async (t) => {
    const late = (await record(service, avon, intake())).json()
    const address = `/v1/events/${late.allocation.id}/proof`
    const answer = await get(service, avon.author, address)
    if (answer.statusCode !== 200) {
      refused(t, answer, 'proof-not-ready')
      t.equal(answer.headers['retry-after'], '1')
    }
    await service.sequenced()
    t.equal((await get(service, avon.author, address)).statusCode, 200)
  })

  t.test('a receipt is the log’s word for an event, and a retry has it too', async (t) => {
    const { eventId, leafHash } = first.json().allocation.receipt
    const text = `openras-receipt/v1\nopenras.example/${avon.id}\n${eventId}\n${leafHash}\n`
    t.ok(isSigned(text, String(first.headers['openras-receipt']), vkey))
    const key = 'with-a-receipt'
    const payload = intake()
    const [one, again] = [
      await record(service, avon, payload, key),
      await record(service, avon, payload, key),
    ]
    t.equal(again.headers['openras-receipt'], one.headers['openras-receipt'])
  })

  t.test('a later log begins with an earlier one', async (t) => {
    await service.sequenced()
    const all = await leaves()
    for (const [from, to] of [
      [1, 2],
      [3, 7],
      [4, 8],
      [6, all.length],
      [8, 8],
    ] as const) {
      const answer = await get(service, avon.author, `/v1/log/consistency?from=${from}&to=${to}`)
      const { proof } = answer.json()
      const path = proof.map((hash: string) => Buffer.from(hash, 'hex'))
      t.ok(agrees(from, to, rootOf(all.slice(0, from)), rootOf(all.slice(0, to)), path), `${from} to ${to}`)
    }
    const last = (await get(service, avon.author, '/v1/log/consistency?from=1')).json()
    t.equal(last.to, all.length)
    for (const query of [`from=1&to=${all.length + 1}`, 'from=5&to=4'])
      refused(t, await get(service, avon.author, `/v1/log/consistency?${query}`), 'size-ahead')
    refused(t, await get(service, avon.author, '/v1/log/consistency?from=0'), 'request-invalid', [
      'value-range /query/from',
    ])
  })

  t.test('the tree is had by tiles, as far as it is signed', async (t) => {
    const all = await leaves()
    const { size } = checkpointIn((await publicly('/checkpoint')).body)
    const answer = await service.app.inject(`${open}/tile/0/000.p/${size}`)
    t.strictSame(answer.rawPayload, Buffer.concat(all.slice(0, size)))
    t.match(answer.headers['cache-control'], /immutable/)
    for (const path of ['0/000', `0/000.p/${size + 1}`, '1/000.p/1', '0/001.p/1', '0/0', 'x'])
      t.equal((await service.app.inject(`${open}/tile/${path}`)).statusCode, 404, path)
  })
})

/** Whether a consistency proof holds, as RFC 9162 2.1.4.2 walks it. */
function agrees(
  first: number,
  second: number,
  one: Buffer,
  other: Buffer,
  given: readonly Buffer[],
): boolean {
  if (first === second) return given.length === 0 && one.equals(other)
  const isPower = Number.isInteger(Math.log2(first))
  const path = isPower ? [one, ...given] : [...given]
  let [fn, sn] = [first - 1, second - 1]
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  const [start, ...rest] = path
  if (start === undefined) return false
  let [fr, sr] = [start, start]
  for (const hash of rest) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      fr = node(hash, fr)
      sr = node(hash, sr)
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2
        sn = Math.floor(sn / 2)
      }
    } else sr = node(sr, hash)
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && fr.equals(one) && sr.equals(other)
}
