// How far a curve can be trusted: bands by resampling, errors on people it has not seen, and what it owes to one case.
import { Type } from '@sinclair/typebox'
import { OneOf } from '../../contract/primitives.ts'
import { closed, Figure, Reason, RefusedPart, Said, Share, Whole } from './figures-schema.ts'

const Hundredths = Type.Integer({ minimum: 0, description: 'Points in hundredths: 2800 are 28 points.' })
const band = { estimate: Figure, lower: Share, upper: Share }
const failures = {
  failed: Whole,
  failures: Type.Array(Type.Object({ code: Reason, count: Whole }, closed)),
  warnings: Type.Array(Said),
}
const Seed = Type.Integer({ minimum: 0, maximum: 4_294_967_295 })

export const Bands = Type.Object(
  {
    level: Type.Number({ minimum: 0, maximum: 1, examples: [0.95] }),
    seed: Seed,
    resamples: Whole,
    done: Whole,
    curve: Type.Array(Type.Object({ ...band, points: Hundredths }, closed)),
    total: Type.Object(band, {
      ...closed,
      description: 'What each resample’s table would give the cohort as it is.',
    }),
    ...failures,
  },
  closed,
)

const PredictionError = Type.Object(
  {
    predictions: Whole,
    rootMeanSquare: Share,
    meanAbsolute: Share,
    bias: Share,
    withinTenPercent: Share,
    withinQuarter: Share,
    slope: Share,
  },
  closed,
)
const validated = { method: PredictionError, mean: PredictionError }

export const CrossValidation = Type.Object(
  {
    ...validated,
    repeats: Whole,
    folds: Whole,
    seed: Seed,
    restatedBy: Figure,
    byGroup: Type.Array(Type.Object({ ...validated, userGroup: Type.String() }, closed)),
    ...failures,
  },
  {
    ...closed,
    description: 'Errors on people whom the curve was not fitted to, beside those of predicting the mean.',
  },
)

const Change = Type.Object({ withEveryone: Figure, without: Figure, change: Figure, share: Share }, closed)
const leftOut = {
  who: OneOf('most-points', 'highest-cost'),
  ref: Type.String(),
  points: Hundredths,
  cost: Figure,
}

export const LeftOut = Type.Union([
  Type.Object(
    {
      ...leftOut,
      fitted: Type.Literal(true),
      atOwnPoints: Change,
      atScaleMaximum: Change,
      total: Change,
    },
    closed,
  ),
  Type.Object({ ...leftOut, fitted: Type.Literal(false), code: Reason }, closed),
])

export const Trust = Type.Object(
  {
    userGroups: Type.Union([Type.Literal('all'), Type.Array(Type.String())]),
    bootstrap: Type.Union([Bands, RefusedPart]),
    crossValidation: Type.Union([CrossValidation, RefusedPart]),
    leaveOneOut: Type.Union([Type.Array(LeftOut), RefusedPart]),
  },
  {
    $id: 'CurveTrust',
    ...closed,
    description:
      'Bands, cross-validation and leave-one-out of one curve, as fitted: before adjustments and contingency.',
  },
)

export const JointBands = Type.Object(
  {
    level: Type.Number({ minimum: 0, maximum: 1, examples: [0.95] }),
    seed: Seed,
    resamples: Whole,
    done: Whole,
    resampledWithin: Type.Literal('groups'),
    total: Type.Object(band, closed),
    ...failures,
  },
  closed,
)

export const CombinedTrust = Type.Object(
  {
    bootstrap: Type.Union([JointBands, RefusedPart]),
    crossValidation: Type.Union([CrossValidation, RefusedPart]),
  },
  {
    $id: 'CombinedTrust',
    ...closed,
    description:
      'All curves of the method together, where there are several: the band of their total, every group drawn again within itself in the resamples of the groups’ own bands; and cross-validation over everybody, each by the own group’s curve. Before adjustments and contingency.',
  },
)
