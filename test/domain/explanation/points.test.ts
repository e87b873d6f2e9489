// What the explanation says of the points: each answer, what unpaid support took off, the extras, and the total.
import t from 'tap'
import { askedIn } from '../../../src/domain/explanation/changes.ts'
import { explain } from '../../../src/domain/explanation/explanation.ts'
import {
  adult,
  carer,
  carerAnswers,
  carerTable,
  explained,
  explanationInput,
  has,
  sectionText,
  worked,
} from './cases.ts'

t.test('each answer stands with its title, its label and its points, never its key', async (t) => {
  const given = { answers: worked('D') }
  has(t, given, 'answers', 'Family and friends: the answer was “I need a little help')
  has(
    t,
    given,
    'answers',
    'Washing and keeping clean: the answer was',
    '12 × 1.5 = 18 points',
    'Yes, every time',
  )
  has(
    t,
    given,
    'answers',
    'and “Moving around and using your home” were multiplied by 1.5.',
    'come to 90.5 points',
  )
  has(
    t,
    { answers: worked('A') },
    'answers',
    'the answer was “No”. This changes no points.',
    'counts 1 point.',
  )
  const text = explained(given).lines.map((line) => line.text)
  t.notOk(text.some((line) => /home_safely|two_person|carer_sustainability/.test(line)))
})

t.test('unpaid support is shown part by part, and in all', async (t) => {
  const given = { answers: worked('A') }
  has(t, given, 'unpaid-support', 'Someone helps you for no pay.', 'In all, unpaid help took off 11 points.')
  has(
    t,
    given,
    'unpaid-support',
    '“About half of it”. This takes off 3 points and keeps 3 points, which is 50% of 6.',
  )
  has(t, given, 'unpaid-support', 'takes off 4 points and keeps none.', 'no points to take off')
  has(t, given, 'unpaid-support', '“Family and friends” and “Staying safe”, because, by the answers given')
  has(
    t,
    given,
    'unpaid-support',
    'What breaks or help',
    'This adds 2 points, to help that unpaid support keep going',
  )
  has(t, given, 'total', '34 − 11 + 2 = 25 points.', 'from 0 to 100 points')
})

t.test('answers about support are said to be ignored where no carer is willing and able', async (t) => {
  const given = { answers: worked('B') }
  has(t, given, 'unpaid-support', 'Nobody helps you for no pay now', 'nothing was taken off')
  has(
    t,
    given,
    'unpaid-support',
    'They did not count: “About half of it” for “Eating and drinking well”; “All',
  )
  has(t, given, 'unpaid-support', 'would add 2 points, but it is not counted')
  has(t, given, 'total', 'Nothing came off, and nothing was added. Your total is 34 points.')
  const support = { nutrition: 'none' }
  const harmless = { answers: { ...worked('B'), carer: { willingAndAble: false, support } } }
  has(t, harmless, 'unpaid-support', 'did not count: none of them would have taken points off.')
  const silent = explained({ answers: { ...worked('B'), carer: { willingAndAble: false } } })
  t.notMatch(sectionText(silent, 'unpaid-support'), 'all the same')
})

t.test('one answer about support for everything is explained as one', async (t) => {
  const options = adult.carerSupport?.options ?? []
  const questionnaire = { ...adult, carerSupport: { scope: 'overall' as const, options } }
  const answers = { ...worked('A'), carer: { willingAndAble: true, overall: 'most' } }
  has(t, { answers, questionnaire }, 'unpaid-support', 'One answer covers all your support: “Most of it”.')
  has(
    t,
    { answers, questionnaire },
    'unpaid-support',
    'Getting dressed: this takes off 3 points and keeps 1 point',
  )
  const input = explanationInput({ answers, questionnaire })
  const changes = input.changes.changes.filter(({ question }) => question === 'overall')
  t.match(
    sectionText(explain({ ...input, changes: { changes, searchedAll: true } }), 'changes'),
    'If the answer for “Unpaid help” were “',
  )
  const [change] = changes
  t.equal(change && askedIn(change, input.questionnaire).question, 'Unpaid help')
  const unwilling = { ...answers, carer: { willingAndAble: false, overall: 'most' } }
  has(t, { answers: unwilling, questionnaire }, 'unpaid-support', 'did not count: “Most of it”.')
})

t.test('parts where support never counts, and extra questions that always count, say so', async (t) => {
  const domains = adult.domains.map((domain) => ({ ...domain, carerAdjustable: domain.key === 'toilet' }))
  const addOns = adult.addOns.map((addOn) => ({ ...addOn, condition: 'always' as const }))
  const answers = { ...worked('A'), carer: { willingAndAble: true, support: { toilet: 'all' } } }
  const given = { answers, questionnaire: { ...adult, domains, addOns } }
  has(t, given, 'unpaid-support', 'because unpaid support is never counted there', 'This adds 2 points.')
  has(t, given, 'unpaid-support', 'In all, unpaid help took off no points.')
  has(t, given, 'total', 'Nothing came off, and the extra questions added 2 points.', '34 + 2 = 36 points')
})

t.test('a questionnaire without unpaid support says that it does not ask', async (t) => {
  const given = { answers: carerAnswers({ home: 'high' }), questionnaire: carer, table: carerTable }
  has(t, given, 'unpaid-support', 'These questions do not ask about unpaid help')
  t.notMatch(sectionText(explained(given), 'answers'), 'Unpaid help comes next')
  has(t, given, 'contingency', 'Nothing is kept back. You can plan with all £150 a year now.')
})

t.test('the rounding of points is told where it changed them', async (t) => {
  const answers = { ...worked('C'), weightings: { two_person: 'sometimes' } }
  has(
    t,
    { answers },
    'total',
    '= 34.6875 points. This is rounded once, to hundredths of a point: 34.69 points.',
  )
})
