// The synthetic council as assessments: each answers the questionnaire in full, and says who is eligible.
import { readFileSync } from 'node:fs'
import t from 'tap'
import type { Questionnaire } from '../../../src/contract/documents/questionnaire.ts'
import { answerFaults } from '../../../src/domain/questionnaire/answer-faults.ts'
import { planScoring } from '../../../src/domain/questionnaire/scoring-plan.ts'
import { syntheticCouncil } from '../../../src/domain/synthetic/council.ts'
import { intakes } from '../../../src/domain/synthetic/intakes.ts'

const FILE = new URL('../../../examples/questionnaire-adult.json', import.meta.url)
const questionnaire: Questionnaire = JSON.parse(readFileSync(FILE, 'utf8'))
const plan = planScoring(questionnaire)
const DAYS = ['2026-06-01', '2026-05-31', '2026-05-30']
const ref = { key: 'sample-adult', version: 3 }

const made = (people: number, faults = false) => {
  const council = syntheticCouncil(questionnaire, { people, seed: 2026, price: 1.7, faults })
  return [...intakes(questionnaire, council.people, { questionnaire: ref, days: DAYS })]
}

t.test('every intake has the answers that the questionnaire asks for', async (t) => {
  for (const intake of made(200)) {
    t.strictSame(answerFaults(plan, intake), [])
    t.strictSame(intake.questionnaire, ref)
  }
})

t.test('references count up and days are taken in turn', async (t) => {
  const list = made(4)
  t.strictSame(
    list.map(({ assessmentRef, personRef, assessedOn }) => [assessmentRef, personRef, assessedOn]),
    [
      ['SYN-A-00001', 'SYN-00001', '2026-06-01'],
      ['SYN-A-00002', 'SYN-00002', '2026-05-31'],
      ['SYN-A-00003', 'SYN-00003', '2026-05-30'],
      ['SYN-A-00004', 'SYN-00004', '2026-06-01'],
    ],
  )
  t.ok(list.every(({ eligibility, assessedOn }) => eligibility.decidedOn === assessedOn))
})

t.test('two outcomes or more make somebody eligible, with an impact', async (t) => {
  const list = made(200)
  for (const { answers, eligibility } of list) {
    const needed = questionnaire.domains.filter(({ key }) => answers[key] !== 'none')
    const codes = 'abcdefghij'
      .split('')
      .map((letter) => `2(2)(${letter})`)
      .filter((code) => needed.some((domain) => domain.careActOutcomes.some((text) => text.startsWith(code))))
    t.strictSame(eligibility.outcomesNotMet, codes)
    t.equal(eligibility.eligible, codes.length >= 2)
    t.equal(eligibility.wellbeingImpact, codes.length >= 2)
  }
  t.ok(
    list.some(({ eligibility }) => !eligibility.eligible),
    'somebody is not',
  )
})

t.test('an intake with a fault has no carer, or the reference before', async (t) => {
  const list = made(300, true)
  const lacking = list.filter(({ carer }) => carer === undefined)
  t.ok(lacking.length > 20)
  for (const intake of lacking)
    t.strictSame(
      answerFaults(plan, intake).map(({ code }) => code),
      ['carer-missing'],
    )
  const refs = list.map(({ assessmentRef }) => assessmentRef)
  t.ok(refs.some((ref, i) => i > 0 && ref === refs[i - 1]))
})
