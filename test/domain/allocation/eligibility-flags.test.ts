// The record of eligibility is read for contradictions: each notice on both sides of what raises it.

import t from 'tap'
import type { StatedEligibility } from '../../../src/contract/allocation/assessment.ts'
import type { Questionnaire } from '../../../src/contract/documents/questionnaire.ts'
import { refuseInput } from '../../../src/domain/assessment/input-faults.ts'
import { planOutcomes } from '../../../src/domain/questionnaire/outcomes.ts'
import { planScoring } from '../../../src/domain/questionnaire/scoring-plan.ts'
import { allocation, answers, json, named, questionnaire, refusal, table } from '../../cases/documents.ts'

type Given = StatedEligibility & {
  readonly eligible?: boolean
  readonly population?: string
  readonly chosen?: Readonly<Record<string, string>>
}

/** The codes of the flags; the small questionnaire has 2(2)(b) for washing and 2(2)(g) for company. */
function notices({ eligible = true, population = 'adult', chosen = {}, ...stated }: Given) {
  const { flags } = allocation({
    questionnaire: { ...questionnaire, population },
    answers: { ...answers, answers: { ...answers.answers, ...chosen } },
    table: eligible ? table : null,
    eligible,
    stated,
  })
  return flags.map(({ code }) => code)
}

const two = ['2(2)(b)', '2(2)(g)'] as const
const carers = ['3(2)(a)'] as const

t.test('an adult needs two outcomes', async (t) => {
  const found = (...outcomesNotMet: NonNullable<StatedEligibility['outcomesNotMet']>) =>
    notices({ outcomesNotMet, wellbeingImpact: true })
  t.strictSame(found('2(2)(b)'), ['eligibility-one-outcome'])
  t.strictSame(found(...two), [])
  t.strictSame(found(), ['eligibility-without-grounds'])
  t.strictSame(notices({ eligible: false, outcomesNotMet: ['2(2)(b)'] }), [], 'nor is one asked of others')
})

t.test('grounds are an outcome and an impact, and only who is eligible needs them', async (t) => {
  t.strictSame(notices({ outcomesNotMet: two, wellbeingImpact: false }), ['eligibility-without-grounds'])
  t.strictSame(notices({ eligible: false, outcomesNotMet: [], wellbeingImpact: false }), [])
  t.strictSame(notices({ wellbeingImpact: true }), [], 'in an estimate only what is stated is read')
  t.strictSame(notices({ outcomesNotMet: two }), [])
  t.strictSame(notices({ population: 'child', outcomesNotMet: [] }), ['eligibility-without-grounds'])
})

t.test('a carer needs one outcome, and health at risk is one', async (t) => {
  t.strictSame(notices({ population: 'carer', outcomesNotMet: carers, wellbeingImpact: true }), [])
  t.strictSame(notices({ population: 'carer', outcomesNotMet: [] }), ['eligibility-without-grounds'])
})

t.test('who is found not eligible with enough outcomes and an impact may be eligible', async (t) => {
  const refused = (change: Given) => notices({ eligible: false, wellbeingImpact: true, ...change })
  t.strictSame(refused({ outcomesNotMet: two }), ['eligibility-may-be-met'])
  t.strictSame(refused({ outcomesNotMet: ['2(2)(b)'] }), [])
  t.strictSame(refused({ outcomesNotMet: two, wellbeingImpact: false }), [])
  t.strictSame(notices({ eligible: false, outcomesNotMet: two }), [], 'an impact must be stated')
  t.strictSame(notices({ eligible: false, wellbeingImpact: true }), [], 'and outcomes too')
  t.strictSame(refused({ population: 'carer', outcomesNotMet: carers }), ['eligibility-may-be-met'])
  t.strictSame(refused({ population: 'carer', outcomesNotMet: [] }), [])
  t.strictSame(refused({ population: 'child', outcomesNotMet: two }), [])
  t.strictSame(refused({ population: 'constructor', outcomesNotMet: two }), [])
})

t.test('answers and outcomes that contradict each other are told, the first of them', async (t) => {
  const impact = { wellbeingImpact: true }
  const differ = ['eligibility-answers-differ']
  t.strictSame(notices({ ...impact, outcomesNotMet: two, chosen: { company: 'none' } }), differ)
  t.strictSame(notices({ ...impact, outcomesNotMet: two, chosen: { company: 'some' } }), [])
  const left = ['2(2)(a)', '2(2)(c)'] as const
  t.strictSame(notices({ ...impact, outcomesNotMet: left, chosen: { washing: 'much' } }), differ)
  t.strictSame(notices({ ...impact, outcomesNotMet: left, chosen: { washing: 'some' } }), [])
  t.strictSame(notices({ chosen: { washing: 'much' } }), [], 'no outcomes are stated')
  t.strictSame(notices({ population: 'child', outcomesNotMet: left, chosen: { washing: 'much' } }), [])
  const both = allocation({
    stated: { outcomesNotMet: ['2(2)(a)', '2(2)(g)'] },
    answers: { ...answers, answers: { washing: 'much', company: 'none', money: 'some' } },
  })
  t.match(both.flags, [{ figures: { outcome: '2(2)(b)', listed: 'false' } }])
  t.equal(both.flags.length, 1)
})

t.test('an outcome of several domains differs only where all of them do', async (t) => {
  const shared = questionnaire.domains.map((domain) => ({ ...domain, careActOutcomes: ['2(2)(e) home'] }))
  const of = (...chosen: readonly string[]) =>
    allocation({
      questionnaire: { ...questionnaire, domains: shared },
      stated: { outcomesNotMet: ['2(2)(e)', '2(2)(a)'] },
      answers: {
        ...answers,
        answers: Object.fromEntries(shared.map(({ key }, i) => [key, chosen[i] ?? 'none'])),
      },
    }).flags.map(({ code }) => code)
  t.ok(of('none', 'none', 'none').includes('eligibility-answers-differ'))
  t.notOk(of('none', 'some', 'none').includes('eligibility-answers-differ'))
})

t.test('a decision holds twelve months, to the day', async (t) => {
  const decided = (decidedOn: string, assessedOn: string) =>
    allocation({ stated: { decidedOn }, assessedOn }).flags.map(({ code }) => code)
  t.strictSame(decided('2025-11-16', '2026-11-16'), [])
  t.strictSame(decided('2025-11-16', '2026-11-17'), ['eligibility-old'])
  t.strictSame(decided('2024-02-29', '2025-02-28'), [])
  t.strictSame(decided('2024-02-29', '2025-03-01'), ['eligibility-old'])
})

t.test('the outcomes of the samples stand in the order of the regulations', async (t) => {
  const of = (name: string) =>
    planOutcomes(json<Questionnaire>(`examples/questionnaire-${name}.json`)).map(({ code }) => code)
  t.strictSame(
    of('adult'),
    [...'abcdefghij'].map((letter) => `2(2)(${letter})`),
  )
  t.strictSame(
    of('carer'),
    ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii'].map((numeral) => `3(2)(b)(${numeral})`),
  )
  const level = questionnaire.domains.map((domain) => ({
    ...domain,
    options: domain.options.map((option) => ({ ...option, points: '0.00' })),
  }))
  const [outcome] = planOutcomes({ ...questionnaire, domains: level })
  t.equal(outcome?.domains[0]?.most.size, 0, 'no points are never the most')
})

t.test('outcomes of the other population are refused, each at its place', async (t) => {
  const found = (population: string, ...outcomesNotMet: NonNullable<StatedEligibility['outcomesNotMet']>) =>
    refusal(() =>
      refuseInput(planScoring({ ...questionnaire, population }), { answers, stated: { outcomesNotMet } }),
    ).faults
  t.strictSame(named(found('adult', '2(2)(a)', '3(2)(a)', '3(2)(b)(i)')), [
    'outcome-not-of-population /eligibility/outcomesNotMet/1',
    'outcome-not-of-population /eligibility/outcomesNotMet/2',
  ])
  const [fault] = found('carer', '2(2)(a)')
  t.match(fault?.detail, /outcomes of regulation 3\(2\), for carers/)
  const accepted = () =>
    refuseInput(planScoring({ ...questionnaire, population: 'child' }), {
      answers,
      stated: { outcomesNotMet: ['2(2)(a)', '3(2)(a)'] },
    })
  t.doesNotThrow(accepted)
})

t.test('a setting must be one of the six, and is told with the faults of the answers', async (t) => {
  const plan = planScoring(questionnaire)
  const wrong = { ...answers, userGroup: 'x' }
  const { faults } = refusal(() => refuseInput(plan, { answers: wrong, stated: {}, setting: 'hospital' }))
  t.strictSame(named(faults), ['user-group-unknown /userGroup', 'setting-unknown /setting'])
  t.doesNotThrow(() => refuseInput(plan, { answers, stated: {}, setting: 'shared-lives' }))
})

t.test('outcomes stand in the order of the regulations, whatever the order of the questions', async (t) => {
  const inOrder = planOutcomes(questionnaire).map(({ code }) => code)
  const domains = questionnaire.domains.toReversed()
  t.strictSame(
    planOutcomes({ ...questionnaire, domains }).map(({ code }) => code),
    inOrder,
  )
  t.strictSame(inOrder, inOrder.toSorted())
})
