// What a run has to do with tables: the draft made from it, its comparison with the table in force, and what a table
// would change for the stored caseload.
import { type Static, Type } from '@sinclair/typebox'
import { CalibrationTable } from '../documents/calibration-table.ts'
import { VersionRef } from '../documents/version.ts'
import { Key, Money, Nullable, named, OneOf, PolicyDate, Text, Uuid } from '../primitives.ts'
import { closed, Form, type Frozen, Variants } from '../shape.ts'
import { MethodRefused } from './calibration-run.ts'
import { fittedForm, Share } from './figures.ts'
import { Impact, Reasonableness } from './impact.ts'
import { depth } from './report.ts'
import { bothSides, name } from './run-results.ts'

const { title, financialYear, effectiveFrom, effectiveBefore, weeksPerYear, cap } =
  CalibrationTable.properties
const { rationale, aboveLast, backdatingReason, reviewBy } = CalibrationTable.properties
const { release } = CalibrationTable.properties.contingency.properties

/** What a run cannot know: when the table begins, what it is called, and why its levels are what they are. */
export const DraftTableRequest = Form('DraftTableRequest', {
  method: Key,
  key: Key,
  title,
  financialYear,
  effectiveFrom,
  effectiveBefore,
  reviewBy,
  weeksPerYear,
  release,
  rationale,
  source: Type.Optional(Text(5000)),
  cap,
  aboveLast: Type.Optional(aboveLast),
  backdatingReason,
  reasons: Type.Optional(
    Type.Record(
      Type.String({ maxLength: 64 }),
      Type.Object({ reasonForDifference: Text(5000), ageReason: Type.Optional(Text(5000)) }, closed),
      {
        maxProperties: 50,
        additionalProperties: false,
        description: 'For each user group with a curve of its own: why.',
      },
    ),
  ),
})
export type DraftTableRequest = Frozen<Static<typeof DraftTableRequest>>

export const ComparisonQuery = Type.Object(
  {
    on: Type.Optional(
      Type.Unsafe<string>({ ...PolicyDate, description: 'Compares with the table in force on this date.' }),
    ),
    with: Type.Optional(
      Type.Unsafe<string>({
        ...Uuid,
        description: 'Compares with this run, on the same cohort. Give on or with.',
      }),
    ),
    method: Type.Optional(
      Type.Unsafe<string>({ ...Key, description: 'The method of the other run; its first if left out.' }),
    ),
    depth: Type.Optional(depth('headline')),
    part: Type.Optional(OneOf('impact', 'scenarios', 'tenths', 'characteristics')),
  },
  closed,
)

export const ComparedMethod = fittedForm(
  'ComparedMethod',
  {
    name,
    ...bothSides,
    reasonableness: named(Reasonableness),
  },
  'As in the run, and existing is what the table in force or the other run gives.',
)

export const ComparisonResult = Variants('ComparisonResult', 'outcome', [ComparedMethod, MethodRefused])

export type ComparisonResult = Frozen<Static<typeof ComparisonResult>>

export const RunComparison = Form('CalibrationRunComparison', {
  runId: Uuid,
  on: Nullable(PolicyDate),
  table: Nullable(named(VersionRef)),
  with: Nullable(Type.Object({ runId: Uuid, method: Type.String() }, closed)),
  people: Type.Integer({ minimum: 0, description: 'Included people whom the other prices too.' }),
  refusedByTable: Type.Integer({ minimum: 0 }),
  unchangedWithin: Type.String({
    description:
      'Pounds a year: the larger of the two tables’ rounding units. Who changes by no more counts as the same, and what that moves in all is withinRounding.',
  }),
  methods: Type.Array(named(ComparisonResult)),
})
export type RunComparison = Frozen<Static<typeof RunComparison>>

export const ApplicationRequest = Form('TableApplicationRequest', {
  envelopeAnnual: Type.Optional(Money),
  limit: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 10_000,
      description: 'Changes listed, the largest first; 100 unless said.',
    }),
  ),
})

export const TableApplication = Form('TableApplication', {
  table: named(VersionRef),
  counted: Type.Object(
    {
      people: Type.Integer({
        description:
          'Everybody with an allocation on the questionnaire, each by the latest assessment as it stands corrected.',
      }),
      priced: Type.Integer(),
      notEligible: Type.Integer(),
      otherVersion: Type.Integer({ description: 'Assessed on a version that the table does not price.' }),
      outside: Type.Integer({
        description: 'Whom this table, or the one that priced them, is not for: by user group or by setting.',
      }),
      refusedByTable: Type.Integer(),
    },
    closed,
  ),
  envelope: Nullable(
    Type.Object(
      { envelopeAnnual: Type.String(), totalAnnual: Type.String(), differenceAnnual: Type.String() },
      closed,
    ),
  ),
  impact: named(Impact),
  changed: Type.Integer({ description: 'People who would not have the same to the penny.' }),
  changes: Type.Array(
    Type.Object(
      {
        personRef: Type.String(),
        userGroup: Type.String(),
        existing: Type.String(),
        new: Type.String(),
        change: Type.String(),
        changePercent: Share,
      },
      closed,
    ),
  ),
})
export type TableApplication = Frozen<Static<typeof TableApplication>>
