// The nearest changes are the engine's own sums with one answer changed, the nearest answer first and the smallest
// difference first.
import t from 'tap'
import { type AllocationInput, allocate } from '../../../src/domain/allocation/allocation.ts'
import { MOST_SUMS, nearestChanges } from '../../../src/domain/allocation/nearest-changes.ts'
import { decimal } from '../../../src/domain/number/decimal.ts'
import {
  adult,
  adultTable,
  carer,
  carerAnswers,
  carerTable,
  published,
  worked,
} from '../explanation/cases.ts'

function input(letter: string, changed: Partial<AllocationInput> = {}): AllocationInput {
  return { answers: worked(letter), eligible: true, otherNeeds: false, assessedOn: '2026-11-16', ...changed }
}

const { priced, plan } = published(adult, adultTable)
const carers = published(carer, carerTable)

t.test(
  'each change is to the nearest option that changes the figure, by the sums of the engine',
  async (t) => {
    const given = input('A', { answers: carerAnswers({ home: 'high', child: 'low' }) })
    const { priced, plan } = carers
    const now = allocate(given, priced, plan).amountAnnual ?? ''
    const { changes } = nearestChanges(given, priced, plan)
    const then = (question: string, to: string) => {
      const answers = { ...given.answers.answers, [question]: to }
      return allocate({ ...given, answers: { ...given.answers, answers } }, priced, plan)
    }
    t.ok(changes.length > 0)
    for (const { question, from, to, points, amountAnnual, changeAnnual, outcome } of changes) {
      t.equal(from, given.answers.answers[question])
      t.match(then(question, to), { outcome, amountAnnual, points: { total: points } })
      t.equal(changeAnnual, decimal(amountAnnual).minus(now).toFixed(2))
      const keys = carer.domains.find(({ key }) => key === question)?.options.map(({ key }) => key) ?? []
      const distance = (key: string) => Math.abs(keys.indexOf(key) - keys.indexOf(from))
      for (const nearer of keys.filter((key) => distance(key) < distance(to)))
        t.not(
          decimal(then(question, nearer).amountAnnual ?? '').comparedTo(now),
          decimal(changeAnnual).comparedTo(0),
          `${question}: ${nearer} is nearer and does not do the same`,
        )
    }
  },
)

t.test('every kind of answer is tried, and a change that alters nothing is left out', async (t) => {
  const changes = nearestChanges(input('A'), priced, plan).changes
  t.same(
    new Set(changes.map(({ section }) => section)),
    new Set(['answers', 'weightings', 'carer', 'addOns']),
  )
  t.notOk(changes.some(({ section, question }) => section === 'carer' && question === 'toilet'))
  const flip = changes.find(({ question }) => question === 'willingAndAble')
  t.match(flip, { section: 'carer', from: 'true', to: 'false', points: '34.00', changeAnnual: '4910.84' })
  t.same(
    changes
      .filter(({ question }) => question === 'carer_sustainability')
      .map(({ to }) => to)
      .sort(),
    ['medium', 'none'],
  )
})

t.test('changes are sorted by size, and equal ones keep the order of the questionnaire', async (t) => {
  const changes = nearestChanges(input('A'), priced, plan).changes
  const sizes = changes.map(({ changeAnnual }) => decimal(changeAnnual ?? '').abs())
  t.ok(sizes.every((size, i) => size.greaterThanOrEqualTo(sizes[i - 1] ?? 0)))
  t.same(
    changes.slice(0, 3).map(({ section, question, to }) => [section, question, to]),
    [
      ['carer', 'decisions', 'most'],
      ['answers', 'community', 'low'],
      ['carer', 'relationships', 'some'],
    ],
  )
  t.same(nearestChanges(input('A'), priced, plan).changes, changes, 'the same again')
})

t.test('support is not tried where no carer is willing and able, or where nobody asks', async (t) => {
  t.notOk(nearestChanges(input('B'), priced, plan).changes.some(({ section }) => section === 'carer'))
  const changes = nearestChanges(
    input('A', { answers: carerAnswers({ home: 'high' }) }),
    carers.priced,
    carers.plan,
  ).changes
  t.ok(changes.length > 0)
  t.ok(changes.every(({ section }) => section === 'answers'))
})

t.test('an answer further away is found where its neighbours change nothing', async (t) => {
  const given = input('A', { answers: carerAnswers({ home: 'high' }) })
  const { changes, searchedAll } = nearestChanges(given, carers.priced, carers.plan)
  t.equal(searchedAll, true)
  t.match(
    changes.filter(({ question }) => question === 'home'),
    [{ from: 'high', to: 'low', points: '2.00', changeAnnual: '-150.00' }],
    'one step down, to 4 points, gives the same; two steps give less; there is none above',
  )
  t.match(
    changes.find(({ question }) => question === 'child'),
    { from: 'none', to: 'high', points: '12.00', changeAnnual: '150.00' },
  )
  t.equal(changes.length, 8)
})

t.test('on the largest questionnaire the search ends, with the nearest answers tried', async (t) => {
  const options = Array.from({ length: 30 }, (_, i) => ({ key: `o${i}`, label: `${i}`, points: '0' }))
  const domains = Array.from({ length: 100 }, (_, i) => ({
    key: `d${i}`,
    title: 'Much',
    question: 'How much?',
    careActOutcomes: [],
    carerAdjustable: false,
    options: i === 99 ? options.with(14, { key: 'o14', label: '14', points: '90' }) : options,
  }))
  const large = published({ ...carer, domains, scaleMaximum: '100' }, carerTable)
  const answers = {
    userGroup: 'carers',
    answers: Object.fromEntries(domains.map(({ key }) => [key, 'o15'])),
    weightings: {},
    addOns: {},
  }
  const started = performance.now()
  const { changes, searchedAll } = nearestChanges(input('A', { answers }), large.priced, large.plan)
  t.ok(performance.now() - started < 5_000, `${MOST_SUMS} sums in ${performance.now() - started} ms`)
  t.equal(searchedAll, false)
  t.match(changes, [{ question: 'd99', to: 'o14', points: '90.00', changeAnnual: '1000.00' }])
})

t.test('one answer about support for everything is moved as one', async (t) => {
  const options = adult.carerSupport?.options ?? []
  const { priced: overall, plan: table } = published(
    { ...adult, carerSupport: { scope: 'overall', options } },
    adultTable,
  )
  const answers = { ...worked('A'), carer: { willingAndAble: true, overall: 'all' } }
  const moved = nearestChanges(input('A', { answers }), overall, table).changes.filter(
    ({ section }) => section === 'carer',
  )
  t.same(moved.map(({ question, to }) => [question, to]).sort(), [
    ['overall', 'most'],
    ['willingAndAble', 'false'],
  ])
})

t.test('a person found not eligible has no figure to change', async (t) => {
  t.strictSame(nearestChanges(input('A', { eligible: false }), priced, plan), {
    changes: [],
    searchedAll: true,
  })
})

t.test('a change that the table refuses is left out', async (t) => {
  const knots = [
    { points: '0', amountAnnual: '0' },
    { points: '25', amountAnnual: '9000' },
  ]
  const table = {
    ...adultTable,
    aboveLast: 'refuse' as const,
    curves: [{ userGroups: 'all' as const, interpolation: 'linear' as const, knots }],
  }
  const { priced: asked, plan: refusing } = published(adult, table)
  const changes = nearestChanges(input('A'), asked, refusing).changes
  t.ok(changes.length > 0)
  t.ok(changes.every(({ changeAnnual }) => changeAnnual.startsWith('-')))
})

t.test(
  'a plan that disagrees with its own questionnaire is not taken for a refusal by the table',
  async (t) => {
    const [first, ...rest] = adult.domains
    const options = (first?.options ?? []).map((option) => ({ ...option, key: `${option.key}-else` }))
    const domains =
      first === undefined ? [] : [{ ...first, options: [...first.options, ...options] }, ...rest]
    const broken = { ...priced, plan: { ...priced.plan, questionnaire: { ...adult, domains } } }
    const answers = { ...worked('A'), answers: { ...worked('A').answers, nutrition: 'high' } }
    t.throws(() => nearestChanges(input('A', { answers }), broken, plan).changes, {
      code: 'assessment-invalid',
    })
  },
)

t.test('answers that do not fit the questionnaire are refused as ever', async (t) => {
  const answers = { ...worked('A'), userGroup: 'nobody' }
  t.throws(() => nearestChanges(input('A', { answers }), priced, plan).changes, {
    code: 'assessment-invalid',
  })
})
