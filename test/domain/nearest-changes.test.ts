// The nearest changes are the engine's own sums for one answer moved by one, the smallest difference first.
import t from 'tap'
import { type AllocationInput, allocate } from '../../src/domain/allocation.ts'
import { decimal } from '../../src/domain/decimal.ts'
import { nearestChanges } from '../../src/domain/nearest-changes.ts'
import { adult, adultTable, carer, carerAnswers, carerTable, published, worked } from './explanation-cases.ts'

function input(letter: string, changed: Partial<AllocationInput> = {}): AllocationInput {
  return { answers: worked(letter), eligible: true, otherNeeds: false, assessedOn: '2026-11-16', ...changed }
}

const { priced, plan } = published(adult, adultTable)

t.test('each change is to a neighbouring option, and its figures are those of the engine', async (t) => {
  const given = input('A')
  const now = allocate(given, priced, plan)
  const changes = nearestChanges(given, priced, plan)
  for (const change of changes.filter(({ section }) => section === 'answers')) {
    const options =
      adult.domains.find(({ key }) => key === change.question)?.options.map(({ key }) => key) ?? []
    t.equal(Math.abs(options.indexOf(change.from) - options.indexOf(change.to)), 1)
    t.equal(change.from, given.answers.answers[change.question])
    const answers = { ...given.answers.answers, [change.question]: change.to }
    const then = allocate({ ...given, answers: { ...given.answers, answers } }, priced, plan)
    t.equal(change.points, then.points.total)
    t.equal(change.amountAnnual, then.amountAnnual)
    t.equal(change.outcome, then.outcome)
    t.equal(
      change.changeAnnual,
      decimal(then.amountAnnual ?? '')
        .minus(now.amountAnnual ?? '')
        .toFixed(2),
    )
  }
})

t.test('every kind of answer is tried, and a change that alters nothing is left out', async (t) => {
  const changes = nearestChanges(input('A'), priced, plan)
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
  const changes = nearestChanges(input('A'), priced, plan)
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
  t.same(nearestChanges(input('A'), priced, plan), changes, 'the same again')
})

t.test('support is not tried where no carer is willing and able, or where nobody asks', async (t) => {
  t.notOk(nearestChanges(input('B'), priced, plan).some(({ section }) => section === 'carer'))
  const { priced: carers, plan: bands } = published(carer, carerTable)
  const changes = nearestChanges(input('A', { answers: carerAnswers({ home: 'high' }) }), carers, bands)
  t.ok(changes.length > 0)
  t.ok(changes.every(({ section }) => section === 'answers'))
})

t.test('a change of points alone is kept, with no change of money', async (t) => {
  const { priced: carers, plan: bands } = published(carer, carerTable)
  const [first] = nearestChanges(input('A', { answers: carerAnswers({ home: 'high' }) }), carers, bands)
  t.match(first, { changeAnnual: '0.00', amountAnnual: '150.00', points: '8.00' })
})

t.test('one answer about support for everything is moved as one', async (t) => {
  const options = adult.carerSupport?.options ?? []
  const { priced: overall, plan: table } = published(
    { ...adult, carerSupport: { scope: 'overall', options } },
    adultTable,
  )
  const answers = { ...worked('A'), carer: { willingAndAble: true, overall: 'all' } }
  const moved = nearestChanges(input('A', { answers }), overall, table).filter(
    ({ section }) => section === 'carer',
  )
  t.same(moved.map(({ question, to }) => [question, to]).sort(), [
    ['overall', 'most'],
    ['willingAndAble', 'false'],
  ])
})

t.test('a person found not eligible has changes of points and none of money', async (t) => {
  const changes = nearestChanges(input('A', { eligible: false }), priced, plan)
  t.ok(changes.length > 0)
  t.ok(
    changes.every(
      ({ amountAnnual, changeAnnual, outcome }) =>
        amountAnnual === null && changeAnnual === null && outcome === 'not-eligible',
    ),
  )
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
  const changes = nearestChanges(input('A'), asked, refusing)
  t.ok(changes.length > 0)
  t.ok(changes.every(({ changeAnnual }) => changeAnnual?.startsWith('-')))
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
    t.throws(() => nearestChanges(input('A', { answers }), broken, plan), { code: 'assessment-invalid' })
  },
)

t.test('answers that do not fit the questionnaire are refused as ever', async (t) => {
  const answers = { ...worked('A'), userGroup: 'nobody' }
  t.throws(() => nearestChanges(input('A', { answers }), priced, plan), { code: 'assessment-invalid' })
})
