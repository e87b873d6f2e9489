// What a publisher must acknowledge: each warning raised and cleared, one thing at a time.
import t from 'tap'
import type { CalibrationTable } from '../../../src/contract/documents/calibration-table.ts'
import type { TableEvidence } from '../../../src/contract/documents/evidence.ts'
import type { Provenance } from '../../../src/contract/documents/provenance.ts'
import { WARNINGS, type WarningCode } from '../../../src/contract/faults.ts'
import { tableWarnings, type WarningContext } from '../../../src/domain/table/warnings.ts'
import { questionnaire, table } from '../../cases/documents.ts'

const HASH = `sha256:${'0'.repeat(64)}`
const IMPACT: TableEvidence = {
  kind: 'impact-report',
  run: '019a8f6e-3c1d-7f00-8a2b-5d6c7e8f9a0b',
  resultHash: HASH,
}
const EQUALITY: TableEvidence = {
  kind: 'equality-analysis',
  document: { title: 'Equality', sha256: '0'.repeat(64), address: 'https://c.example/eia.pdf' },
}
const CONSULTATION: TableEvidence = {
  kind: 'consultation',
  from: '2025-10-01',
  before: '2025-12-01',
  address: 'https://c.example/ras',
}

const accuracy = { within10: '0.17', within25: '0.50', averageMiss: '4838.05', bias: null, byGroup: [] }
const provenance: Provenance = {
  calibrationRunId: IMPACT.run,
  method: 'fixed',
  cohortHash: HASH,
  parameters: { method: 'fixed' },
  engineVersion: '1',
  evidence: {
    people: '119',
    rows: 119,
    pointsFrom: '0.00',
    pointsTo: '30.00',
    collectedFrom: null,
    collectedBefore: null,
  },
  accuracy,
}

/** A table about which there is nothing to say, published in March with its reports made. */
const clear: CalibrationTable = {
  ...table,
  cap: { amountAnnual: '30000.00' },
  reviewBy: '2026-03-31',
  evidence: [IMPACT, EQUALITY, CONSULTATION],
  provenance,
}
const context: WarningContext = { questionnaire, today: '2026-03-31', affected: 0, reported: true }

const knots = (...pairs: readonly (readonly [string, string])[]): Pick<CalibrationTable, 'curves'> => ({
  curves: [
    {
      userGroups: 'all',
      interpolation: 'linear',
      knots: pairs.map(([points, amountAnnual]) => ({ points, amountAnnual })),
    },
  ],
})
const even = (steps: number, amount: (i: number) => string) =>
  knots(...Array.from({ length: steps + 1 }, (_, i) => [String(i), amount(i)] as const))
const from = (change: Partial<Provenance>) => ({ provenance: { ...provenance, ...change } })
const adjusted = (kind: 'inflation' | 'efficiency', factor: string) => ({
  adjustments: [{ name: 'Prices', kind, factor, reason: 'A test.' }],
})
const apart = {
  userGroups: ['elders'],
  reasonForDifference: 'Prices differ.',
  ageReason: 'Prices, not age.',
}
const people = (number: string) =>
  from({ evidence: { ...(provenance.evidence as NonNullable<Provenance['evidence']>), people: number } })

type Case = {
  readonly why: string
  readonly change?: Partial<CalibrationTable>
  readonly against?: Partial<WarningContext>
  readonly warns?: readonly `${WarningCode} ${string}`[]
}

const cases: readonly Case[] = [
  { why: 'nothing is to be said' },
  {
    why: 'an efficiency',
    change: adjusted('efficiency', '0.97'),
    warns: ['efficiency-lowers /adjustments/0'],
  },
  { why: 'a factor of one', change: adjusted('efficiency', '1') },
  { why: 'an inflation', change: adjusted('inflation', '1.03') },
  {
    why: 'no evidence at all',
    change: { evidence: [] },
    warns: ['no-impact-report /evidence', 'no-equality-analysis /evidence', 'no-consultation /evidence'],
  },
  {
    why: 'evidence that a table from before does not have',
    change: { evidence: undefined as unknown as readonly TableEvidence[] },
    warns: ['no-impact-report /evidence', 'no-equality-analysis /evidence', 'no-consultation /evidence'],
  },
  {
    why: 'a run is named and this revision has no reports',
    against: { reported: false },
    warns: ['no-impact-report /evidence', 'no-equality-analysis /evidence'],
  },
  {
    why: 'no run is named, so that no reports can be made',
    change: { evidence: [EQUALITY, CONSULTATION] },
    against: { reported: false },
    warns: ['no-impact-report /evidence'],
  },
  {
    why: 'no equality analysis, whatever the reports say',
    change: { evidence: [IMPACT, CONSULTATION] },
    warns: ['no-equality-analysis /evidence'],
  },
  {
    why: 'no consultation, with the reason for it',
    change: { evidence: [IMPACT, EQUALITY, { kind: 'consultation', none: 'Only prices rose.' }] },
    warns: ['no-consultation /evidence'],
  },
  {
    why: 'a curve of its own for a group defined by age',
    change: {
      curves: [
        { ...table.curves[0], userGroups: ['adults'], reasonForDifference: 'Prices differ.' },
        { ...table.curves[0], ...apart },
      ] as CalibrationTable['curves'],
    },
    warns: ['age-defined-curve /curves/1'],
  },
  {
    why: 'the same for a questionnaire that nobody knows',
    change: { curves: [{ ...table.curves[0], ...apart }] as CalibrationTable['curves'] },
    against: { questionnaire: null },
  },
  {
    why: 'a method that follows single costs',
    change: from({ method: 'ranks', parameters: { method: 'percentile' } }),
  },
  {
    why: 'the same with amounts to the penny',
    change: { ...even(20, (i) => `${500 * i}.01`), ...from({ method: 'isotonic', parameters: {} }) },
    warns: ['discloses-single-costs /curves'],
  },
  {
    why: 'the same in 20 steps to £500',
    change: { ...even(20, (i) => `${500 * i}.00`), ...from({ parameters: { method: 'percentile' } }) },
  },
  {
    why: 'the same in 21 steps',
    change: { ...even(21, (i) => `${500 * i}.00`), ...from({ parameters: { method: 'percentile' } }) },
    warns: ['discloses-single-costs /curves'],
  },
  {
    why: 'no cap',
    change: { cap: undefined as unknown as { amountAnnual: string } },
    warns: ['no-cap /cap'],
  },
  {
    why: 'rows about nobody',
    change: from({ syntheticNote: 'Drawn by a program.' }),
    warns: ['synthetic-cohort /provenance/syntheticNote'],
  },
  {
    why: 'one person fewer than 119',
    change: people('118'),
    warns: ['sample-too-small /provenance/evidence/people'],
  },
  { why: 'a small population of which that is enough', change: small('118', '1000') },
  {
    why: 'a small population of which one more is needed',
    change: small('106', '1000'),
    warns: ['sample-too-small /provenance/evidence/people'],
  },
  {
    why: 'a population that cannot be read',
    change: small('118', 'many'),
    warns: ['sample-too-small /provenance/evidence/people'],
  },
  { why: 'people of whom nobody has counted any', change: from({ evidence: undefined as never }) },
  {
    why: 'people whom it is not for',
    change: { outside: [{ userGroup: 'elders', reason: 'Too few.' }] },
    warns: ['people-outside /outside'],
  },
  {
    why: 'it begins today',
    against: { today: '2026-04-01', affected: 12 },
    change: { reviewBy: '2027-03-31' },
    warns: ['backdated /effectiveFrom'],
  },
  { why: 'it begins tomorrow', against: { today: '2026-03-31' } },
  {
    why: 'its prices were to be looked at yesterday',
    change: { reviewBy: '2026-03-30' },
    warns: ['past-its-year-at-birth /reviewBy'],
  },
  {
    why: 'the end of its financial year is past, and it does not say another day',
    change: { reviewBy: undefined as unknown as string, financialYear: '2024-25' },
    warns: ['past-its-year-at-birth /reviewBy'],
  },
  {
    why: 'one in a hundred fewer than half within a quarter',
    change: from({ accuracy: { ...accuracy, within25: '0.49' } }),
    warns: ['fits-badly /provenance/accuracy/within25'],
  },
  {
    why: 'nobody says where it came from',
    change: { provenance: undefined as unknown as Provenance },
    warns: ['fits-badly /provenance'],
  },
  {
    why: 'nobody has tested it',
    change: from({ accuracy: undefined as never }),
    warns: ['fits-badly /provenance'],
  },
  {
    why: 'a rising step, and none where a step is level',
    change: {
      curves: [
        {
          userGroups: 'all',
          interpolation: 'step',
          knots: [
            { points: '0.00', amountAnnual: '0.00' },
            { points: '5.00', amountAnnual: '0.00' },
            { points: '10.00', amountAnnual: '4000.00' },
          ],
        },
      ],
    },
    warns: ['cliff /curves/0'],
  },
  {
    why: 'a stretch over three times as steep as each neighbour',
    change: knots(['0', '0'], ['10', '1000'], ['20', '4100'], ['30', '5100']),
    warns: ['cliff /curves/0'],
  },
  {
    why: 'a stretch three times as steep as each neighbour',
    change: knots(['0', '0'], ['10', '1000'], ['20', '4000'], ['30', '5000']),
  },
  {
    why: 'a curve that does not rise: that is a fault, and no cliff',
    change: knots(['10', '1000'], ['10', '4100'], ['30', '5100']),
  },
  {
    why: 'a curve that falls',
    change: knots(['0', '4100'], ['10', '1000'], ['30', '9100']),
  },
]

function small(number: string, population: string): Partial<CalibrationTable> {
  const { evidence } = people(number).provenance
  return from({ evidence: evidence as never, parameters: { method: 'fixed', population } })
}

for (const { why, change, against, warns = [] } of cases) {
  t.test(`a table warns of ${warns.length === 0 ? 'nothing' : warns.join(', ')}: ${why}`, async (t) => {
    const found = tableWarnings({ ...clear, ...change }, { ...context, ...against })
    t.strictSame(
      found.map(({ code, pointer }) => `${code} ${pointer}`),
      warns,
    )
    for (const { detail } of found) t.match(detail, /^[^a-z].*\.$/, 'a sentence')
  })
}

t.test('every warning is tried', async (t) => {
  const raised = new Set(cases.flatMap(({ warns = [] }) => warns.map((one) => one.split(' ')[0])))
  t.strictSame([...raised].sort(), Object.keys(WARNINGS).sort())
})

t.test('a warning has its figures', async (t) => {
  const figuresOf = (change: Partial<CalibrationTable>, against: Partial<WarningContext> = {}) =>
    tableWarnings({ ...clear, ...change }, { ...context, ...against }).map(({ figures }) => figures)
  t.strictSame(figuresOf({ reviewBy: '2027-03-31' }, { today: '2026-04-01', affected: 12 }), [
    { allocations: 12 },
  ])
  t.strictSame(figuresOf(people('100')), [{ people: '100', needed: '119' }])
  t.strictSame(figuresOf(adjusted('efficiency', '0.97')), [{ factor: '0.97' }])
  t.match(figuresOf(knots(['0', '0'], ['10', '1000'], ['20', '4100'], ['30', '5100'])), [
    { atPoints: '10', kind: 'steep', riseAnnual: '3100.00' },
  ])
  const [{ detail } = { detail: '' }] = tableWarnings(
    { ...clear, reviewBy: '2027-03-31' },
    { ...context, today: '2026-04-01', affected: 1 },
  )
  t.match(detail, /priced 1 current allocation for its dates\.$/)
})
