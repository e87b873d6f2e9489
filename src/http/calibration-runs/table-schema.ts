// The form of what a run has to do with tables: the draft made from it, its comparison with the table in force, and what
// a table would change for the stored caseload.

import { Type } from '@sinclair/typebox'
import { CalibrationTable } from '../../contract/documents/calibration-table.ts'
import { VersionRef } from '../../contract/documents/version.ts'
import { Key, Money, Nullable, named, PolicyDate, Text, Uuid, Version } from '../../contract/primitives.ts'
import { closed } from './figures-schema.ts'
import { Impact, Reasonableness, Scenario } from './impact-schema.ts'

const { title, financialYear, effectiveFrom, effectiveBefore, weeksPerYear, cap } =
  CalibrationTable.properties
const { rationale, aboveLast, backdatingReason } = CalibrationTable.properties

export const DraftTableRequest = Type.Object(
  {
    method: Key,
    key: Key,
    title,
    financialYear,
    effectiveFrom,
    effectiveBefore,
    weeksPerYear,
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
  },
  { $id: 'DraftTableRequest', ...closed },
)

export const ComparisonQuery = Type.Object({ on: PolicyDate }, closed)

export const RunComparison = Type.Object(
  {
    runId: Uuid,
    on: PolicyDate,
    table: named(VersionRef),
    people: Type.Integer({ minimum: 0, description: 'Included people whom the table in force prices.' }),
    refusedByTable: Type.Integer({ minimum: 0 }),
    unchangedWithin: Type.String({
      description:
        'Pounds a year: the larger of the two tables’ rounding units. Who changes by no more counts as the same, and what that moves in all is withinRounding.',
    }),
    methods: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          compared: Nullable(
            Type.Object(
              {
                impact: named(Impact),
                scenarios: Type.Array(named(Scenario)),
                reasonableness: named(Reasonableness),
              },
              { ...closed, description: 'As in the run, and existing is what the table in force gives.' },
            ),
          ),
        },
        closed,
      ),
    ),
  },
  { $id: 'CalibrationRunComparison', ...closed },
)

export const ApplicationRequest = Type.Object(
  {
    envelopeAnnual: Type.Optional(Money),
    limit: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 10_000,
        description: 'Changes listed, the largest first; 100 unless said.',
      }),
    ),
  },
  { $id: 'TableApplicationRequest', ...closed },
)

export const TableApplication = Type.Object(
  {
    table: Type.Object({ key: Key, version: Version }, closed),
    counted: Type.Object(
      {
        people: Type.Integer({
          description:
            'Everybody with an allocation on the questionnaire, each by the latest assessment as it stands corrected.',
        }),
        priced: Type.Integer(),
        notEligible: Type.Integer(),
        otherVersion: Type.Integer({ description: 'Assessed on a version that the table does not price.' }),
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
          changePercent: Nullable(Type.String()),
        },
        closed,
      ),
    ),
  },
  { $id: 'TableApplication', ...closed },
)
