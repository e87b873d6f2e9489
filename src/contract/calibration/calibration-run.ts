// A calibration run as callers see it: asked for, polled, listed, and read in parts.
import { type Static, Type } from '@sinclair/typebox'
import { Actor } from '../event.ts'
import { ContentHash, Instant, listed, Nullable, named, OneOf, page, Uuid } from '../primitives.ts'
import { closed, Form, type Frozen, Variants } from '../shape.ts'
import { fittedForm, RunProblem, refusedForm } from './figures.ts'
import { CompleteRequest } from './run-request.ts'
import { found, name, RunResults } from './run-results.ts'

export const RunState = OneOf('queued', 'running', 'done', 'failed', 'cancelled')

const entry = {
  id: Uuid,
  cohortId: Uuid,
  state: RunState,
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
  problem: Nullable(named(RunProblem)),
  engineVersion: Type.String(),
  createdAt: Instant,
  createdBy: named(Actor),
}

export const RunEntry = Form('CalibrationRunEntry', {
  ...entry,
  groups: OneOf('all', 'per-group'),
  methods: Type.Array(Type.String({ description: 'The names by which the run calls its methods.' })),
})

export const RunPage = page('CalibrationRunPage', named(RunEntry))

export const RunQuery = Type.Object(
  { ...listed, state: Type.Optional(RunState), cohortId: Type.Optional(Uuid) },
  closed,
)

export const CalibrationRun = Form('CalibrationRun', {
  ...entry,
  request: named(CompleteRequest),
  resultHash: Nullable(ContentHash),
  results: Nullable(named(RunResults)),
})
export type CalibrationRun = Frozen<Static<typeof CalibrationRun>>

/** A run without what it found. */
export type RunView = Omit<CalibrationRun, 'resultHash' | 'results'>

/** Nothing need be said to cancel. */
export const Cancellation = Form('CalibrationRunCancellation', {})

const { scenarios, scenariosAvailable, ...effects } = found

export const MethodImpact = fittedForm('MethodImpact', { name, ...effects })
export const MethodScenarios = fittedForm('MethodScenarios', { name, scenarios, scenariosAvailable })
export const MethodRefused = refusedForm('MethodRefused', { name })
export type MethodRefused = Frozen<Static<typeof MethodRefused>>

export const MethodImpactResult = Variants('MethodImpactResult', 'outcome', [MethodImpact, MethodRefused])
export const MethodScenariosResult = Variants('MethodScenariosResult', 'outcome', [
  MethodScenarios,
  MethodRefused,
])

export type MethodImpactResult = Frozen<Static<typeof MethodImpactResult>>
export type MethodScenariosResult = Frozen<Static<typeof MethodScenariosResult>>

export const RunImpact = Form('CalibrationRunImpact', {
  runId: Uuid,
  methods: Type.Array(named(MethodImpactResult)),
})
export type RunImpact = Frozen<Static<typeof RunImpact>>

export const RunScenarios = Form('CalibrationRunScenarios', {
  runId: Uuid,
  methods: Type.Array(named(MethodScenariosResult)),
})
export type RunScenarios = Frozen<Static<typeof RunScenarios>>
