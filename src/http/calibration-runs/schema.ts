// The form of calibration runs and of what they find. Results are told in three depths: totals, groups and bands, and
// (in the export) every person.

import { Type } from '@sinclair/typebox'
import { VersionRef } from '../../contract/documents/version.ts'
import {
  ContentHash,
  Instant,
  listed,
  Nullable,
  named,
  OneOf,
  page,
  Text,
  Uuid,
} from '../../contract/primitives.ts'
import { CohortTotals, Exclusions, FitOfPoints, ItemAnalysis, Sampling } from './cohort-figures-schema.ts'
import { closed, Figure, Refused, Said } from './figures-schema.ts'
import { EstimateAgreement, Impact, Reasonableness, Scenario } from './impact-schema.ts'
import { CompleteMethod, CompleteRunRequest, ComputedRunRequest } from './request-schema.ts'
import { CombinedTrust, Trust } from './trust-schema.ts'

const found = {
  totals: Type.Object({ amount: Figure, contingency: Figure, available: Figure }, closed),
  impact: named(Impact),
  scenarios: Type.Array(named(Scenario)),
  reasonableness: named(Reasonableness),
  estimateAgreement: Nullable(named(EstimateAgreement)),
}

const name = Type.String({ description: 'How the other resources of the run call this method.' })

const Knots = Type.Array(Type.Object({ points: Figure, amountAnnual: Figure }, closed))

const Cap = Type.Object(
  {
    amountAnnual: Figure,
    inTableAnnual: Type.String({
      description: 'After the adjustments: above it the table refers to individual costing.',
    }),
    above: Type.Object(
      { rows: Type.Integer({ minimum: 0 }), people: Type.String() },
      { ...closed, description: 'Who would be referred; the figures of the run count them at the cap.' },
    ),
    uncappedKnots: Knots,
  },
  {
    ...closed,
    description:
      'A cap refers and never cuts: a table drafted from this has the curve without it, and the cap beside it.',
  },
)

const Curve = Type.Object(
  {
    userGroups: Type.Union([Type.Literal('all'), Type.Array(Type.String())]),
    coefficients: Type.Record(Type.String(), Type.String()),
    warnings: Type.Array(Said),
    target: Figure,
    total: Type.String({ description: 'What the unrounded curve gives its people.' }),
    unspent: Figure,
    roundingDifference: Figure,
    knots: Knots,
    cap: Type.Optional(Cap),
  },
  closed,
)

const FittedMethod = Type.Object(
  {
    name,
    request: named(CompleteMethod),
    curves: Type.Array(Curve),
    ...found,
    trust: Nullable(Type.Array(named(Trust))),
    trustCombined: Type.Optional(named(CombinedTrust)),
  },
  closed,
)

const RefusedMethod = Type.Object({ name, request: named(CompleteMethod), refused: Refused }, closed)

export const CalibrationRunResults = Type.Object(
  {
    cohortHash: ContentHash,
    syntheticNote: Type.Optional(
      Text(300, 'How the cohort’s rows were made, where none is about a real person; else it is not there.'),
    ),
    engineVersion: Type.String(),
    questionnaire: named(VersionRef),
    request: named(ComputedRunRequest),
    exclusions: Exclusions,
    summary: named(CohortTotals),
    pointsAndCost: named(FitOfPoints),
    items: Nullable(named(ItemAnalysis)),
    sampling: Sampling,
    methods: Type.Array(Type.Union([FittedMethod, RefusedMethod])),
  },
  { $id: 'CalibrationRunResults', ...closed },
)

const State = OneOf('queued', 'running', 'done', 'failed', 'cancelled')

const entry = {
  id: Uuid,
  cohortId: Uuid,
  state: State,
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
  engineVersion: Type.String(),
  createdAt: Instant,
  createdBy: Type.Object({ client: Type.String(), subject: Type.String() }, closed),
}

export const CalibrationRunEntry = Type.Object(
  {
    ...entry,
    groups: OneOf('all', 'per-group'),
    methods: Type.Array(Type.String({ description: 'The names by which the run calls its methods.' })),
  },
  { $id: 'CalibrationRunEntry', ...closed },
)

export const CalibrationRunPage = page('CalibrationRunPage', named(CalibrationRunEntry))

export const CalibrationRunQuery = Type.Object(
  { ...listed, state: Type.Optional(State), cohortId: Type.Optional(Uuid) },
  closed,
)

export const CalibrationRun = Type.Object(
  {
    ...entry,
    request: named(CompleteRunRequest),
    resultHash: Nullable(ContentHash),
    results: Nullable(named(CalibrationRunResults)),
  },
  { $id: 'CalibrationRun', ...closed },
)

export const CancellationBody = Type.Object({}, { $id: 'CalibrationRunCancellation', ...closed })

const { scenarios: _, ...impactOf } = found
const NoMethod = Type.Object({ name, refused: Refused }, closed)

export const RunImpact = Type.Object(
  {
    runId: Uuid,
    methods: Type.Array(Type.Union([Type.Object({ name, ...impactOf }, closed), NoMethod])),
  },
  { $id: 'CalibrationRunImpact', ...closed },
)

export const RunScenarios = Type.Object(
  {
    runId: Uuid,
    methods: Type.Array(Type.Union([Type.Object({ name, scenarios: found.scenarios }, closed), NoMethod])),
  },
  { $id: 'CalibrationRunScenarios', ...closed },
)
