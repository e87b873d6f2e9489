import { deepStrictEqual, equal } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { Impact } from '../../../../src/contract/calibration/impact.ts'
import type { Case } from '../../../../src/domain/calibration/cohort/case.ts'
import { type ImpactOptions, impact } from '../../../../src/domain/calibration/effects/impact.ts'
import { fraction } from '../../../../src/domain/number/fraction.ts'
import {
  arbCase,
  bnes,
  bnesBands,
  bnesCostBands,
  boundedLineAmounts,
  cell,
  fixedAmounts,
  percentileAmounts,
  person,
  printed,
  refusal,
  repeated,
} from './impact-cases.ts'

const ANY = [{ label: 'any', below: null }]
const PLAIN: ImpactOptions = { costBands: { all: ANY }, pointsBands: ANY, target: null }
const BANDED: ImpactOptions = {
  costBands: {
    all: [
      { label: 'up to £10,000', below: 1_000_001 },
      { label: 'above', below: null },
    ],
    byGroup: { elders: ANY },
  },
  pointsBands: [
    { label: '0 to under 20', below: 2000 },
    { label: '20 and more', below: null },
  ],
  target: fraction(400_000n),
}
const BNES: ImpactOptions = { ...PLAIN, costBands: bnesCostBands, target: fraction(188_576_200n) }

const fixed = impact(bnes, fixedAmounts, BNES)
const percentile = impact(bnes, percentileAmounts, BNES)

t.test('the report of 2012: Fixed raises 68 and lowers 66, Percentile 60 and 74', async (t) => {
  const sides = ({ all }: Impact) => [all.higher.rows, all.lower.rows, all.same.rows]
  t.strictSame(sides(fixed), [68, 66, 0])
  t.strictSame(sides(percentile), [60, 74, 0])
})

t.test('Incremental, read as a line with a floor and a ceiling: 37 and 97, as printed', async (t) => {
  const { all } = impact(bnes, boundedLineAmounts, BNES)
  t.strictSame([all.higher.rows, all.lower.rows, Math.round(Number(all.new))], [37, 97, 1_885_738])
})

t.test('the report of 2012: totals of both methods', async (t) => {
  t.equal(fixed.all.existing, '1885762.00')
  t.equal(percentile.all.new.split('.')[0], '1860987')
  t.equal(percentile.againstTarget?.differencePercent, '-1.31')
  t.equal(fixed.againstTarget?.differencePercent, '0.00')
})

t.test('the report of 2012: its 24 cells in its own shape, to the pound', async (t) => {
  const averages = (result: Impact, column: 'averageExistingWhole' | 'averageNewWhole') =>
    new Map(
      result.groups.flatMap(({ userGroup, costBands }) =>
        costBands.map((band) => [`${userGroup} ${band.band}`, [band.rows, band[column]]]),
      ),
    )
  for (const [result, column, printedColumn] of [
    [fixed, 'averageExistingWhole', 'avg_existing_cost_gbp'],
    [fixed, 'averageNewWhole', 'fixed_model_gbp'],
    [percentile, 'averageNewWhole', 'percentile_model_gbp'],
  ] as const) {
    const found = averages(result, column)
    t.equal(found.size, 24)
    for (const row of printed)
      t.strictSame(
        found.get(`${cell(row, 'client_group')} ${cell(row, 'cost_band')}`),
        [Number(cell(row, 'count')), cell(row, printedColumn)],
        `${printedColumn} ${cell(row, 'client_group')} ${cell(row, 'cost_band')}`,
      )
  }
})

t.test('the half-open bands put everybody where the cohort says', async (t) => {
  const seen = new Map<string, number>()
  bnes.forEach(({ userGroup }, i) => {
    const key = `${userGroup} ${bnesBands[i]}`
    seen.set(key, (seen.get(key) ?? 0) + 1)
  })
  for (const { userGroup, costBands } of fixed.groups)
    for (const { band, rows } of costBands) t.equal(rows, seen.get(`${userGroup} ${band}`))
})

t.test('the change of each group under both methods', async (t) => {
  const changes = ({ groups }: Impact) =>
    groups.map(({ userGroup, changePercent }) => [userGroup, Math.round(Number(changePercent))])
  t.strictSame(changes(fixed), [
    ['Learning Difficulties', -17],
    ['Mental Health Over 65', 37],
    ['Mental Health Under 65', 9],
    ['Older People', 6],
    ['Physical Disabilities', -7],
  ])
  t.strictSame(
    changes(percentile).map(([, change]) => change),
    [-8, 39, 6, -4, -10],
  )
})

const small = [
  person({ ref: 'A', userGroup: 'elders', points: 1000, cost: 100_000, ageBand: '65+' }),
  person({ ref: 'B', userGroup: 'adults', points: 3000, cost: 200_000, ageBand: '18-64' }),
  person({ ref: 'C', userGroup: 'adults', points: 2000, cost: 100_050, weight: 5000 }),
]

t.test('each figure of a small cohort', async (t) => {
  const found = impact(small, [150_000, 100_000, 100_050], BANDED)
  t.strictSame(found.all, {
    rows: 3,
    people: '2.5',
    higher: { rows: 1, people: '1' },
    lower: { rows: 1, people: '1' },
    same: { rows: 1, people: '0.5' },
    existing: '3500.25',
    new: '3000.25',
    gains: '500.00',
    losses: '-1000.00',
    change: '-500.00',
    changePercent: '-14.28',
    averageExisting: '1400.10',
    averageNew: '1200.10',
    averageExistingWhole: '1400',
    averageNewWhole: '1200',
  })
  t.strictSame(found.againstTarget, {
    target: '4000.00',
    difference: '-999.75',
    differencePercent: '-24.99',
  })
  t.strictSame(
    found.groups.map(({ userGroup, shareExisting, shareNew, shareChange, costBands }) => [
      userGroup,
      shareExisting,
      shareNew,
      shareChange,
      costBands.map(({ band, people }) => `${band}: ${people}`),
    ]),
    [
      ['adults', '71.43', '50.00', '-21.43', ['up to £10,000: 1.5', 'above: 0']],
      ['elders', '28.57', '50.00', '21.43', ['any: 1']],
    ],
  )
  t.strictSame(
    found.ageBands.map(({ ageBand, change }) => [ageBand, change]),
    [
      ['18-64', '-1000.00'],
      ['65+', '500.00'],
      [null, '0.00'],
    ],
  )
})

t.test('people of like points: how far apart they stand and how far they move', async (t) => {
  const cases = [
    person({ points: 1000, cost: 10_000 }),
    person({ points: 1000, cost: 30_000 }),
    person({ points: 2000, cost: 30_000 }),
  ]
  const found = impact(cases, [20_000, 20_000, 30_000], BANDED).pointsBands
  t.strictSame(
    found.map((band) => [
      band.band,
      band.averageNew,
      band.deviationExisting,
      band.deviationNew,
      band.deviationChange,
    ]),
    [
      ['0 to under 20', '200.00', '100.00', '0.00', '100.00'],
      ['20 and more', '300.00', '0.00', '0.00', '0.00'],
    ],
  )
})

t.test('the present amounts may be others than the present costs', async (t) => {
  const found = impact(small, [1000, 2000, 3000], { ...BANDED, existing: [1000, 2000, 3000] })
  t.equal(found.all.change, '0.00')
  t.equal(found.all.same.rows, 3)
  t.equal(found.groups[0]?.costBands[0]?.rows, 2, 'bands of cost go by what people have now')
})

t.test('nobody at all: zeros, and no averages', async (t) => {
  const found = impact([], [], { ...BANDED, target: fraction(0n) })
  t.equal(found.all.rows, 0)
  t.equal(found.all.people, '0')
  t.equal(found.all.averageNew, null)
  t.equal(found.all.changePercent, null)
  t.strictSame(found.againstTarget, { target: '0.00', difference: '0.00', differencePercent: null })
  t.strictSame(found.groups, [])
  t.equal(found.pointsBands[0]?.deviationNew, null)
})

t.test('one person, and everybody equal', async (t) => {
  const one = impact([person({ cost: 0 })], [5], PLAIN)
  t.equal(one.all.gains, '0.05')
  t.equal(one.againstTarget, null)
  t.equal(one.groups[0]?.shareExisting, null)
  t.equal(one.groups[0]?.shareNew, '100.00')
  const equals = impact([person({}), person({}), person({})], [100_000, 100_000, 100_000], PLAIN)
  t.strictSame(equals.all.same, { rows: 3, people: '3' })
  t.equal(equals.pointsBands[0]?.deviationExisting, '0.00')
})

for (const [name, bands, pointer, detail] of [
  ['no band', [], '', /no band/],
  ['a last band with a limit', [{ label: 'x', below: 1 }], '/0/below', /last one and has a limit/],
  [
    'an open band before the last',
    [
      { label: 'x', below: null },
      { label: 'y', below: null },
    ],
    '/0/below',
    /no limit and is not the last/,
  ],
  [
    'limits that do not rise',
    [
      { label: 'x', below: 5 },
      { label: 'y', below: 5 },
      { label: 'z', below: null },
    ],
    '/1/below',
    /ends at or below where it begins/,
  ],
] as const)
  t.test(`refuses ${name}`, async (t) => {
    const [general = ''] = refusal(() => impact([], [], { ...PLAIN, pointsBands: bands }))
    t.ok(general.startsWith(`/pointsBands${pointer} parameter-out-of-range`), general)
    t.match(general, detail)
    const own = { all: ANY, byGroup: { elders: bands } }
    const [single = ''] = refusal(() => impact([], [], { ...PLAIN, costBands: own }))
    t.ok(single.startsWith(`/costBands/byGroup/elders${pointer} parameter-out-of-range`), single)
  })

const arbMoves = fc.array(fc.tuple(arbCase, fc.nat(9_000_000)), { maxLength: 20 })

t.test('a weight is the row repeated, and the order of rows is nothing', async (t) => {
  const property = fc.property(arbMoves, (moves) => {
    const cases = moves.map(([one]) => one)
    const amounts = moves.map(([, amount]) => amount)
    const found = impact(cases, amounts, BANDED)
    const [more, moreAmounts] = repeated(cases, amounts)
    deepStrictEqual(withoutRows(impact(more, moreAmounts, BANDED)), withoutRows(found))
    equal(
      JSON.stringify(impact(cases.toReversed(), amounts.toReversed(), BANDED)),
      JSON.stringify(found),
      'the same bytes',
    )
  })
  fc.assert(property, { seed: 3, numRuns: 200 })
  t.pass()
})

t.test('the parts add up to the whole', async (t) => {
  const property = fc.property(arbMoves, (moves) => {
    const found = impact(
      moves.map(([one]): Case => ({ ...one, weight: 10_000 })),
      moves.map(([, amount]) => amount),
      BANDED,
    )
    const total = (parts: readonly { readonly change: string }[]) =>
      parts.reduce((sum, { change }) => sum + BigInt(change.replace('.', '')), 0n)
    const whole = BigInt(found.all.change.replace('.', ''))
    equal(total(found.groups), whole)
    equal(total(found.groups.flatMap(({ costBands }) => costBands)), whole)
    equal(total(found.pointsBands), whole)
    equal(total(found.ageBands), whole)
    equal(total([{ change: found.all.gains }, { change: found.all.losses }]), whole)
  })
  fc.assert(property, { seed: 4, numRuns: 200 })
  t.pass()
})

function withoutRows(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, part) => (key === 'rows' ? undefined : part)))
}

t.test('what rounding alone can move counts as the same, and its sum is told', async (t) => {
  const cases = [0, 1, 2, 3].map((i) => person({ ref: `P-${i}`, cost: 100_000 }))
  const bands = {
    costBands: { all: [{ label: 'any', below: null }] },
    pointsBands: [{ label: 'any', below: null }],
  }
  const amounts = [100_001, 99_999, 100_001, 100_002]
  const { all } = impact(cases, amounts, { ...bands, target: null, unchangedWithin: 1 })
  t.match(all, { higher: { rows: 1 }, lower: { rows: 0 }, same: { rows: 3 } })
  t.match(all, { gains: '0.02', losses: '0.00', withinRounding: '0.01', change: '0.03' })
  const plain = impact(cases, amounts, { ...bands, target: null }).all
  t.match(plain, { higher: { rows: 3 }, lower: { rows: 1 }, same: { rows: 0 } })
  t.notOk('withinRounding' in plain)
})
