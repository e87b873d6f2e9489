import t from 'tap'
import { type Cohort, joinedCohort } from '../../../src/domain/disclosure/joined-cohort.ts'
import { joinedLabel } from '../../../src/domain/disclosure/joined-label.ts'
import { audienceOf, MODELLER } from '../../../src/domain/disclosure/may-show.ts'
import { person } from '../calibration/effects/impact-cases.ts'

const PUBLIC = audienceOf('groups')
const COST = [
  { label: '£0 to under £10', below: 1000 },
  { label: '£10 and more', below: null },
]
const ANY = [{ label: 'any cost', below: null }]

/** So many people of a group, an age and a cost in pounds. */
function people(userGroup: string, ageBand: string | null, cost: number, rows: number) {
  return Array.from({ length: rows }, () => person({ userGroup, ageBand, cost: cost * 100 }))
}

function cohort(...parts: readonly ReturnType<typeof people>[]): Cohort {
  const cases = parts.flat()
  return {
    cases,
    existing: cases.map(({ cost }) => cost),
    userGroups: [
      { key: 'adults', title: 'Adults', ageDefined: false },
      { key: 'elders', title: 'Older people', ageDefined: true },
    ],
    bands: {
      costBands: { all: COST, byGroup: { young: ANY } },
      pointsBands: [
        { label: '0 to under 10 points', below: 1000 },
        { label: '10 points and more', below: null },
      ],
    },
  }
}

t.test('small groups are one group; it is defined by age if one of them is', async (t) => {
  const { cases, userGroups } = joinedCohort(
    cohort(people('adults', null, 5, 30), people('elders', null, 5, 7), people('others', null, 5, 6)),
    PUBLIC,
  )
  t.strictSame(userGroups.at(-1), {
    key: 'elders + others',
    title: 'Older people and others together',
    ageDefined: true,
    members: ['elders', 'others'],
  })
  t.equal(cases.filter(({ userGroup }) => userGroup === 'elders + others').length, 13)
})

t.test('each group has its bands of cost joined; groups of other bands have a single one', async (t) => {
  const bandsOf = (own: Cohort) => joinedCohort(own, PUBLIC).bands
  const alike = bandsOf(cohort(people('adults', null, 5, 30), people('adults', null, 15, 12)))
  t.strictSame(alike.costBands.byGroup, { adults: COST })
  const few = bandsOf(cohort(people('adults', null, 5, 30), people('adults', null, 15, 2)))
  t.strictSame(few.costBands.byGroup, { adults: [{ label: '£0 and more', below: null }] })
  t.strictSame(few.pointsBands, [
    { label: '0 to under 10 points', below: 1000 },
    { label: '10 points and more', below: null },
  ])
  const unlike = bandsOf(cohort(people('adults', null, 5, 7), people('young', null, 5, 7)))
  t.strictSame(unlike.costBands.byGroup, { 'adults + young': ANY })
})

t.test('ages are joined with their neighbours, the unknown last', async (t) => {
  const { cases } = joinedCohort(
    cohort(
      people('adults', '18 - 64', 5, 20),
      people('adults', '65 - 74', 5, 12),
      people('adults', null, 5, 3),
    ),
    PUBLIC,
  )
  t.strictSame([...new Set(cases.map(({ ageBand }) => ageBand))], ['18 - 64', '65 - 74 and age not known'])
})

t.test('the modeller sees the cohort as it is, and everybody what is published', async (t) => {
  const own = cohort(people('adults', null, 5, 30), people('elders', null, 5, 7))
  t.strictSame(joinedCohort(own, MODELLER), own)
  const published = joinedCohort(own, audienceOf('groups', ['groups']))
  t.strictSame(published.cases, own.cases)
})

t.test('the label of joined bands is one band where their names are of a form that says so', async (t) => {
  t.equal(joinedLabel([]), '')
  t.equal(joinedLabel(['£0 - £10,000', '£10,001 - £20,000', '£20,001 - £30,000']), '£0 - £30,000')
  t.equal(joinedLabel(['£15,001 - £20,000', '£20,001 - £30,000', '£30,000+']), '£15,001+')
  t.equal(joinedLabel(['£2 to under £3', '£3 to under £4']), '£2 to under £4')
  t.equal(joinedLabel(['8 to under 9 points', '9 points and more']), '8 points and more')
  t.equal(joinedLabel(['low', 'middle', 'high']), 'low, middle and high')
  t.equal(joinedLabel(['a', 'b', 'c', 'd']), 'a, up to d')
})
