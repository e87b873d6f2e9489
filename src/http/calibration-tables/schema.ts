// The form of a calibration table version over HTTP. What its parts mean is said in src/domain/calibration-table.ts.
import { Type } from '@sinclair/typebox'
import {
  ContentHash,
  Factor,
  Key,
  Money,
  Nullable,
  OneOf,
  Points,
  PolicyDate,
  Text,
  Version,
  VersionRef,
} from '../../contract/primitives.ts'
import { DraftFaults, Lifecycle } from '../documents/schema.ts'

const closed = { additionalProperties: false }

const Curve = Type.Object(
  {
    userGroups: Type.Union([Type.Literal('all'), Type.Array(Key, { minItems: 1, maxItems: 50 })]),
    interpolation: OneOf('linear', 'step'),
    knots: Type.Array(Type.Object({ points: Points, amountAnnual: Money }, closed), {
      minItems: 1,
      maxItems: 1001,
    }),
    reasonForDifference: Type.Optional(Text(5000, 'Why these groups have a curve of their own.')),
    ageReason: Type.Optional(Text(5000, 'Where a group is defined by age: why age alone is not the ground.')),
  },
  closed,
)

/** A change of all costs for a reason, by a factor. */
export const Adjustment = Type.Object(
  {
    name: Text(200),
    kind: OneOf('inflation', 'efficiency', 'local-cost'),
    factor: Factor,
    reason: Text(2000),
  },
  closed,
)

const Provenance = Type.Object(
  {
    calibrationRunId: Text(100),
    method: Text(100),
    cohortHash: Text(100),
    syntheticNote: Type.Optional(
      Text(300, 'How the rows of the cohort were made, where none of them is about a real person.'),
    ),
    parameters: Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,63}$' }), Text(500), {
      maxProperties: 100,
      expectedNames: 'names of 1 to 64 letters and digits, the first a letter',
      additionalProperties: false,
    }),
    engineVersion: Text(50),
  },
  closed,
)

export const calibrationTableContent = {
  title: Text(200),
  financialYear: Type.String({
    pattern: '^(19|20|21)[0-9]{2}-[0-9]{2}$',
    maxLength: 7,
    expected: 'a financial year, four digits and the two of the next',
    examples: ['2026-27'],
  }),
  effectiveFrom: PolicyDate,
  effectiveBefore: Type.Optional(PolicyDate),
  questionnaire: VersionRef,
  curves: Type.Array(Curve, { minItems: 1, maxItems: 50 }),
  belowFirst: OneOf('line-from-zero', 'hold', 'zero'),
  aboveLast: OneOf('refer-and-hold', 'refuse'),
  adjustments: Type.Array(Adjustment, { maxItems: 20 }),
  cap: Type.Optional(Type.Object({ amountAnnual: Money }, closed)),
  contingency: Type.Object({ fraction: Factor }, closed),
  rounding: Type.Object({ to: Money, mode: OneOf('half-up', 'half-even', 'up', 'down') }, closed),
  weeksPerYear: Type.String({
    pattern: '^[1-9][0-9](\\.[0-9]{1,6})?$',
    maxLength: 9,
    expected: 'weeks in a year as a decimal string: two digits, at most six places',
    examples: ['52'],
  }),
  source: Text(5000),
  rationale: Text(10000, 'Why the levels are what they are.'),
  backdatingReason: Type.Optional(Text(2000)),
  provenance: Type.Optional(Provenance),
}

export const CalibrationTableDraft = Type.Object(
  { key: Key, ...calibrationTableContent },
  { $id: 'CalibrationTableDraft', additionalProperties: false },
)

export const CalibrationTableVersion = Type.Object(
  {
    key: Key,
    version: Version,
    ...calibrationTableContent,
    contentHash: Nullable(ContentHash),
    lifecycle: Lifecycle,
    faults: DraftFaults,
  },
  { $id: 'CalibrationTableVersion', additionalProperties: false },
)

export const InForceQuery = Type.Object(
  { questionnaire: Key, on: PolicyDate },
  { additionalProperties: false },
)
