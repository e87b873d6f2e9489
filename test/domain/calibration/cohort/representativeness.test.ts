import t from 'tap'
import { representativeness } from '../../../../src/domain/calibration/cohort/representativeness.ts'
import { person, refusal } from '../effects/impact-cases.ts'

const cases = [
  ...Array.from({ length: 30 }, () => person({ userGroup: 'elders' })),
  ...Array.from({ length: 10 }, () => person({ userGroup: 'adults', weight: 20_000 })),
]

t.test(
  'each group against its share of the population, and how likely such gaps are by chance',
  async (t) => {
    // 30 and 20 where 25 and 25 are due: (5² + 5²) ÷ 25 = 2 with one degree of freedom.
    const found = representativeness(cases, { elders: 2000, adults: 2000 })
    t.equal(found.chiSquare, '2.0000')
    t.equal(found.degreesOfFreedom, 1)
    t.equal(found.pValue, '0.157299')
    t.strictSame(found.expectedUnderFive, [])
    t.strictSame(found.groups[0], {
      userGroup: 'adults',
      people: '20',
      expected: '25.00',
      sharePercent: '40.00',
      expectedPercent: '50.00',
      gap: '-10.00',
    })
  },
)

t.test('the same mix is no surprise', async (t) => {
  const found = representativeness(cases, { adults: 4, elders: 6 })
  t.equal(found.chiSquare, '0.0000')
  t.equal(found.pValue, '1.000000')
})

t.test('a group that the cohort has not is a gap, and few expected are named', async (t) => {
  const found = representativeness(cases, { adults: 20, elders: 30, young: 1 })
  t.strictSame(found.expectedUnderFive, ['young'])
  t.equal(found.groups[2]?.people, '0')
  t.equal(found.groups[2]?.gap, '-1.96')
})

t.test('one group alone has nothing to be tested against, nor has an empty cohort', async (t) => {
  t.equal(representativeness([person({})], { adults: 10 }).pValue, null)
  const empty = representativeness([], { adults: 10, elders: 10 })
  t.equal(empty.chiSquare, '0.0000')
  t.equal(empty.groups[0]?.sharePercent, null)
})

for (const [name, mix, detail] of [
  ['a mix without groups', {}, /has no group/],
  ['a group of nobody', { adults: 1, elders: 0 }, /0 people in the group "elders"/],
  ['parts of people', { adults: 1.5, elders: 1 }, /1.5 people/],
  ['a mix without a group of the cohort', { adults: 5 }, /group "elders" and the population does not/],
] as const)
  t.test(`refuses ${name}`, async (t) => {
    const [fault = ''] = refusal(() => representativeness(cases, mix))
    t.match(fault, detail)
    t.ok(fault.startsWith('/mix parameter-out-of-range'))
  })
