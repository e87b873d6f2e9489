// The compiled engine gives the bytes of the reference: 400 drawn questionnaires and tables, 50 people each. The long
// form is `npm run drill -- engine`.
import t from 'tap'
import { differences, tally } from '../../../support/engine-agreement.ts'

const SEEDS = 400
const PEOPLE = 50

t.test('20,000 people have the same result from the compiled engine and from decimal.js', async (t) => {
  const met = tally()
  const seeds = Array.from({ length: SEEDS }, (_, seed) => seed + 1)
  t.strictSame(
    seeds.flatMap((seed) => differences(seed, PEOPLE, met)),
    [],
  )
  const { people, tables, compiled, refused, tableRefused, halves, knots, outcomes, flags } = met
  t.equal(people, SEEDS * PEOPLE)
  t.ok(compiled > 0.9 * tables && compiled < tables, 'most are compiled, and some are left to the reference')
  t.ok(tableRefused > 500 && refused - tableRefused > 500, 'both kinds of refusal are met')
  t.ok(halves > 500 && knots > 100, 'halves of a hundredth and points on knots are met')
  for (const [outcome, times] of Object.entries(outcomes)) t.ok(times > 1_000, outcome)
  t.equal(Object.keys(flags).length, 18, 'every flag is met')
})
