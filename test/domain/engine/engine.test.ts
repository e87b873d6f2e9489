// The compiled engine: when it is not used, what it keeps, and that it says what the reference says.
import t from 'tap'
import { allocate } from '../../../src/domain/allocation/allocation.ts'
import { planTable } from '../../../src/domain/allocation/price.ts'
import { compilePrices, MOST_HUNDREDTHS } from '../../../src/domain/engine/compiled-prices.ts'
import { compileScoring, MOST_LINES } from '../../../src/domain/engine/compiled-scoring.ts'
import { compile, compilePoints } from '../../../src/domain/engine/engine.ts'
import { kept, MOST_KEPT } from '../../../src/domain/engine/kept.ts'
import { sharedLine, textWithWorking, workingText } from '../../../src/domain/engine/working-text.ts'
import { hundredthsIn } from '../../../src/domain/number/decimal-fraction.ts'
import { planScoring } from '../../../src/domain/questionnaire/scoring-plan.ts'
import { answers, questionnaire, questionnaireRef, table, tableRef, through } from '../../cases/documents.ts'
import { differences, tally } from '../../support/engine-agreement.ts'

const input = { answers, eligible: true, otherNeeds: false, assessedOn: '2026-11-16' }
const priced = { ref: questionnaireRef, plan: planScoring(questionnaire) }
const plan = planTable(tableRef, table, priced)

t.test('it says what the reference says, refusals and all', async (t) => {
  const met = tally()
  const seeds = Array.from({ length: 60 }, (_, seed) => seed + 1)
  t.strictSame(
    seeds.flatMap((seed) => differences(seed, 25, met)),
    [],
  )
})

t.test('answers that do not fit are left to the reference, which says why', async (t) => {
  const scoring = compileScoring(priced.plan)
  const carer = { willingAndAble: true, support: { washing: 'half', company: 'none' } }
  const fit = { ...answers, carer }
  t.not(scoring?.hundredths(fit), null)
  const { carer: _, ...uncared } = fit
  const unfit = [
    uncared,
    { ...fit, userGroup: 'nobody' },
    { ...fit, answers: { ...answers.answers, washing: 'never' } },
    { ...fit, answers: { ...answers.answers, more: 'none' } },
    { ...fit, weightings: { two_people: 'never' } },
    { ...fit, addOns: { ...answers.addOns, travel: 'never' } },
    { ...fit, carer: { ...carer, support: { washing: 'half' } } },
    { ...fit, carer: { ...carer, support: { ...carer.support, washing: 'never' } } },
    { ...fit, carer: { ...carer, support: { ...carer.support, money: 'half' } } },
    { ...fit, carer: { ...carer, overall: 'half' } },
    { ...fit, carer: { willingAndAble: true } },
  ]
  for (const given of unfit) {
    t.equal(scoring?.hundredths(given), null)
    t.equal(scoring?.scored(given), null)
    t.throws(() => compile(priced, plan).allocate({ ...input, answers: given }), {
      code: 'assessment-invalid',
    })
  }
})

t.test('the same objects are given again, and nothing can change them', async (t) => {
  const engine = compile(priced, plan)
  const [first, again] = [engine.allocate(input), engine.allocate(input)]
  t.strictSame(first, allocate(input, priced, plan))
  t.not(first.working, again.working)
  t.ok(first.working.every((line, i) => line === again.working[i] && Object.isFrozen(line)))
  const [domain] = first.working
  t.ok(domain?.step === 'domain' && Object.isFrozen(domain.factors) && Object.isFrozen(domain.factors[0]))
  t.equal(textWithWorking(first), JSON.stringify(first))
})

t.test('points are rounded once, half up, as the reference rounds them', async (t) => {
  const [first, ...rest] = questionnaire.domains
  const points = (text: string) => {
    const options = [{ key: 'much', label: 'Much', points: text }]
    const domains = first === undefined ? [] : [{ ...first, options }, ...rest]
    const weightings = questionnaire.weightings.map((weighting) => ({
      ...weighting,
      options: weighting.options.map((option) => ({ ...option, factor: '1.005' })),
    }))
    const given = {
      ...answers,
      answers: { washing: 'much', company: 'none', money: 'none' },
      addOns: { travel: 'near', breaks: 'no' },
      carer: { willingAndAble: false },
    }
    const of = { ...questionnaire, domains, weightings }
    return compilePoints(planScoring(of))(given)
  }
  t.equal(points('1.00'), 101, '1.005 is 1.01')
  t.equal(points('0.99'), 99, '0.99495 is 0.99')
  t.equal(points('3.00'), 302, '3.015 is 3.02')
})

t.test('where a sum could pass 2^53, decimal.js does it', async (t) => {
  // Ten points by so many factors of eight places: the first has a scale of 10^12, the other of 10^20.
  const by = (...factors: string[]) => ({
    ...questionnaire,
    weightings: factors.map((factor, i) => ({
      key: `w${i}`,
      question: 'Which?',
      appliesTo: 'care',
      options: [{ key: 'only', label: 'Only', factor }],
    })),
  })
  const fits = by('0.99999999')
  const passes = by('0.99999999', '1.00000001')
  t.not(compileScoring(planScoring(fits)), null)
  t.equal(compileScoring(planScoring(passes)), null)
  const own = { ref: questionnaireRef, plan: planScoring(passes) }
  const prices = planTable(tableRef, table, own)
  const given = { ...input, answers: { ...answers, weightings: { w0: 'only', w1: 'only' } } }
  const expected = allocate(given, own, prices)
  t.equal(JSON.stringify(compile(own, prices).allocate(given)), JSON.stringify(expected))
  t.equal(compile(own, prices).pence(given), hundredthsIn(expected.amountAnnual ?? ''))
  t.equal(compilePoints(own.plan)(given.answers), hundredthsIn(expected.points.total))
})

t.test('the bound is where doubles end: at 2^53 itself nothing is compiled', async (t) => {
  // On this scale of 10^4 the highest of a sum is 2^53 − 1, then 2^53.
  const most = (points: string) =>
    planScoring({
      ...questionnaire,
      domains: [],
      weightings: [],
      carerSupport: undefined as never,
      addOns: [
        {
          key: 'all',
          question: 'All?',
          condition: 'always',
          options: [{ key: 'yes', label: 'Yes', points }],
        },
      ],
    })
  t.not(compileScoring(most('900719925474.0991')), null)
  t.equal(compileScoring(most('900719925474.0992')), null)
})

t.test('support that keeps more than everything is not compiled: no proof covers it', async (t) => {
  const options = [{ key: 'more', label: 'More', retainedFraction: '1.5' }]
  const plan = planScoring({ ...questionnaire, carerSupport: { scope: 'overall', options } })
  t.equal(compileScoring(plan), null)
})

t.test('more lines than anybody meets are not compiled', async (t) => {
  const many = Array.from({ length: 30 }, (_, i) => ({ key: `o${i}`, label: `${i}`, factor: '1' }))
  const weighted = (count: number) => {
    const weightings = Array.from({ length: count }, (_, i) => ({
      key: `w${i}`,
      question: 'Which?',
      appliesTo: 'care',
      options: many,
    }))
    return planScoring({ ...questionnaire, weightings })
  }
  t.not(compileScoring(weighted(2)), null)
  t.ok(3 * 30 ** 3 * 7 > MOST_LINES)
  t.equal(compileScoring(weighted(3)), null)
})

t.test('amounts are looked up once they are known, up to the end of what is kept', async (t) => {
  const long = { ...questionnaire, scaleMaximum: '5000.00' }
  const own = { ref: questionnaireRef, plan: planScoring(long) }
  const prices = compilePrices(own, planTable(tableRef, through(['0', '0'], ['5000', '5000000']), own))
  for (const hundredths of [0, 1_234, MOST_HUNDREDTHS - 1, MOST_HUNDREDTHS, 500_000])
    for (const time of ['first', 'second'])
      t.equal(prices.pence('adults', hundredths), hundredths * 1_000, `${hundredths}, the ${time} time`)
  t.equal(prices.cost('adults', 1_234), prices.cost('adults', 1_234))
  t.throws(() => prices.pence('nobody', 1), /is not outside the table/)
  t.throws(() => prices.cost('nobody', 1), /is not outside the table/)
})

t.test('without a table only those are answered who need none', async (t) => {
  const engine = compile(priced, null)
  const unfit = { ...input, eligible: false }
  t.strictSame(engine.allocate(unfit), allocate(unfit, priced, null))
  t.equal(engine.pence(unfit), null)
  for (const sum of [() => engine.allocate(input), () => engine.pence(input)])
    t.throws(sum, /an eligible person needs a table/)
})

t.test('a memory makes each value once, and begins anew when it is full', async (t) => {
  let made = 0
  const square = kept((value: number) => {
    made += 1
    return value * value
  })
  const all = Array.from({ length: MOST_KEPT }, (_, i) => i)
  for (const _ of ['once', 'twice']) for (const value of all) square(value)
  t.equal(made, MOST_KEPT)
  t.equal(square(MOST_KEPT), MOST_KEPT * MOST_KEPT)
  t.equal(square(0), 0)
  t.equal(made, MOST_KEPT + 2)
})

t.test('a working is one text, whether its lines are shared or not', async (t) => {
  const own = { step: 'gross', result: '1.00' } as const
  const shared = sharedLine({ step: 'available', result: '2.00' } as const)
  t.equal(workingText([own, shared, own]), JSON.stringify([own, shared, own]))
  t.equal(workingText([]), '[]')
  const quoted = { before: 'says "working":[] too', working: [own, shared], after: 1 }
  t.equal(textWithWorking(quoted), JSON.stringify(quoted))
})
