// The worked example of an evidence bundle, from its parts: whoever writes another verifier can begin with it.
import { createHash } from 'node:crypto'
import t from 'tap'
import { checkpointLine, consistencyLine, entryLine, headLine } from '../../../src/domain/log/bundle.ts'
import { commitment, leafHash, saltOf } from '../../../src/domain/log/canonical.ts'
import { checkpointText } from '../../../src/domain/log/checkpoint.ts'
import { present } from '../../../src/domain/present.ts'
import { EXAMPLE, exampleBundle } from '../../support/evidence.ts'

t.test('the example is the published one, byte for byte', async (t) => {
  const bundle = Buffer.from(exampleBundle())
  t.equal(bundle.length, 1987)
  t.equal(
    createHash('sha256').update(bundle).digest('hex'),
    '169c914fd6121c0c1550c226c50711010da5b1e89fb9cec2b6f1deb62601480c',
  )
  t.equal(
    EXAMPLE.entries[0].envelope,
    '{"about":null,"actor":{"client":"cms","subject":"s1"},"at":"2026-11-24T09:00:00.000Z","authority":"demo","event":"01a20fb0-0000-7000-8000-000000000000","facts":{"amountAnnual":"13641.22","outcome":"indicative"},"kind":"assessment-allocated","payload":{"body":"8dcf09faf5d7064773df7296c0f240c786d756397a41a8b6ab6986377457b9b2","refs":"a20eb03ca271fd0a978091d9d98257c2a5d424a88a6520d0668c68b20cb3f46d"},"place":null,"v":2}',
  )
  t.strictSame(
    EXAMPLE.entries.map(({ envelope }) => leafHash(envelope).toString('hex')),
    [
      '474f35fb5750211cfb7f834bebe3c94db990eb711aba6033e4b24bb0912a5f4e',
      'b6e1e41d3a67b6a2793ac7e997f151341059d8bfa1ae529f38847cde8cda6a7b',
    ],
  )
  t.match(
    bundle.toString(),
    Buffer.from('c116969a2b5f895b4b14089d89a066728cff614b0c9942daf480bd012edf56b8', 'hex').toString('base64'),
  )
})

t.test('a part is shown with its salt, which says nothing of the others', async (t) => {
  const { nonce, body, refs, envelope } = EXAMPLE.entries[0]
  const salt = saltOf(nonce, 'body')
  const { payload } = JSON.parse(envelope)
  t.equal(commitment(salt, body), payload.body)
  t.not(commitment(salt, refs), payload.refs)
  const shown = entryLine({
    index: 0,
    envelope,
    payload: { salts: { body: salt }, body },
    proof: [leafHash('')],
  })
  t.match(JSON.parse(shown), {
    entry: {
      payload: { salts: { body: salt.toString('hex') }, body },
      proof: [leafHash('').toString('hex')],
    },
  })
  t.notMatch(shown, nonce.toString('hex'))
  t.notMatch(shown, 'P-1')
})

t.test('every line is canonical JSON and a line feed', async (t) => {
  const head = { authority: 'demo', origin: 'openras.example/demo' }
  t.equal(
    headLine({ ...head, kind: 'log', withheld: true }),
    '{"authority":"demo","bundle":1,"kind":"log","origin":"openras.example/demo","payloads":"withheld"}\n',
  )
  t.equal(
    headLine({ ...head, kind: 'extract' }),
    '{"authority":"demo","bundle":1,"kind":"extract","origin":"openras.example/demo"}\n',
  )
  t.equal(
    entryLine({ index: 7, envelope: '{}', erasedBy: 'e', document: '"x"' }),
    '{"entry":{"document":"\\"x\\"","envelope":"{}","erasedBy":"e","index":7}}\n',
  )
  t.equal(consistencyLine(1, 2, [Buffer.of(255)]), '{"consistency":{"from":1,"proof":["ff"],"to":2}}\n')
  const text = checkpointText({ origin: 'o', size: 1, root: Buffer.alloc(32) })
  t.equal(present(checkpointLine(text)), `{"checkpoint":"o\\n1\\n${'A'.repeat(43)}=\\n"}\n`)
})
