// The two verifiers on the same bundles: what they say, and where they differ.
import { sourceOf } from '../../packages/verifier/src/lines.ts'
import { verifyBundle } from '../../packages/verifier/src/verify.ts'
import { present } from '../../src/domain/present.ts'
import { CHANGES, changed, honest } from './changed.ts'
import { chance, drawnLog, extractBundle, logBundle, type Request } from './logs.ts'
import type { SecondVerifier, Verdict } from './second-verifier.ts'

export type Comparison = {
  bundles: number
  good: number
  tampered: number
  unusable: number
  /** In words; an honest bundle that is not good, and a change that is, stand here too. */
  readonly faults: string[]
}

export function firstVerdict({ bundle, ...asked }: Request): Verdict {
  const found = verifyBundle(sourceOf(Buffer.from(bundle)), asked)
  if (found.verdict === 'good') return { verdict: 'good', line: null, what: '' }
  return { line: null, ...found }
}

/** Draws logs of up to `largest` entries; each gives a log, an extract, and every kind of change to one of them. */
export async function compare(
  second: SecondVerifier,
  { seed, bundles, largest }: { readonly seed: number; readonly bundles: number; readonly largest: number },
): Promise<Comparison> {
  const comparison: Comparison = { bundles: 0, good: 0, tampered: 0, unusable: 0, faults: [] }
  const draw = chance(seed)
  while (comparison.bundles < bundles) {
    const log = drawnLog(draw, 1 + draw(largest))
    const [whole, extract] = [logBundle(draw, log), extractBundle(draw, log)]
    const cases = [
      { name: 'a log', request: honest(whole), isHonest: true, mayBeGood: true },
      { name: 'an extract', request: honest(extract), isHonest: true, mayBeGood: true },
      ...CHANGES.map((change) => ({
        isHonest: false,
        ...changed(change, present([whole, extract][draw(2)]), draw),
      })),
    ]
    for (const { name, request, isHonest, mayBeGood } of cases) {
      const one = firstVerdict(request)
      const other = await second.ask(request)
      comparison.bundles += 1
      comparison[one.verdict as 'good' | 'tampered' | 'unusable'] += 1
      const said = `bundle ${comparison.bundles} of seed ${seed}, ${name}: ${JSON.stringify([one, other])}`
      if (one.verdict !== other.verdict || one.line !== other.line)
        comparison.faults.push(`they differ: ${said}`)
      else if (isHonest && one.verdict !== 'good') comparison.faults.push(`it is honest: ${said}`)
      else if (!mayBeGood && one.verdict === 'good') comparison.faults.push(`it was changed: ${said}`)
    }
  }
  return comparison
}
