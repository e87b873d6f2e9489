// What publication refuses in a calibration table, case by case: the small table with one thing changed.

import type { CalibrationTable, Curve, Knot } from '../../src/contract/documents/calibration-table.ts'
import type { TableEvidence } from '../../src/contract/documents/evidence.ts'
import type { TableFaultCode } from '../../src/contract/faults.ts'
import type { PublicationContext } from '../../src/domain/table/table-faults.ts'
import { questionnaire, table } from './documents.ts'
import { adjusted, rounded, tableNumberCases } from './table-number-faults.ts'

export type TableCase = {
  readonly why: string
  readonly change?: Partial<CalibrationTable>
  readonly against?: Partial<PublicationContext>
  readonly faults?: readonly `${TableFaultCode} ${string}`[]
}

/** The day before the table takes effect. */
export const context: PublicationContext = { questionnaire, today: '2026-03-31' }

const knots = (...pairs: readonly (readonly [points: string, amountAnnual: string])[]): Knot[] =>
  pairs.map(([points, amountAnnual]) => ({ points, amountAnnual }))
const line = { interpolation: 'linear', knots: knots(['0.00', '0.00'], ['30.00', '30000.00']) } as const
const curves = (...changes: readonly Partial<Curve>[]): Pick<CalibrationTable, 'curves'> => ({
  curves: changes.map((change) => ({ userGroups: 'all', ...line, ...change })),
})
const through = (...pairs: readonly (readonly [string, string])[]) => curves({ knots: knots(...pairs) })
const adults = { userGroups: ['adults'], reasonForDifference: 'Local prices.' }
const elders = { userGroups: ['elders'], reasonForDifference: 'Local prices.', ageReason: 'Costs differ.' }

const outside = (...userGroups: readonly string[]): Pick<CalibrationTable, 'outside'> => ({
  outside: userGroups.map((userGroup) => ({ userGroup, reason: 'Two people are too few.' })),
})
const impactReport = {
  kind: 'impact-report',
  run: '01900000-0000-7000-8000-000000000001',
  resultHash: `sha256:${'1'.repeat(64)}`,
} as const
const equalityAnalysis = {
  kind: 'equality-analysis',
  document: { title: 'Equality', sha256: '2'.repeat(64), address: 'https://c.example/eia.pdf' },
} as const
const consultation = (change: { readonly before?: string; readonly none?: string }) =>
  ({
    kind: 'consultation',
    from: '2026-10-01',
    before: '2026-12-01',
    address: 'https://c.example/ras',
    ...change,
  }) as const

export const tableCases: readonly TableCase[] = [
  ...tableNumberCases,
  { why: 'the small table may be published as it stands' },
  {
    why: 'the questionnaire version it names is not published, and the rest is checked all the same',
    change: { weeksPerYear: '54', ...through(['0.00', '5.00'], ['99.00', '4.00']) },
    against: { questionnaire: null },
    faults: [
      'questionnaire-version-unknown /questionnaire',
      'curve-not-monotone /curves/0/knots/1/amountAnnual',
      'weeks-per-year-out-of-range /weeksPerYear',
    ],
  },

  { why: 'two curves that cover each user group once, with their reasons', change: curves(adults, elders) },
  {
    why: 'one curve that names every user group needs no reason: nobody is treated differently',
    change: curves({ userGroups: ['elders', 'adults'] }),
  },
  {
    why: 'a user group that no curve covers',
    change: curves(adults),
    faults: ['user-group-not-covered /curves'],
  },
  {
    why: 'a user group with its own curve beside one for all',
    change: curves({}, adults),
    faults: ['user-group-covered-twice /curves'],
  },
  {
    why: 'a user group named twice in one curve',
    change: curves({ userGroups: ['adults', 'adults', 'elders'] }),
    faults: ['user-group-covered-twice /curves'],
  },
  {
    why: 'user groups that the questionnaire does not have, nor a prototype',
    change: curves({ userGroups: ['adults', 'carers', 'elders', 'constructor'] }),
    faults: ['user-group-unknown /curves/0/userGroups/1', 'user-group-unknown /curves/0/userGroups/3'],
  },
  {
    why: 'curves apart, of which neither says why',
    change: curves({ userGroups: ['adults'] }, { userGroups: ['elders'], ageReason: 'Costs differ.' }),
    faults: [
      'group-curve-without-reason /curves/0/reasonForDifference',
      'group-curve-without-reason /curves/1/reasonForDifference',
    ],
  },
  {
    why: 'a curve apart for a group defined by age says why, but not why age alone is not the ground',
    change: curves(adults, { userGroups: ['elders'], reasonForDifference: 'Local prices.' }),
    faults: ['age-defined-group-without-reason /curves/1/ageReason'],
  },

  {
    why: 'a group outside needs no curve, and a curve for all means the others',
    change: outside('elders'),
  },
  {
    why: 'a curve that names all but those outside needs no reason',
    change: { ...curves({ userGroups: ['adults'] }), ...outside('elders') },
  },
  {
    why: 'a group in a curve and outside, and another outside twice',
    change: { ...curves({ userGroups: ['elders'] }), ...outside('elders', 'adults', 'adults') },
    faults: ['user-group-covered-twice /curves', 'user-group-covered-twice /curves'],
  },
  {
    why: 'a group outside that the questionnaire does not have',
    change: outside('carers'),
    faults: ['user-group-unknown /outside/0/userGroup'],
  },

  {
    why: 'all six settings',
    change: {
      settings: ['own-home', 'supported-living', 'extra-care', 'shared-lives', 'residential', 'nursing'],
    },
  },
  {
    why: 'settings that there are not',
    change: { settings: ['own-home', 'hospital', 'constructor'] },
    faults: ['setting-unknown /settings/1', 'setting-unknown /settings/2'],
  },

  {
    why: 'one of each kind of evidence',
    change: { evidence: [impactReport, equalityAnalysis, consultation({})] },
  },
  {
    why: 'the reason why there was no consultation',
    change: { evidence: [{ kind: 'consultation', none: 'Only inflation changed.' }] },
  },
  {
    why: 'two of one kind, and again: each repetition is named',
    change: { evidence: [impactReport, equalityAnalysis, impactReport, impactReport] },
    faults: ['evidence-duplicate /evidence/2', 'evidence-duplicate /evidence/3'],
  },
  { why: 'a consultation of a day', change: { evidence: [consultation({ before: '2026-10-02' })] } },
  {
    why: 'a consultation that ends on the day on which it begins',
    change: { evidence: [consultation({ before: '2026-10-01' })] },
    faults: ['consultation-unclear /evidence/0'],
  },
  ...[
    { kind: 'consultation' },
    { kind: 'consultation', from: '2026-10-01', before: '2026-12-01' },
    { kind: 'consultation', from: '2026-10-01', address: 'https://c.example/ras' },
    { kind: 'consultation', before: '2026-12-01', address: 'https://c.example/ras' },
    consultation({ none: 'There was none after all.' }),
    { kind: 'consultation', before: '2026-12-01', none: 'None.' },
    { kind: 'consultation', address: 'https://c.example/ras', none: 'None.' },
  ].map((unclear) => ({
    why: `a consultation with only ${Object.keys(unclear).slice(1).join(', ') || 'nothing'}`,
    change: { evidence: [equalityAnalysis, unclear as TableEvidence] },
    faults: ['consultation-unclear /evidence/1'] as const,
  })),

  { why: 'knots a hundredth apart', change: through(['1.00', '1.00'], ['1.01', '1.00']) },
  {
    why: 'two knots at the same points',
    change: through(['1.00', '1.00'], ['1.00', '2.00'], ['2.00', '3.00']),
    faults: ['knots-not-increasing /curves/0/knots/1/points'],
  },
  {
    why: 'the same number of points written in two ways',
    change: through(['1.00', '1.00'], ['1.000', '2.00']),
    faults: ['knots-not-increasing /curves/0/knots/1/points'],
  },
  {
    why: 'knots are compared as numbers, not as text',
    change: through(['2.00', '1.00'], ['10.00', '2.00']),
  },
  {
    why: 'a knot before the one above it',
    change: through(['10.00', '1.00'], ['9.99', '2.00']),
    faults: ['knots-not-increasing /curves/0/knots/1/points'],
  },
  { why: 'a level stretch is monotone', change: through(['1.00', '5.00'], ['2.00', '5.00']) },
  {
    why: 'a penny less for more points',
    change: through(['1.00', '5.00'], ['2.00', '4.99']),
    faults: ['curve-not-monotone /curves/0/knots/1/amountAnnual'],
  },
  {
    why: 'both faults of one knot, on the second curve',
    change: curves(adults, { ...elders, knots: knots(['2.00', '5.00'], ['1.00', '4.00']) }),
    faults: [
      'knots-not-increasing /curves/1/knots/1/points',
      'curve-not-monotone /curves/1/knots/1/amountAnnual',
    ],
  },
  { why: 'a single knot on the top of the scale', change: through(['30.00', '1.00']) },
  {
    why: 'a knot a hundredth above the scale: no answers reach it without weightings',
    change: through(['0.00', '0.00'], ['30.01', '1.00']),
    faults: ['knot-above-scale /curves/0/knots/1/points'],
  },

  {
    why: 'it is published on the day on which it begins, without a reason',
    against: { today: '2026-04-01' },
    faults: ['backdating-without-reason /backdatingReason'],
  },
  {
    why: 'it is published a day late, without a reason',
    against: { today: '2026-04-02' },
    faults: ['backdating-without-reason /backdatingReason'],
  },
  {
    why: 'it is published a day late, with a reason',
    change: { backdatingReason: 'The cabinet met late.' },
    against: { today: '2026-04-02' },
  },
  { why: 'it ends a day after it begins', change: { effectiveBefore: '2026-04-02' } },
  {
    why: 'it ends on the day on which it begins: no date would use it',
    change: { effectiveBefore: '2026-04-01' },
    faults: ['effective-period-empty /effectiveBefore'],
  },
  {
    why: 'it ends before it begins',
    change: { effectiveBefore: '2026-03-31' },
    faults: ['effective-period-empty /effectiveBefore'],
  },

  {
    why: 'everything wrong is reported at once',
    change: {
      ...curves(
        { userGroups: ['elders', 'carers'], knots: knots(['31.00', '5.00'], ['30.00', '4.00']) },
        elders,
      ),
      ...adjusted('inflation', '0.5'),
      ...rounded('0.001'),
      contingency: { fraction: '2' },
      settings: ['hospital'],
      evidence: [impactReport, impactReport],
      weeksPerYear: '12',
      effectiveBefore: '2025-04-01',
    },
    against: { today: '2026-05-01' },
    faults: [
      'user-group-unknown /curves/0/userGroups/1',
      'user-group-not-covered /curves',
      'user-group-covered-twice /curves',
      'group-curve-without-reason /curves/0/reasonForDifference',
      'age-defined-group-without-reason /curves/0/ageReason',
      'knot-above-scale /curves/0/knots/0/points',
      'knots-not-increasing /curves/0/knots/1/points',
      'curve-not-monotone /curves/0/knots/1/amountAnnual',
      'backdating-without-reason /backdatingReason',
      'effective-period-empty /effectiveBefore',
      'factor-out-of-range /adjustments/0/factor',
      'contingency-out-of-range /contingency/fraction',
      'rounding-impossible /rounding/to',
      'weeks-per-year-out-of-range /weeksPerYear',
      'setting-unknown /settings/0',
      'release-not-stated /contingency/release',
      'evidence-duplicate /evidence/1',
    ],
  },
]

/** The table of a case. */
export function changedTable({ change }: TableCase): CalibrationTable {
  return { ...table, ...change }
}
