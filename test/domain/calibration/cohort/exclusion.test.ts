import t from 'tap'
import type { Exclusion } from '../../../../src/contract/calibration/run-request.ts'
import { checkExclusion, excludeCases } from '../../../../src/domain/calibration/cohort/exclusion.ts'
import { person, refusal } from '../effects/impact-cases.ts'

const CHESHIRE: Exclusion = {
  rule: 'weekly-cost-above',
  limit: '1000',
  weeksPerYear: '52',
  reason: 'Costed individually.',
}

const cases = [
  person({ ref: 'A', cost: 5_200_000, points: 5000 }),
  person({ ref: 'B', cost: 5_200_001, points: 8000, setting: 'residential' }),
  person({ ref: 'C', cost: 100_000, userGroup: 'elders', weight: 5000 }),
  person({ ref: 'D', cost: 300_050, setting: 'residential' }),
]

t.test('packages above £1,000 a week are left out, with both totals; exactly £1,000 stays', async (t) => {
  const found = excludeCases(cases, [CHESHIRE])
  t.strictSame(
    found.included.map(({ ref }) => ref),
    ['A', 'C', 'D'],
  )
  t.strictSame(found.excluded, [
    { ref: 'B', rules: [0], reason: 'The cost is above £1,000 a week (52 weeks a year).' },
  ])
  t.strictSame(found.totals, {
    all: { rows: 4, people: '3.5', cost: '107500.51', points: '145.00' },
    included: { rows: 3, people: '2.5', cost: '55500.50', points: '65.00' },
    excluded: { rows: 1, people: '1', cost: '52000.01', points: '80.00' },
  })
})

t.test('a year of 52.18 weeks moves the limit, to the penny', async (t) => {
  const rule: Exclusion = {
    rule: 'weekly-cost-above',
    limit: '1000.01',
    weeksPerYear: '52.18',
    reason: 'Costed individually.',
  }
  // 1000.01 × 52.18 = 52,180.5218
  const at = (cost: number) => excludeCases([person({ cost })], [rule]).included.length
  t.equal(at(5_218_052), 1)
  t.equal(at(5_218_053), 0)
})

t.test('every rule that applies is a reason, and each rule has its own totals', async (t) => {
  const found = excludeCases(cases, [
    CHESHIRE,
    { rule: 'user-group', userGroups: ['elders', 'young'], reason: 'Costed individually.' },
    { rule: 'setting', settings: ['residential'], reason: 'Costed individually.' },
  ])
  t.strictSame(
    found.excluded.map(({ ref, rules, reason }) => [ref, rules, reason]),
    [
      [
        'B',
        [0, 2],
        'The cost is above £1,000 a week (52 weeks a year).; The setting "residential" is left out.',
      ],
      ['C', [1], 'The user group "elders" is left out.'],
      ['D', [2], 'The setting "residential" is left out.'],
    ],
  )
  t.strictSame(
    found.byRule.map(({ rule, rows, cost }) => [rule, rows, cost]),
    [
      ['weekly-cost-above', 1, '52000.01'],
      ['user-group', 1, '500.00'],
      ['setting', 2, '55000.51'],
    ],
  )
})

t.test('no rule leaves nobody out; everybody may be left out; nobody is nobody', async (t) => {
  t.strictSame(excludeCases(cases, []).included, cases)
  const everybody = excludeCases(cases, [
    { rule: 'user-group', userGroups: ['adults', 'elders'], reason: 'Costed individually.' },
  ])
  t.strictSame(everybody.included, [])
  t.strictSame(everybody.totals.excluded, everybody.totals.all)
  t.equal(excludeCases([], [CHESHIRE]).totals.all.cost, '0.00')
})

for (const [name, rule, pointer] of [
  ['a limit below nothing', { ...CHESHIRE, limit: '-1' }, '/exclusions/1/limit'],
  ['a year of 51 weeks', { ...CHESHIRE, weeksPerYear: '51' }, '/exclusions/1/weeksPerYear'],
  ['a year of 54 weeks', { ...CHESHIRE, weeksPerYear: '54' }, '/exclusions/1/weeksPerYear'],
] as const)
  t.test(`refuses ${name}`, async (t) => {
    const [fault = ''] = refusal(() => excludeCases([], [CHESHIRE, rule]))
    t.ok(fault.startsWith(`${pointer} parameter-out-of-range`), fault)
  })

t.test('a name in a rule that nobody has is told, and not taken for a rule that did its work', async (t) => {
  const cases = [person({ setting: 'home' }), person({ ref: 'P-2', userGroup: 'elders' })]
  const found = excludeCases(cases, [
    { rule: 'user-group', userGroups: ['elders', 'eldres'], reason: 'Costed individually.' },
    { rule: 'setting', settings: ['residental', 'home'], reason: 'Costed individually.' },
    { rule: 'weekly-cost-above', limit: '9000', weeksPerYear: '52', reason: 'Costed individually.' },
  ])
  t.match(found.warnings, [
    { code: 'excluded-nobody', detail: /^Rule 1 .*user group "eldres"/ },
    { code: 'excluded-nobody', detail: /^Rule 2 .*setting "residental"/ },
  ])
  t.equal(found.warnings.length, 2)
  t.equal(found.excluded.length, 2)
})

t.test(
  'people above the scale are left out one by one, by a rule of their own after the stated',
  async (t) => {
    const cases = [person({ points: 3001 }), person({ ref: 'P-2', points: 3000 })]
    const found = excludeCases(
      cases,
      [{ rule: 'setting', settings: ['none'], reason: 'Costed individually.' }],
      3000,
    )
    t.match(found.excluded, [
      { ref: 'P-1', rules: [1], reason: /score 30\.01 points, above the scale's 30\.00/ },
    ])
    t.match(found.byRule, [{ rows: 0 }, { rule: 'points-off-scale', rows: 1, points: '30.01' }])
    t.equal(found.included.length, 1)
    t.equal(excludeCases(cases, [], 4000).byRule.length, 0)
  },
)

t.test('a rule is judged before there is a cohort, as it would be with one', async (t) => {
  t.doesNotThrow(() => checkExclusion(CHESHIRE, '/exclusions/0'))
  const [fault = ''] = refusal(() => checkExclusion({ ...CHESHIRE, weeksPerYear: '54' }, '/exclusions/3'))
  t.match(fault, '/exclusions/3/weeksPerYear')
})
