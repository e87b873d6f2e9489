// What a council's export may say and what it may not: every row becomes exactly one case, or is told by its reasons.
import fc from 'fast-check'
import t from 'tap'
import type { Case } from '../../../../src/domain/calibration/cohort/case.ts'
import { caseLine, caseOf } from '../../../../src/domain/calibration/cohort/case-line.ts'
import {
  allDeclared,
  declaredBy,
  valueCount,
} from '../../../../src/domain/calibration/cohort/characteristics.ts'
import {
  isCohortColumn,
  type RowText,
  readRow,
  rowRules,
} from '../../../../src/domain/calibration/cohort/cohort-row.ts'
import { planScoring } from '../../../../src/domain/questionnaire/scoring-plan.ts'
import { questionnaire } from '../../../cases/documents.ts'

const plan = planScoring(questionnaire)
const rules = rowRules(plan, '52')

const GOOD: RowText = { ref: 'P-1', userGroup: 'adults', points: '12.5', costAnnual: '1534.00' }
const ANSWERED: RowText = {
  ref: 'P-2',
  userGroup: 'elders',
  costAnnual: '100',
  'answers.washing': 'much',
  'answers.company': 'some',
  'answers.money': 'none',
  'weightings.two_people': 'yes',
  'carer.willingAndAble': 'TRUE',
  'carer.support.washing': 'half',
  'carer.support.company': 'none',
  'addOns.travel': 'far',
  'addOns.breaks': 'yes',
}

function read(change: RowText, from: RowText = GOOD, by = rules): Case | readonly string[] {
  const reading = readRow({ ...from, ...change }, by)
  return 'case' in reading ? reading.case : reading.faults
}

function costOf(change: RowText, weeksPerYear = '52'): number | readonly string[] {
  const { costAnnual: _, ...rest } = GOOD
  const found = read(change, rest, rowRules(plan, weeksPerYear))
  return 'cost' in found ? found.cost : found
}

t.test('a plain row is a case of one person', async (t) => {
  t.strictSame(read({}), {
    ref: 'P-1',
    userGroup: 'adults',
    points: 1250,
    answers: null,
    cost: 153_400,
    weight: 10_000,
    ageBand: null,
    setting: null,
    team: null,
    estimate: null,
    characteristics: null,
  })
})

t.test('what else is known of a person is kept, without the spaces around it', async (t) => {
  const more = {
    ageBand: ' 85+ ',
    setting: ' extra-care ',
    team: 'North 1',
    weight: '0.5',
    estimateAnnual: '2000.005',
  }
  t.match(read(more), {
    ageBand: '85+',
    setting: 'extra-care',
    team: 'North 1',
    weight: 5000,
    estimate: 200_001,
  })
})

t.test('full answers are scored by the questionnaire, and kept', async (t) => {
  const found = read({}, ANSWERED) as Case
  // (10 × 1.5) × 0.5 + 3.5 × 1 + 5 + 2
  t.equal(found.points, 1800)
  t.match(found.answers, {
    userGroup: 'elders',
    carer: { willingAndAble: true, support: { washing: 'half' } },
  })
  const { 'carer.support.washing': _, 'carer.support.company': _1, ...alone } = ANSWERED
  t.match(read({ 'carer.willingAndAble': 'false' }, alone), { points: 2350 })
})

t.test('an amount and its frequency become whole pence a year, rounded half-up once', async (t) => {
  for (const [costFrequency, weeks, pence] of [
    ['weekly', '52', 520_000],
    ['weekly', '52.1429', 521_429],
    ['fortnightly', '52', 260_000],
    ['4-weekly', '52', 130_000],
    ['4-weekly', '53', 132_500],
    ['monthly', '52', 120_000],
    ['quarterly', '53', 40_000],
    ['annual', '53', 10_000],
  ] as const)
    t.equal(
      costOf({ costAmount: '100.00', costFrequency }, weeks),
      pence,
      `${costFrequency} of ${weeks} weeks`,
    )
  t.equal(costOf({ costAmount: '0.0048', costFrequency: 'weekly' }), 25, '24.96 pence')
  t.equal(costOf({ costAnnual: '0.005' }), 1, 'half a penny goes up')
  t.equal(costOf({ costAnnual: '0.00499999' }), 0)
  t.equal(costOf({ costAnnual: '1000000000' }), 100_000_000_000)
})

t.test('a row that cannot be used says every reason by name', async (t) => {
  for (const [change, faults] of [
    [{ ref: '' }, ['ref-missing']],
    [{ ref: 'Ada Lovelace' }, ['ref-malformed']],
    [{ ref: '943-476-5919' }, ['ref-nhs-number']],
    [{ ref: '943 476 5919', points: '' }, ['points-missing', 'ref-nhs-number']],
    [{ team: 'team 943 476 5919' }, ['ref-nhs-number']],
    [{ userGroup: 'unknown' }, ['user-group-unknown']],
    [{ points: '' }, ['points-missing']],
    [{ points: '12,5' }, ['points-unreadable']],
    [{ points: '1.234' }, ['points-unreadable']],
    [{ points: '-0.01' }, ['points-off-scale']],
    [{ points: '30.01' }, ['points-off-scale']],
    [{ 'answers.washing': 'much', points: '3' }, ['answer-missing', 'carer-missing', 'points-and-answers']],
    [{ costAnnual: '' }, ['cost-missing']],
    [{ costAnnual: '1,234.50' }, ['cost-unreadable']],
    [{ costAnnual: '£1234.50' }, ['cost-unreadable']],
    [{ costAnnual: '1e3' }, ['cost-unreadable']],
    [{ costAnnual: 'NaN' }, ['cost-unreadable']],
    [{ costAnnual: '-1' }, ['cost-negative']],
    [{ costAnnual: '1000000000.01' }, ['cost-out-of-range']],
    [{ costAmount: '1' }, ['cost-stated-twice']],
    [{ costFrequency: 'weekly' }, ['cost-stated-twice']],
    [{ costAnnual: '', costAmount: '1' }, ['frequency-missing']],
    [{ costAnnual: '', costFrequency: 'weekly' }, ['cost-missing']],
    [{ costAnnual: '', costAmount: '1', costFrequency: 'Weekly' }, ['frequency-unknown']],
    [{ weight: 'one' }, ['weight-unreadable']],
    [{ weight: '0' }, ['weight-out-of-range']],
    [{ weight: '-1' }, ['weight-out-of-range']],
    [{ weight: '1000000.0001' }, ['weight-out-of-range']],
    [{ estimateAnnual: 'much' }, ['estimate-unreadable']],
    [{ estimateAnnual: '-1' }, ['estimate-out-of-range']],
    [{ estimateAnnual: '1000000001' }, ['estimate-out-of-range']],
    [{ ageBand: 'old' }, ['age-band-malformed']],
    [{ setting: 'home' }, ['setting-unknown']],
    [{ team: '@team' }, ['team-malformed']],
    [
      { ref: '', userGroup: '', points: '', costAnnual: '' },
      ['cost-missing', 'points-missing', 'ref-missing', 'user-group-unknown'],
    ],
  ] as const)
    t.strictSame(read(change), faults, JSON.stringify(change))
})

t.test('answers that do not answer the questionnaire are told by their own faults', async (t) => {
  t.strictSame(read({ 'answers.washing': 'often' }, ANSWERED), ['option-unknown'])
  t.strictSame(read({ 'carer.willingAndAble': 'maybe' }, ANSWERED), ['carer-unreadable'])
  t.strictSame(read({ 'carer.overall': 'half' }, ANSWERED), ['carer-support-scope'])
  const heavy = { 'answers.company': 'much', 'answers.money': 'much', 'carer.willingAndAble': 'false' }
  t.strictSame(read(heavy, ANSWERED), ['points-off-scale'])
})

t.test('a mistake of the program is not taken for a fault of a row', async (t) => {
  const broken = { ...rules, plan: { ...plan, asked: undefined } } as unknown as typeof rules
  t.throws(() => read({}, ANSWERED, broken), TypeError)
})

t.test('only the columns of a cohort are its columns', async (t) => {
  for (const name of [
    'ref',
    'costFrequency',
    'answers.washing',
    'carer.support.washing',
    'addOns.x',
    'characteristics.sex',
  ])
    t.ok(isCohortColumn(name), name)
  for (const name of ['name', 'answers.', 'answers', 'toString', '']) t.notOk(isCohortColumn(name), name)
})

t.test('a code of many people is kept once', async (t) => {
  const found = {
    ...(read({}, GOOD) as Case),
    ageBand: '75-84',
    setting: 'residential',
    team: 'residential',
    characteristics: { sex: 'male' },
  }
  const codes = new Map<string, string>()
  for (const ref of ['A', 'B']) t.strictSame(caseOf(caseLine({ ...found, ref }), codes), { ...found, ref })
  t.strictSame([...codes.keys()], [found.userGroup, '75-84', 'residential', 'sex', 'male'])
})

t.test('a case is kept as one line and read back the same', async (t) => {
  for (const row of [GOOD, ANSWERED]) {
    const found = read({}, row) as Case
    t.strictSame(caseOf(caseLine(found), new Map()), found)
    t.notMatch(caseLine(found), /\n/)
  }
})

t.test('no text makes a row break: it is a case in range or it has reasons', async () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('', '0', '-1', '1.5', '52', 'weekly', 'adults', 'some'))
  const row = fc.dictionary(
    fc.constantFrom(
      ...Object.keys({ ...GOOD, ...ANSWERED }),
      'weight',
      'costAmount',
      'costFrequency',
      '__proto__',
    ),
    text,
  )
  fc.assert(
    fc.property(row, (one) => {
      const found = readRow(one, rules)
      if ('faults' in found) return found.faults.length > 0
      const { points, cost, weight } = found.case
      return points >= 0 && points <= 3000 && cost >= 0 && weight > 0 && Number.isSafeInteger(cost)
    }),
  )
})

const SEX = {
  key: 'sex',
  title: 'Sex',
  values: [
    { key: 'female', title: 'Women' },
    { key: 'male', title: 'Men' },
  ],
}

t.test(
  'characteristics are codes: those of a list are declared, those of a file declare themselves',
  async (t) => {
    const listed = rowRules(plan, '52', declaredBy([SEX], false))
    const filed = rowRules(plan, '52', declaredBy([SEX], true))
    const known = (sex: string, by: typeof rules) => read({ 'characteristics.sex': sex }, GOOD, by)
    t.match(known('male', listed), { characteristics: { sex: 'male' } })
    t.match(known(' ', listed), { characteristics: null }, 'an empty cell is not known')
    t.strictSame(known('other', listed), ['characteristic-not-declared'])
    t.strictSame(known('other', filed), ['characteristic-not-declared'], 'a declared one has its values')
    t.strictSame(known('M', filed), ['characteristic-malformed'])
    const area = { 'characteristics.area': 'north' }
    t.strictSame(read(area, GOOD, listed), ['characteristic-not-declared'])
    t.match(read(area, GOOD, filed), { characteristics: { area: 'north' } })
    t.strictSame(read(area), ['characteristic-not-declared'], 'nothing was declared')
    t.strictSame(read({ 'characteristics.Area': 'north' }, GOOD, filed), ['characteristic-malformed'])
  },
)

t.test('no figure of a case but its characteristics changes with them', async (t) => {
  const filed = rowRules(plan, '52', declaredBy([], true))
  for (const row of [GOOD, ANSWERED]) {
    const { characteristics, ...rest } = read({ 'characteristics.sex': 'male' }, row, filed) as Case
    t.strictSame(characteristics, { sex: 'male' })
    t.strictSame({ ...rest, characteristics: null }, read({}, row))
  }
})

t.test('a column that declares itself has at most 30 values', async (t) => {
  const isOneTooMany = valueCount(declaredBy([SEX], true))
  const brings = (characteristics: Case['characteristics']) =>
    isOneTooMany({ ...(read({}) as Case), characteristics })
  for (let i = 0; i < 30; i += 1) t.notOk(brings({ area: `a${i}` }))
  t.ok(brings({ area: 'a30' }))
  t.notOk(brings({ area: 'a29' }))
  t.notOk(brings({ sex: 'male' }))
  t.notOk(brings(null))
})

t.test(
  'all characteristics: those declared, then those that declared themselves, by their codes',
  async (t) => {
    const cases = [{ area: 'north', sex: 'male' }, null, { area: 'east' }].map((characteristics) => ({
      ...(read({}) as Case),
      characteristics,
    }))
    t.strictSame(allDeclared([SEX], cases), [
      SEX,
      {
        key: 'area',
        title: 'area',
        values: [
          { key: 'east', title: 'east' },
          { key: 'north', title: 'north' },
        ],
      },
    ])
  },
)
