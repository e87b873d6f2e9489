// The form of calibration runs and of what they find. Results are told in three depths: totals, groups and bands, and
// (in the export) every person.
import { Type } from '@sinclair/typebox'
import { calibrationTableContent } from '../calibration-tables/schema.ts'
import {
  ContentHash,
  Instant,
  Key,
  Money,
  Nullable,
  OneOf,
  PolicyDate,
  Text,
  Uuid,
  Version,
  VersionRef,
} from '../primitives.ts'
import { CompleteRunRequest } from './request-schema.ts'

const closed = { additionalProperties: false }
const Found = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description })

const Refused = Type.Object(
  {
    code: Type.String(),
    detail: Type.String(),
    errors: Type.Array(
      Type.Object({ pointer: Type.String(), code: Type.String(), detail: Type.String() }, closed),
    ),
  },
  { ...closed, description: 'Why this could not be had; the rest of the run stands.' },
)

const Knots = Type.Array(Type.Object({ points: Type.String(), amountAnnual: Type.String() }, closed))

const MethodResult = Type.Object(
  {
    name: Type.String({ description: 'How the other resources of the run call this method.' }),
    request: Found('The method as it was computed.'),
    refused: Type.Optional(Refused),
    curves: Type.Optional(
      Type.Array(
        Type.Object(
          {
            userGroups: Type.Union([Type.Literal('all'), Type.Array(Type.String())]),
            coefficients: Type.Record(Type.String(), Type.String()),
            warnings: Type.Array(Type.Object({ code: Type.String(), detail: Type.String() }, closed)),
            target: Type.String(),
            total: Type.String({ description: 'What the unrounded curve gives its people.' }),
            unspent: Type.String(),
            roundingDifference: Type.String(),
            knots: Knots,
            cap: Type.Optional(
              Type.Object(
                {
                  amountAnnual: Type.String(),
                  inTableAnnual: Type.String({
                    description: 'After the adjustments: above it the table refers to individual costing.',
                  }),
                  above: Type.Object(
                    { rows: Type.Integer({ minimum: 0 }), people: Type.String() },
                    {
                      ...closed,
                      description: 'Who would be referred; the figures of the run count them at the cap.',
                    },
                  ),
                  uncappedKnots: Knots,
                },
                {
                  ...closed,
                  description:
                    'A cap refers and never cuts: a table drafted from this has the curve without it, and the cap beside it.',
                },
              ),
            ),
          },
          closed,
        ),
      ),
    ),
    totals: Type.Optional(
      Type.Object({ amount: Type.String(), contingency: Type.String(), available: Type.String() }, closed),
    ),
    impact: Type.Optional(
      Found('Who gains and who loses: over all, by group, cost band, points band, age band.'),
    ),
    scenarios: Type.Optional(Type.Array(Found('One way to move people to the new amounts, month by month.'))),
    reasonableness: Type.Optional(Found('Whose amount differs by more than the tolerance; the largest 100.')),
    estimateAgreement: Type.Optional(
      Nullable(Found('How close amounts come to the workers’ own estimates.')),
    ),
    trust: Type.Optional(
      Nullable(Type.Array(Found('Bands, cross-validation and leave-one-out of one curve.'))),
    ),
  },
  closed,
)

export const CalibrationRunResults = Type.Object(
  {
    cohortHash: ContentHash,
    engineVersion: Type.String(),
    questionnaire: VersionRef,
    request: Type.Record(Type.String(), Type.Unknown(), {
      description:
        'The request as it was computed; the cohort is named by its hash, so that the bytes are the same anywhere.',
    }),
    exclusions: Found(
      'Totals of all, included and excluded people, and by rule; people whom another questionnaire puts above its scale are a rule of their own. Warnings name groups and settings that nobody has.',
    ),
    summary: Found('The included people by group, cost band and points band.'),
    pointsAndCost: Found('How far points go with current cost.'),
    items: Nullable(Found('Whether each domain’s score carries information.')),
    sampling: Nullable(Found('Size, margin, interval on the mean, representativeness.')),
    methods: Type.Array(MethodResult),
  },
  { $id: 'CalibrationRunResults', ...closed },
)

export const CalibrationRun = Type.Object(
  {
    id: Uuid,
    cohortId: Uuid,
    state: OneOf('queued', 'running', 'done', 'failed', 'cancelled'),
    progress: Nullable(
      Type.Object(
        {
          stage: Nullable(Type.String()),
          done: Nullable(Type.Integer()),
          total: Nullable(Type.Integer()),
        },
        closed,
      ),
    ),
    attempt: Type.Integer({ description: 'How often it was begun: more than 1 after a restart.' }),
    problem: Nullable(Refused),
    request: CompleteRunRequest,
    engineVersion: Type.String(),
    createdAt: Instant,
    createdBy: Type.Object({ client: Type.String(), subject: Type.String() }, closed),
    resultHash: Nullable(ContentHash),
    results: Nullable(Type.Unsafe({ $ref: 'CalibrationRunResults#' })),
  },
  { $id: 'CalibrationRun', ...closed },
)

export const CancellationBody = Type.Object({}, { $id: 'CalibrationRunCancellation', ...closed })

export const RunImpact = Type.Object(
  {
    runId: Uuid,
    methods: Type.Array(
      Type.Pick(MethodResult, ['name', 'refused', 'totals', 'impact', 'reasonableness', 'estimateAgreement']),
    ),
  },
  { $id: 'CalibrationRunImpact', ...closed },
)

export const RunScenarios = Type.Object(
  { runId: Uuid, methods: Type.Array(Type.Pick(MethodResult, ['name', 'refused', 'scenarios'])) },
  { $id: 'CalibrationRunScenarios', ...closed },
)

const { title, financialYear, effectiveFrom, effectiveBefore, weeksPerYear, cap } = calibrationTableContent
const { rationale, aboveLast, backdatingReason } = calibrationTableContent

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
    table: VersionRef,
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
                impact: Found('As in the run, and existing is what the table in force gives.'),
                scenarios: Type.Array(Found('From the table in force to the new amounts.')),
                reasonableness: Found('The largest 100 differences from the table in force.'),
              },
              closed,
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
    impact: Found('Who would change, by group, cost band, points band and age band.'),
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
