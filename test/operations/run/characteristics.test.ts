// Who somebody is moves no figure: a cohort whose characteristics are others, or none, has the same money throughout.
import t from 'tap'
import type { Declared } from '../../../src/contract/calibration/cohort.ts'
import type { FittedMethod, RunResults } from '../../../src/contract/calibration/run-results.ts'
import type { Case, Characteristics } from '../../../src/domain/calibration/cohort/case.ts'
import { caseLine } from '../../../src/domain/calibration/cohort/case-line.ts'
import { computeRun } from '../../../src/operations/run/computation.ts'
import { decodeResults } from '../../../src/operations/run/results.ts'
import { completed } from '../../../src/operations/run/run-request.ts'
import { questionnaire } from '../../cases/documents.ts'
import { bnes } from '../../domain/calibration/effects/impact-cases.ts'

const SEX: Declared = {
  key: 'sex',
  title: 'Sex',
  values: [
    { key: 'female', title: 'Women' },
    { key: 'male', title: 'Men' },
  ],
}

function run(
  of: (i: number) => Characteristics | null,
  characteristics: readonly Declared[] = [],
  fraction = '0.2',
): RunResults {
  const cases = bnes.map((one, i): Case => ({ ...one, userGroup: 'adults', characteristics: of(i) }))
  const request = completed(
    {
      cohortId: 'C',
      groups: 'all',
      budget: { basis: 'spend', uplift: '0', efficiency: '0' },
      methods: [{ method: 'fixed' }, { method: 'percentile' }],
      contingency: { fraction },
      trust: { seed: 2012, resamples: 1000, crossValidation: { repeats: 10, folds: 5 } },
    },
    10_000,
  )
  const steps = computeRun({
    request,
    cohortHash: 'H',
    engineVersion: '1',
    questionnaire: {
      key: 'small',
      version: 1,
      content: { ...questionnaire, scaleMaximum: '100' },
      restates: false,
    },
    syntheticNote: null,
    characteristics,
    collected: { collectedFrom: '2011-10-01', collectedBefore: null },
    parts: [new TextEncoder().encode(['{}', ...cases.map(caseLine)].join('\n'))],
  })
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return decodeResults(new TextDecoder().decode(step.value.body).split('\n')[0] ?? '')
}

const plain = run(() => null)
const sexes = run((i) => ({ sex: i % 3 === 0 ? 'male' : 'female' }), [SEX])
const [fixed] = sexes.methods as readonly FittedMethod[]

t.test('nothing but the effects by characteristic is another', async (t) => {
  const money = ({ methods, characteristics: _, ...rest }: RunResults) => ({
    ...rest,
    methods: methods.map((method) => ({ ...method, characteristics: null, characteristicsAvailable: null })),
  })
  t.strictSame(money(run((i) => ({ sex: i % 2 === 0 ? 'male' : 'female' }), [SEX])), money(plain))
  t.strictSame(money(run((i) => ({ area: `a${i % 5}` }))), money(plain))
  t.not(JSON.stringify(fixed?.characteristics), '[]')
})

t.test('what is declared has its titles, what declares itself has its codes', async (t) => {
  t.strictSame(sexes.characteristics, [SEX])
  t.strictSame(
    fixed?.characteristics[0]?.values.map(({ title, rows }) => [title, rows]),
    [
      ['Women', 89],
      ['Men', 45],
    ],
  )
  const areas = run((i) => (i === 0 ? null : { area: 'north' }))
  t.strictSame(areas.characteristics, [
    { key: 'area', title: 'area', values: [{ key: 'north', title: 'north' }] },
  ])
})

t.test('the cohort of 2012 by Fixed: both sides, tenths, one price, and how near it comes', async (t) => {
  const counts = (impact: FittedMethod['impact'] | null | undefined) => [
    impact?.all.higher.rows,
    impact?.all.lower.rows,
  ]
  t.strictSame(counts(fixed?.impact), [68, 66])
  t.strictSame(counts(fixed?.impactAvailable), [50, 84])
  t.strictSame(fixed?.totals, { amount: '1885761.91', contingency: '377152.43', available: '1508609.48' })
  t.equal(fixed?.tenths[9]?.new, '418512.58')
  t.equal(fixed?.tenthsAvailable?.length, 10)
  t.strictSame(fixed?.marginal, [
    { curve: 0, stretches: [{ from: '0', to: '100', poundsPerPoint: '545.65' }] },
  ])
  t.strictSame(fixed?.cliffs, [])
  t.match(fixed?.accuracy, {
    within25: /^0\.4[34]/,
    averageMiss: /^48[34]\d\./,
    byGroup: [{ userGroup: 'adults', rows: 134 }],
  })
  t.strictSame(sexes.evidence, {
    people: '134',
    rows: 134,
    pointsFrom: '0.00',
    pointsTo: '100.00',
    collectedFrom: '2011-10-01',
    collectedBefore: null,
  })
  t.strictSame(sexes.settings, ['own-home'])
})

t.test('nothing held: there is one side; Percentile has stretches of many prices', async (t) => {
  const [one, other] = run(() => null, [], '0').methods as readonly FittedMethod[]
  const { impactAvailable, scenariosAvailable, tenthsAvailable, characteristicsAvailable } =
    one as FittedMethod
  t.strictSame(
    [impactAvailable, scenariosAvailable, tenthsAvailable, characteristicsAvailable],
    [null, null, null, null],
  )
  t.ok((other?.marginal[0]?.stretches.length ?? 0) > 10)
  t.ok((other?.cliffs.length ?? 0) > 0)
})
