import t from 'tap'
import type { QuestionDomain, Questionnaire } from '../../../../src/contract/documents/questionnaire.ts'
import type { Case } from '../../../../src/domain/calibration/cohort/case.ts'
import { itemAnalysis } from '../../../../src/domain/calibration/cohort/item-analysis.ts'
import { planScoring } from '../../../../src/domain/questionnaire/scoring-plan.ts'
import { person } from '../trust/cohorts.ts'

function domain(key: string, points: readonly string[]): QuestionDomain {
  const options = points.map((text, i) => ({ key: `o${i}`, label: `Option ${i}`, points: text }))
  return {
    key,
    title: key,
    question: `${key}?`,
    careActOutcomes: [],
    carerAdjustable: key === 'meals',
    options,
  }
}

const QUESTIONNAIRE: Questionnaire = {
  title: 'A small one',
  population: 'adults',
  userGroups: [{ key: 'older-people', title: 'Older people', ageDefined: false }],
  domains: [
    domain('meals', ['0', '5', '10']),
    domain('washing', ['0', '3.3']),
    domain('company', ['2', '2']),
  ],
  weightings: [],
  carerSupport: { scope: 'overall', options: [{ key: 'half', label: 'Half', retainedFraction: '0.5' }] },
  addOns: [],
  referralRules: [],
  scaleMaximum: '100',
  source: 'a test',
  rationale: 'a test',
}
const plan = planScoring(QUESTIONNAIRE)

function answered(
  ref: string,
  meals: number,
  washing: number,
  pounds: number,
  rest: Partial<Case> = {},
): Case {
  const answers = {
    userGroup: 'older-people',
    answers: { meals: `o${meals}`, washing: `o${washing}`, company: 'o0' },
    weightings: {},
    carer: { willingAndAble: false },
    addOns: {},
  }
  return person(ref, 0, pounds * 100, { answers, ...rest })
}

const CASES = [
  answered('a', 0, 1, 1000),
  answered('b', 1, 0, 3000),
  answered('c', 1, 1, 2000),
  answered('d', 2, 0, 6000),
]

t.test('each domain says how often an option was chosen, and what those people cost', async (t) => {
  const { cases, withoutAnswers, domains } = itemAnalysis([...CASES, person('e', 10, 10)], plan)
  t.equal(cases, 4)
  t.equal(withoutAnswers, 1)
  t.strictSame(domains[0]?.options, [
    { option: 'o0', points: '0', cases: 1, share: '0.2500', meanCost: '1000.00' },
    { option: 'o1', points: '5', cases: 2, share: '0.5000', meanCost: '2500.00' },
    { option: 'o2', points: '10', cases: 1, share: '0.2500', meanCost: '6000.00' },
  ])
})

t.test('a domain is set against the total without it, and against cost', async (t) => {
  const [meals, washing] = itemAnalysis(CASES, plan).domains
  // Meals 0 5 5 10 against the rest 5.3 2 5.3 2: Σdxdy = −16.5, Σdx² = 50, Σdy² = 10.89.
  t.equal(meals?.itemRest, (-16.5 / Math.sqrt(50 * 10.89)).toFixed(4))
  t.equal(washing?.itemRest, meals?.itemRest, 'company never varies, so one is the rest of the other')
  // Costs 1 3 2 6 thousand: Σdxdy = 25, Σdy² = 14; washing ±1.65 about its mean: Σdxdy = −9.9.
  t.equal(meals?.withCost, (25 / Math.sqrt(50 * 14)).toFixed(4))
  t.equal(washing?.withCost, (-9.9 / Math.sqrt(10.89 * 14)).toFixed(4))
  t.strictSame(meals?.flags, ['falls-as-the-rest-rises'])
  t.strictSame(washing?.flags, ['falls-as-the-rest-rises', 'falls-as-cost-rises'])
})

t.test('a domain that everyone answers alike says nothing, and is flagged', async (t) => {
  const company = itemAnalysis(CASES, plan).domains[2]
  t.match(company, { itemRest: null, withCost: null, flags: ['no-variation', 'option-never-chosen'] })
  t.match(company?.options[1], { cases: 0, share: '0.0000', meanCost: null })
})

t.test('what counts is what a domain adds to the total, after unpaid support', async (t) => {
  const carer = { willingAndAble: true, overall: 'half' }
  const supported = CASES.map((row, i) =>
    row.answers === null || i !== 3 ? row : { ...row, answers: { ...row.answers, carer } },
  )
  // Now meals give 0 5 5 5.
  const meals = itemAnalysis(supported, plan).domains[0]
  t.equal(meals?.withCost, (10 / Math.sqrt(18.75 * 14)).toFixed(4))
})

t.test('a weight counts as so many people, and the order of rows does not count', async (t) => {
  const weighted = CASES.map((row, i) => ({ ...row, weight: i === 0 ? 20_000 : 10_000 }))
  const once = itemAnalysis(weighted, plan).domains[0]
  const often = itemAnalysis([...CASES, answered('a2', 0, 1, 1000)], plan).domains[0]
  t.equal(once?.itemRest, often?.itemRest)
  t.equal(once?.withCost, often?.withCost)
  t.equal(once?.options[0]?.share, '0.4000')
  t.strictSame(itemAnalysis(CASES.toReversed(), plan), itemAnalysis(CASES, plan))
})

t.test('without answers there is nothing to analyse, and nothing is flagged', async (t) => {
  const { cases, withoutAnswers, domains } = itemAnalysis([person('e', 10, 10)], plan)
  t.strictSame([cases, withoutAnswers], [0, 1])
  for (const { itemRest, withCost, flags, options } of domains) {
    t.strictSame([itemRest, withCost, flags], [null, null, []])
    t.ok(options.every(({ share, meanCost }) => share === null && meanCost === null))
  }
})

t.test('one person with answers gives a distribution and no correlation', async (t) => {
  const [meals] = itemAnalysis([answered('a', 1, 0, 100)], plan).domains
  t.match(meals, { itemRest: null, withCost: null, flags: ['no-variation', 'option-never-chosen'] })
})
