// What a calibration table version is: £ for points, with everything that was done to the money and why.
import { type Static, Type } from '@sinclair/typebox'
import { MOST_KNOTS } from '../limits.ts'
import {
  Factor,
  Instant,
  Key,
  listed,
  Money,
  named,
  OneOf,
  Points,
  PolicyDate,
  Text,
  Version,
} from '../primitives.ts'
import { SETTINGS, Setting } from '../setting.ts'
import { closed, Form, type Frozen } from '../shape.ts'
import { TableEvidence } from './evidence.ts'
import { Provenance } from './provenance.ts'
import { beside, besidePublic, VersionRef } from './version.ts'

export const Knot = Form('Knot', { points: Points, amountAnnual: Money })
export type Knot = Frozen<Static<typeof Knot>>

export const Interpolation = OneOf('linear', 'step')

export const Curve = Form('Curve', {
  userGroups: Type.Union([Type.Literal('all'), Type.Array(Key, { minItems: 1, maxItems: 50 })]),
  interpolation: Interpolation,
  knots: Type.Array(named(Knot), { minItems: 1, maxItems: MOST_KNOTS }),
  reasonForDifference: Type.Optional(Text(5000, 'Why these groups have a curve of their own.')),
  ageReason: Type.Optional(Text(5000, 'Where a group is defined by age: why age alone is not the ground.')),
})
export type Curve = Frozen<Static<typeof Curve>>

export const AdjustmentKind = OneOf('inflation', 'efficiency', 'local-cost')

/** A change of all costs for a reason, by a factor. */
export const Adjustment = Form('Adjustment', {
  name: Text(200),
  kind: AdjustmentKind,
  factor: Factor,
  reason: Text(2000),
})
export type Adjustment = Frozen<Static<typeof Adjustment>>

export const RoundingMode = OneOf('half-up', 'half-even', 'up', 'down')
export type RoundingMode = Static<typeof RoundingMode>

/** How the money held ready is asked for, and who decides within how long. */
export const ContingencyRelease = Form('ContingencyRelease', {
  howToAsk: Text(1000, 'A full sentence, printed as it stands: "Ask your social worker."'),
  decidedBy: Text(200, 'The one who decides, as a sentence begins: "A team manager".'),
  withinDays: Type.Integer({ minimum: 1, maximum: 365 }),
})
export type ContingencyRelease = Frozen<Static<typeof ContingencyRelease>>

export const OutsideGroup = Form(
  'OutsideGroup',
  { userGroup: Key, reason: Text(2000) },
  'A user group that the table is not for: a person works out the cost.',
)
export type OutsideGroup = Frozen<Static<typeof OutsideGroup>>

/** The content of a calibration table version. Amounts are pounds a year, points and factors decimal strings. */
export const CalibrationTable = Type.Object({
  title: Text(200),
  financialYear: Type.String({
    // It ends in the year after, which must be one that dates may name.
    pattern: '^(?!2199)(19|20|21)[0-9]{2}-[0-9]{2}$',
    maxLength: 7,
    expected: 'a financial year, four digits and the two of the next',
    examples: ['2026-27'],
  }),
  effectiveFrom: PolicyDate,
  effectiveBefore: Type.Optional(PolicyDate),
  questionnaire: named(VersionRef),
  reviewBy: Type.Optional({
    ...PolicyDate,
    description:
      'After this date prices may be higher. A draft without it gets the end of its financial year.',
  }),
  curves: Type.Array(named(Curve), { minItems: 1, maxItems: 50 }),
  outside: Type.Optional(
    Type.Array(named(OutsideGroup), {
      maxItems: 50,
      description: 'Whom the table is not for. Every user group is covered once, by a curve or here.',
    }),
  ),
  settings: Type.Optional(
    Type.Array(Setting, {
      minItems: 1,
      maxItems: SETTINGS.length,
      uniqueItems: true,
      description: 'Where the people whom it prices live; absent, in a home of their own only.',
    }),
  ),
  belowFirst: OneOf('line-from-zero', 'hold', 'zero'),
  aboveLast: OneOf('refer-and-hold', 'refuse'),
  adjustments: Type.Array(named(Adjustment), { maxItems: 20 }),
  cap: Type.Optional(Type.Object({ amountAnnual: Money }, closed)),
  contingency: Type.Object({ fraction: Factor, release: Type.Optional(named(ContingencyRelease)) }, closed),
  rounding: Type.Object({ to: Money, mode: RoundingMode }, closed),
  weeksPerYear: Type.String({
    pattern: '^[1-9][0-9](\\.[0-9]{1,6})?$',
    maxLength: 9,
    expected: 'weeks in a year as a decimal string: two digits, at most six places',
    examples: ['52'],
  }),
  source: Text(5000),
  rationale: Text(10000, 'Why the levels are what they are.'),
  backdatingReason: Type.Optional(Text(2000)),
  evidence: Type.Optional(
    Type.Array(named(TableEvidence), {
      maxItems: 10,
      description: 'What was looked at before publication: each kind once.',
    }),
  ),
  provenance: Type.Optional(named(Provenance)),
})
export type CalibrationTable = Frozen<Static<typeof CalibrationTable>>

export const CalibrationTableDraft = Form('CalibrationTableDraft', {
  key: Key,
  ...CalibrationTable.properties,
})
export type CalibrationTableDraft = Frozen<Static<typeof CalibrationTableDraft>>

export const CalibrationTableVersion = Form('CalibrationTableVersion', {
  key: Key,
  version: Version,
  ...CalibrationTable.properties,
  ...beside,
})
export type CalibrationTableVersion = Frozen<Static<typeof CalibrationTableVersion>>

/** How many current allocations were priced by another table for a date that this one now covers. */
export const Affected = Form('Affected', { allocations: Type.Integer({ minimum: 0 }) })

/** What a publication is answered with: the version, and whom it affects. */
export const CalibrationTablePublication = Form('CalibrationTablePublication', {
  ...CalibrationTableVersion.properties,
  affected: named(Affected),
})

export const PublicCalibrationTable = Form('PublicCalibrationTable', {
  key: Key,
  version: Version,
  ...CalibrationTable.properties,
  ...besidePublic,
})

export const InForceQuery = Type.Object(
  {
    questionnaire: Key,
    on: PolicyDate,
    asOf: Type.Optional(
      Type.Unsafe<string>({
        ...Instant,
        description: 'What was known at this instant; no later than now, which it is where it is left out.',
      }),
    ),
  },
  closed,
)

export const AffectedQuery = Type.Object(listed, closed)
