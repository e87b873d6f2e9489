// The compiled engine against the decimal.js reference: `npm run drill -- engine [people = 1000000]`, in tables of 50
// people each. Prints what was met, and ends with 1 on any difference.
import { differences, tally } from '../../test/support/engine-agreement.ts'
import { numberArgument } from './stage.ts'

const PEOPLE = 50
// Past the seeds of the suite.
const FIRST_SEED = 1_000

const tables = Math.ceil(numberArgument(0, 1_000_000) / PEOPLE)
const met = tally()
let differing = 0
for (let i = 0; i < tables; i += 1) {
  for (const difference of differences(FIRST_SEED + i, PEOPLE, met)) {
    differing += 1
    if (differing <= 20) console.error(`FAULT ${difference}`)
  }
  if ((i + 1) % 2_000 === 0) console.error(`${met.people} people, ${differing} differences`)
}
console.log(met)
console.log(differing === 0 ? 'no difference' : `${differing} differences`)
process.exitCode = differing === 0 ? 0 : 1
