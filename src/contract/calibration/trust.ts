// How far a curve can be trusted: bands by resampling, errors on people it has not seen, and what it owes to one case.
import { type Static, Type } from '@sinclair/typebox'
import { named, OneOf } from '../primitives.ts'
import { closed, Form, type Frozen, Variants } from '../shape.ts'
import {
  CalibrationReason,
  Figure,
  fittedForm,
  Hundredths,
  RefusedPart,
  Share,
  Warning,
  Whole,
} from './figures.ts'

const band = { estimate: Figure, lower: Share, upper: Share }

export const Band = Form(
  'Band',
  band,
  'What the whole cohort gives, and the interval; null where no resample could be fitted.',
)
export type Band = Frozen<Static<typeof Band>>

const failures = {
  failed: Whole,
  failures: Type.Array(Type.Object({ code: CalibrationReason, count: Whole }, closed)),
  warnings: Type.Array(named(Warning)),
}
const Seed = Type.Integer({ minimum: 0, maximum: 4_294_967_295 })

const resampling = {
  level: Type.Number({ minimum: 0, maximum: 1, examples: [0.95] }),
  seed: Seed,
  resamples: Whole,
  done: Whole,
  total: Type.Unsafe<Band>({
    ...named(Band),
    description: 'What the table of each resample would give the cohort as it is.',
  }),
  ...failures,
}

export const FittedBands = fittedForm('FittedBands', {
  ...resampling,
  curve: Type.Array(Type.Object({ ...band, points: Hundredths }, closed)),
})
export type Bands = Omit<Frozen<Static<typeof FittedBands>>, 'outcome'>

export const BandsResult = Variants('BandsResult', 'outcome', [FittedBands, RefusedPart])
export type BandsResult = Frozen<Static<typeof BandsResult>>

export const FittedJointBands = fittedForm('FittedJointBands', {
  ...resampling,
  resampledWithin: Type.Literal('groups'),
})
export type JointBands = Omit<Frozen<Static<typeof FittedJointBands>>, 'outcome'>

export const JointBandsResult = Variants('JointBandsResult', 'outcome', [FittedJointBands, RefusedPart])
export type JointBandsResult = Frozen<Static<typeof JointBandsResult>>

export const PredictionError = Form(
  'PredictionError',
  {
    predictions: Whole,
    rootMeanSquare: Share,
    meanAbsolute: Share,
    bias: Share,
    withinTenPercent: Share,
    withinQuarter: Share,
    slope: Share,
  },
  'How far predictions were from cost. bias is Σ (predicted − cost) ÷ Σ cost; slope is of cost on prediction: 1 where differences are right, below 1 where they are overstated.',
)
export type PredictionError = Frozen<Static<typeof PredictionError>>

const validated = { method: named(PredictionError), mean: named(PredictionError) }

export const FittedCrossValidation = fittedForm(
  'FittedCrossValidation',
  {
    ...validated,
    repeats: Whole,
    folds: Whole,
    seed: Seed,
    restatedBy: Type.Unsafe<string>({
      ...Figure,
      description: 'What current costs were multiplied by, to be set against predictions.',
    }),
    byGroup: Type.Array(Type.Object({ ...validated, userGroup: Type.String() }, closed)),
    ...failures,
  },
  'Errors on people whom the curve was not fitted to, beside those of predicting the mean.',
)
export type CrossValidation = Omit<Frozen<Static<typeof FittedCrossValidation>>, 'outcome'>

export const CrossValidationResult = Variants('CrossValidationResult', 'outcome', [
  FittedCrossValidation,
  RefusedPart,
])

export const Change = Form(
  'LeftOutChange',
  { withEveryone: Figure, without: Figure, change: Figure, share: Share },
  'The share is of the amount with everyone.',
)
export type Change = Frozen<Static<typeof Change>>

const leftOut = {
  who: OneOf('most-points', 'highest-cost'),
  ref: Type.String(),
  points: Hundredths,
  cost: Figure,
}

export const FittedWithout = fittedForm('FittedWithout', {
  ...leftOut,
  atOwnPoints: named(Change),
  atScaleMaximum: named(Change),
  total: named(Change),
})

export const RefusedWithout = Form(
  'RefusedWithout',
  { outcome: Type.Literal('refused'), ...leftOut, code: CalibrationReason, detail: Type.String() },
  'The method refuses the cohort without this person.',
)

export const LeftOut = Variants('LeftOut', 'outcome', [FittedWithout, RefusedWithout])
export type LeftOut = Frozen<Static<typeof LeftOut>>

export const FittedLeaveOneOut = fittedForm(
  'FittedLeaveOneOut',
  { cases: Type.Array(named(LeftOut)) },
  'The table without the person with the most points, and without the costliest.',
)

export const LeaveOneOutResult = Variants('LeaveOneOutResult', 'outcome', [FittedLeaveOneOut, RefusedPart])

export const CurveTrust = Form(
  'CurveTrust',
  {
    userGroups: Type.Union([Type.Literal('all'), Type.Array(Type.String())]),
    bootstrap: named(BandsResult),
    crossValidation: named(CrossValidationResult),
    leaveOneOut: named(LeaveOneOutResult),
  },
  'Bands, cross-validation and leave-one-out of one curve, as fitted: before adjustments and contingency.',
)
export type CurveTrust = Frozen<Static<typeof CurveTrust>>

export const CombinedTrust = Form(
  'CombinedTrust',
  { bootstrap: named(JointBandsResult), crossValidation: named(CrossValidationResult) },
  'All curves of the method together, where there are several: the band of their total, every group drawn again within itself in the resamples of the groups’ own bands; and cross-validation over everybody, each by the own group’s curve. Before adjustments and contingency.',
)
export type CombinedTrust = Frozen<Static<typeof CombinedTrust>>
