// The synthetic council against its description: two programs that agree.
import { readFileSync } from 'node:fs'
import t from 'tap'
import type { Questionnaire } from '../../../src/contract/documents/questionnaire.ts'
import { cohortLines } from '../../../src/domain/synthetic/cohort-lines.ts'
import { type CouncilWishes, syntheticCouncil } from '../../../src/domain/synthetic/council.ts'
import { oracleCouncil } from './council-oracle.ts'

const FILE = new URL('../../../examples/questionnaire-adult.json', import.meta.url)
const questionnaire: Questionnaire = JSON.parse(readFileSync(FILE, 'utf8'))
const WHOLE = { people: 5000, seed: 2026, price: 1.7, faults: false }

function linesOf(wishes: CouncilWishes): readonly string[] {
  return [...cohortLines(questionnaire, syntheticCouncil(questionnaire, wishes).people)]
}

t.test('another program, written from the description, gives the same file', async (t) => {
  for (const wishes of [
    { people: 120, seed: 2026, price: 1.7, faults: false },
    { people: 150, seed: 7, price: 0.85, faults: true },
    { people: 1, seed: Number.MAX_SAFE_INTEGER, price: 2, faults: true },
  ])
    t.strictSame(linesOf(wishes), oracleCouncil(questionnaire, wishes))
})

t.test('a price moves the usual costs alone, and a seed moves everything', async (t) => {
  const of = (wishes: Partial<CouncilWishes>) =>
    syntheticCouncil(questionnaire, { ...WHOLE, people: 200, ...wishes }).people
  const [cheap, dear] = [of({ price: 1 }), of({ price: 2 })]
  const unusual = cheap.filter(({ cost }, i) => cost === dear[i]?.cost)
  t.ok(unusual.length > 0 && unusual.every(({ cost }) => cost > 104_000 && cost <= 208_000))
  const usual = cheap.flatMap(({ cost }, i) =>
    cost === dear[i]?.cost ? [] : [[2 * cost, dear[i]?.cost ?? 0]],
  )
  t.ok(usual.every(([twice = 0, cost = 0]) => Math.abs(twice - cost) <= 1))
  t.strictSame(
    cheap.map(({ answers }) => answers),
    dear.map(({ answers }) => answers),
  )
  t.notSame(of({ seed: 2027 })[0], of({})[0])
})

t.test('a group without anybody has no factor to find', async (t) => {
  const { truth } = syntheticCouncil(questionnaire, { ...WHOLE, people: 1 })
  t.strictSame(
    truth.groups.map(({ lnF }) => lnF === null),
    [false, true, true, true, true],
  )
})

t.test('with faults, some rows have no carer and some repeat the reference before', async (t) => {
  const { people } = syntheticCouncil(questionnaire, { ...WHOLE, people: 800, faults: true })
  const lacking = people.filter(({ answers }) => answers.carer === undefined).length
  t.ok(lacking > 50 && lacking < 110, `${lacking} of 800`)
  const repeats = people.filter(({ number, refNumber }) => number !== refNumber)
  t.ok(repeats.length > 1 && repeats.length < 20, `${repeats.length} of 800`)
  for (const { number, refNumber } of repeats) t.equal(refNumber, people[number - 2]?.refNumber)
})
