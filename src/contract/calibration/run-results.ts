// What a finished run found, as it is stored and as it is told. Only operations/run/results.ts writes and reads it.
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { Knot } from '../documents/calibration-table.ts'
import { ProvenanceAccuracy, ProvenanceEvidence } from '../documents/provenance.ts'
import { VersionRef } from '../documents/version.ts'
import { RESULTS_VERSION } from '../limits.ts'
import { ContentHash, Nullable, named, Text } from '../primitives.ts'
import { Setting } from '../setting.ts'
import { closed, Form, type Frozen, Variants } from '../shape.ts'
import { Characteristic } from './cohort.ts'
import { CohortTotals, Exclusions, FitOfPoints, ItemAnalysis, SampleResult } from './cohort-figures.ts'
import { CharacteristicEffect, Cliff, CurveMarginal, Tenth } from './effects.ts'
import { Count, Figure, fittedForm, refusedForm, Warning } from './figures.ts'
import { EstimateAgreement, Impact, Reasonableness, Scenario } from './impact.ts'
import { CompleteMethod } from './method.ts'
import { ComputedRequest } from './run-request.ts'
import { CombinedTrust, CurveTrust } from './trust.ts'

export const CurveCap = Form(
  'CurveCap',
  {
    amountAnnual: Figure,
    inTableAnnual: Type.String({
      description: 'After the adjustments: above it the table refers to individual costing.',
    }),
    above: Type.Unsafe<Count>({
      ...named(Count),
      description: 'Who would be referred; the figures of the run count them at the cap.',
    }),
    uncappedKnots: Type.Array(named(Knot)),
  },
  'A cap refers and never cuts: a table drafted from this has the curve without it, and the cap beside it.',
)
export type CurveCap = Frozen<Static<typeof CurveCap>>

export const FittedCurve = Form(
  'FittedCurve',
  {
    userGroups: Type.Union([Type.Literal('all'), Type.Array(Type.String())]),
    coefficients: Type.Record(Type.String(), Type.String()),
    warnings: Type.Array(named(Warning)),
    target: Figure,
    total: Type.String({ description: 'What the unrounded curve gives its people.' }),
    unspent: Figure,
    roundingDifference: Figure,
    knots: Type.Array(named(Knot)),
    cap: Type.Optional(named(CurveCap)),
  },
  'Pounds a year, for the people of the curve; the target is what the curve was made for.',
)
export type FittedCurve = Frozen<Static<typeof FittedCurve>>

export const name = Type.String({ description: 'How the other resources of the run call this method.' })

const Held = 'As the other, for what people can plan with; null where nothing is held ready.'
const available = <T extends TSchema>(list: T) => Type.Union([list, Type.Null()], { description: Held })

/** What a method would change: in all, and of what people can plan with. */
export const bothSides = {
  impact: named(Impact),
  impactAvailable: available(named(Impact)),
  scenarios: Type.Array(named(Scenario)),
  scenariosAvailable: available(Type.Array(named(Scenario))),
  tenths: Type.Array(named(Tenth)),
  tenthsAvailable: available(Type.Array(named(Tenth))),
  characteristics: Type.Array(named(CharacteristicEffect)),
  characteristicsAvailable: available(Type.Array(named(CharacteristicEffect))),
}

/** What was found of a method that could be fitted. */
export const found = {
  totals: Type.Object({ amount: Figure, contingency: Figure, available: Figure }, closed),
  ...bothSides,
  marginal: Type.Array(named(CurveMarginal)),
  cliffs: Type.Array(named(Cliff)),
  accuracy: Type.Union([named(ProvenanceAccuracy), Type.Null()], {
    description: 'From cross-validation; null where the run did not ask how far to trust it.',
  }),
  reasonableness: named(Reasonableness),
  estimateAgreement: Nullable(named(EstimateAgreement)),
}

export const FittedMethod = fittedForm('FittedMethod', {
  name,
  request: named(CompleteMethod),
  curves: Type.Array(named(FittedCurve)),
  ...found,
  trust: Nullable(Type.Array(named(CurveTrust))),
  trustCombined: Type.Optional(named(CombinedTrust)),
})
export type FittedMethod = Frozen<Static<typeof FittedMethod>>

export const RefusedMethod = refusedForm('RefusedMethod', { name, request: named(CompleteMethod) })
export type RefusedMethod = Frozen<Static<typeof RefusedMethod>>

export const MethodResult = Variants('MethodResult', 'outcome', [FittedMethod, RefusedMethod])
export type MethodResult = Frozen<Static<typeof MethodResult>>

export const RunResults = Form(
  'CalibrationRunResults',
  {
    v: Type.Literal(RESULTS_VERSION),
    evidence: named(ProvenanceEvidence),
    settings: Type.Array(Setting, { description: 'Where the included people live.' }),
    characteristics: Type.Array(named(Characteristic)),
    cohortHash: ContentHash,
    syntheticNote: Type.Optional(
      Text(300, 'How the cohort’s rows were made, where none is about a real person; else it is not there.'),
    ),
    engineVersion: Type.String(),
    questionnaire: named(VersionRef),
    request: named(ComputedRequest),
    exclusions: named(Exclusions),
    summary: named(CohortTotals),
    pointsAndCost: named(FitOfPoints),
    items: Nullable(named(ItemAnalysis)),
    sampling: Nullable(named(SampleResult)),
    methods: Type.Array(named(MethodResult)),
  },
  'v is the version of this form: it changes only when what it says would mean something else.',
)
export type RunResults = Frozen<Static<typeof RunResults>>
