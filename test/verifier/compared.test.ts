// Two verifiers that share no code say the same of every bundle: the same verdict, at the same line.
import t from 'tap'
import { noteKey, vkeyOf } from '../../src/domain/log/note.ts'
import { draws } from '../support/draws.ts'
import { EXAMPLE, exampleBundle } from '../support/evidence.ts'
import { compare, firstVerdict } from './compared.ts'
import { secondVerifier } from './second-verifier.ts'

const second = secondVerifier()

if (second === null) {
  const why = 'there is no Python 3 here, so the second verifier did not run'
  if (process.env.CI === undefined) t.test('two verifiers say the same', { skip: why }, async () => {})
  else t.fail(why)
} else {
  t.teardown(() => second.stop())

  t.test('of the worked example', async (t) => {
    const request = { bundle: exampleBundle(), key: vkeyOf(noteKey(EXAMPLE.origin, 'ed25519', EXAMPLE.key)) }
    t.strictSame(firstVerdict(request), { verdict: 'good', line: null, what: '' })
    t.match(await second.ask(request), { verdict: 'good', line: null })
    const other = { ...request, bundle: request.bundle.replace('P-1', 'P-3') }
    t.match(firstVerdict(other), { verdict: 'tampered', line: 2 })
    t.match(await second.ask(other), { verdict: 'tampered', line: 2 })
  })

  t.test('of logs and extracts, honest and changed in every way we know', async (t) => {
    const { faults, good, tampered, unusable } = await compare(second, {
      seed: 20261125,
      bundles: draws(60),
      largest: 12,
    })
    t.strictSame(faults, [])
    t.ok(
      good >= 4 && tampered >= 20 && unusable >= 4,
      `${good} good, ${tampered} tampered, ${unusable} unusable`,
    )
  })
}
