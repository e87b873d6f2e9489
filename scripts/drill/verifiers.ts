// Two verifiers on bundles that are honest or not: `npm run drill -- verifiers [bundles = 10000] [seed = 1]`. Ends with
// 1 if they differ, if one calls an honest bundle bad, or a change good that no honest reader may find good.
import { compare } from '../../test/verifier/compared.ts'
import { secondVerifier } from '../../test/verifier/second-verifier.ts'
import { numberArgument } from './stage.ts'

const second = secondVerifier()
if (second === null) throw new Error('this drill needs Python 3.8 or later, as python3')
const seed = numberArgument(1, 1)
const { faults, ...counts } = await compare(second, {
  seed,
  bundles: numberArgument(0, 10_000),
  largest: 60,
})
await second.stop()
console.log(JSON.stringify({ ...counts, faults: faults.length }))
for (const fault of faults.slice(0, 20)) console.log(fault)
process.exitCode = faults.length === 0 ? 0 : 1
