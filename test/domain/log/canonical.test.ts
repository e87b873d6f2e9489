// The canonical form and its hashes, against values that standard tools give.
import { createHash } from 'node:crypto'
import t from 'tap'
import { canonicalJson, contentHash, leafHash, sha256Of } from '../../../src/domain/log/canonical.ts'

t.test('the canonical form sorts keys, drops spaces and keeps the order of lists', async (t) => {
  t.equal(canonicalJson({ b: [2, 1], a: { d: null, c: 'é"' } }), '{"a":{"c":"é\\"","d":null},"b":[2,1]}')
  t.equal(
    canonicalJson({ '€': 1, '\r': 2, '1': 3, '\u{1F600}': 4, '\u0080': 5, ö: 6 }),
    '{"\\r":2,"1":3,"\u0080":5,"ö":6,"€":1,"😀":4}',
    'as RFC 8785 3.2.3 orders them',
  )
})

t.test('what is no JSON value has no canonical form', async (t) => {
  t.throws(() => canonicalJson(undefined), /only JSON values/)
  t.throws(() => canonicalJson(Number.NaN))
  t.throws(() => canonicalJson('\ud800'), 'half of a surrogate pair')
})

t.test('a content hash is SHA-256 of the UTF-8 bytes', async (t) => {
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  t.equal(contentHash('abc'), `sha256:${abc}`)
  const hash = (text: string) => sha256Of(Buffer.alloc(0), text).toString('hex')
  t.equal(hash('£'), createHash('sha256').update(Buffer.of(0xc2, 0xa3)).digest('hex'))
  t.equal(hash(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

t.test('a leaf hash is that of RFC 6962: a zero byte before the content', async (t) => {
  const empty = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'
  t.equal(leafHash('').toString('hex'), empty, 'the empty leaf of the reference implementations')
  t.equal(
    leafHash('L123456').toString('hex'),
    '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
  )
})
