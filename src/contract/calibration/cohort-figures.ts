// A cohort in figures: totals, spread, outliers, how points go with cost, what each domain adds, who is left out, and what
// a sample of this size can say.
import { type Static, Type } from '@sinclair/typebox'
import { Nullable, named, OneOf } from '../primitives.ts'
import { closed, Form, type Frozen, Variants } from '../shape.ts'
import { Figure, fittedForm, RefusedPart, Share, Warning, Whole } from './figures.ts'

const counted = { rows: Whole, people: Figure, cost: Figure, points: Figure }

const totals = { ...counted, averageCost: Share, averagePoints: Share, poundsPerPoint: Share }

const Totals = Type.Object(totals, closed)
export type Totals = Frozen<Static<typeof Totals>>

export const BandTotals = Form('BandTotals', { ...totals, band: Type.String(), sharePercent: Share })
export type BandTotals = Frozen<Static<typeof BandTotals>>

const Spread = Type.Object(
  { minimum: Figure, lowerQuartile: Figure, median: Figure, upperQuartile: Figure, maximum: Figure },
  closed,
)
export type Spread = Frozen<Static<typeof Spread>>

const Fences = Type.Object({ below: Figure, above: Figure }, closed)
export type Fences = Frozen<Static<typeof Fences>>

const Outlier = Type.Object(
  {
    ref: Type.String(),
    userGroup: Type.String(),
    cost: Figure,
    poundsPerPoint: Share,
    reasons: Type.Array(OneOf('cost-low', 'cost-high', 'price-low', 'price-high')),
  },
  closed,
)
export type Outlier = Frozen<Static<typeof Outlier>>
export type OutlierReason = Outlier['reasons'][number]

const Outliers = Type.Object(
  { costFences: Nullable(Fences), priceFences: Nullable(Fences), rows: Type.Array(Outlier) },
  closed,
)
export type Outliers = Frozen<Static<typeof Outliers>>

export const CohortTotals = Form(
  'CohortTotals',
  {
    all: Totals,
    costSpread: Nullable(Spread),
    pointsSpread: Nullable(Spread),
    distinctPoints: Whole,
    groups: Type.Array(
      Type.Object({ ...totals, userGroup: Type.String(), costBands: Type.Array(named(BandTotals)) }, closed),
    ),
    pointsBands: Type.Array(named(BandTotals)),
    withoutPoints: Type.Array(Type.String(), {
      description: 'Rows that cost money and have no points: a price per point gives them nothing.',
    }),
    outliers: Outliers,
  },
  'Totals and spread, by group and cost band, by points band; rows that stand out. poundsPerPoint is all cost ÷ all points.',
)
export type CohortTotals = Frozen<Static<typeof CohortTotals>>

const fit = { cases: Whole, linear: Share, rank: Share }

const PointsFit = Type.Object(fit, closed)
/** Correlations from −1 to 1; null where points or costs do not vary. */
export type PointsFit = Frozen<Static<typeof PointsFit>>

export const FitOfPoints = Form(
  'FitOfPoints',
  { ...fit, byGroup: Type.Array(Type.Object({ ...fit, userGroup: Type.String() }, closed)) },
  'Linear and rank correlation of points with cost, over everyone and by group.',
)
export type FitOfPoints = Frozen<Static<typeof FitOfPoints>>

const OptionUse = Type.Object(
  {
    option: Type.String(),
    points: Figure,
    cases: Whole,
    share: Share,
    meanCost: Share,
  },
  { ...closed, description: 'The share of people, by weight, who chose it, and what they cost on average.' },
)
export type OptionUse = Frozen<Static<typeof OptionUse>>

const ItemReport = Type.Object(
  {
    domain: Type.String(),
    options: Type.Array(OptionUse),
    itemRest: Share,
    withCost: Share,
    flags: Type.Array(
      OneOf('no-variation', 'falls-as-the-rest-rises', 'falls-as-cost-rises', 'option-never-chosen'),
    ),
  },
  {
    ...closed,
    description:
      'itemRest: what the domain adds to a total against the total without it; withCost: against cost. Correlations.',
  },
)
export type ItemReport = Frozen<Static<typeof ItemReport>>
export type ItemFlag = ItemReport['flags'][number]

export const ItemAnalysis = Form(
  'ItemAnalysis',
  { cases: Whole, withoutAnswers: Whole, domains: Type.Array(ItemReport) },
  'Whether each domain’s score carries information.',
)
export type ItemAnalysis = Frozen<Static<typeof ItemAnalysis>>

const MeanInterval = Type.Object(
  {
    people: Figure,
    mean: Figure,
    standardDeviation: Figure,
    variation: Share,
    low: Figure,
    high: Figure,
    margin: Figure,
    marginPercent: Share,
  },
  { ...closed, description: 'Pounds a year, but for variation (spread ÷ mean) and marginPercent.' },
)
export type MeanInterval = Frozen<Static<typeof MeanInterval>>

const GroupGap = Type.Object(
  {
    userGroup: Type.String(),
    people: Figure,
    expected: Figure,
    sharePercent: Share,
    expectedPercent: Share,
    gap: Share,
  },
  {
    ...closed,
    description:
      'gap: percentage points, above 0 where the cohort has more of the group than the population.',
  },
)
export type GroupGap = Frozen<Static<typeof GroupGap>>

const Representativeness = Type.Object(
  {
    chiSquare: Figure,
    degreesOfFreedom: Whole,
    pValue: Share,
    expectedUnderFive: Type.Array(Type.String(), {
      description: 'Groups of which fewer than 5 are expected: with any, the p-value is only rough.',
    }),
    groups: Type.Array(GroupGap),
  },
  { ...closed, description: 'The cohort’s mix of groups against the population’s: a chi-square test.' },
)
export type Representativeness = Frozen<Static<typeof Representativeness>>

const SampleSize = Type.Object({ z: Figure, size: Figure, sizeWithoutPopulation: Figure }, closed)
/** Sizes are whole people, rounded up. */
export type SampleSize = Frozen<Static<typeof SampleSize>>

export const SampleFound = fittedForm(
  'SampleFound',
  {
    needed: SampleSize,
    margin: Figure,
    mean: Nullable(MeanInterval),
    representativeness: Nullable(Representativeness),
  },
  'The size that the margin needs, the margin that this cohort gives, and the interval of its mean cost.',
)

export const SampleResult = Variants('SampleResult', 'outcome', [SampleFound, RefusedPart])
export type SampleResult = Frozen<Static<typeof SampleResult>>

const PartTotals = Type.Object(counted, closed)
export type PartTotals = Frozen<Static<typeof PartTotals>>

export const Exclusions = Form(
  'CohortExclusions',
  {
    totals: Type.Object({ all: PartTotals, included: PartTotals, excluded: PartTotals }, closed),
    byRule: Type.Array(Type.Object({ ...counted, rule: Type.String() }, closed), {
      description:
        'What each rule takes out, also of rows that another rule takes out as well. People whom another questionnaire puts above its scale are a rule of their own.',
    }),
    warnings: Type.Array(named(Warning), {
      description: 'Groups and settings in the rules that nobody has.',
    }),
  },
  'Totals of all, included and excluded people, and by rule.',
)
export type Exclusions = Frozen<Static<typeof Exclusions>>
