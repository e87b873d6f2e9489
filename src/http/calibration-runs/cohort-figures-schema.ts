// A cohort in figures: totals, spread, outliers, how points go with cost, what each domain adds, and what a sample of
// this size can say.
import { Type } from '@sinclair/typebox'
import { Nullable, OneOf } from '../../contract/primitives.ts'
import { closed, Figure, RefusedPart, Said, Share, Whole } from './figures-schema.ts'

const counted = { rows: Whole, people: Figure, cost: Figure, points: Figure }

const totals = { ...counted, averageCost: Share, averagePoints: Share, poundsPerPoint: Share }

const BandTotals = Type.Object({ ...totals, band: Type.String(), sharePercent: Share }, closed)

const Spread = Type.Object(
  { minimum: Figure, lowerQuartile: Figure, median: Figure, upperQuartile: Figure, maximum: Figure },
  closed,
)

const Fences = Type.Object({ below: Figure, above: Figure }, closed)

const Outliers = Type.Object(
  {
    costFences: Nullable(Fences),
    priceFences: Nullable(Fences),
    rows: Type.Array(
      Type.Object(
        {
          ref: Type.String(),
          userGroup: Type.String(),
          cost: Figure,
          poundsPerPoint: Share,
          reasons: Type.Array(OneOf('cost-low', 'cost-high', 'price-low', 'price-high')),
        },
        closed,
      ),
    ),
  },
  closed,
)

export const CohortTotals = Type.Object(
  {
    all: Type.Object(totals, closed),
    costSpread: Nullable(Spread),
    pointsSpread: Nullable(Spread),
    distinctPoints: Whole,
    groups: Type.Array(
      Type.Object({ ...totals, userGroup: Type.String(), costBands: Type.Array(BandTotals) }, closed),
    ),
    pointsBands: Type.Array(BandTotals),
    withoutPoints: Type.Array(Type.String(), {
      description: 'Rows that cost money and have no points: a price per point gives them nothing.',
    }),
    outliers: Outliers,
  },
  {
    $id: 'CohortTotals',
    ...closed,
    description: 'Totals and spread, by group and cost band, by points band; rows that stand out.',
  },
)

const fit = { cases: Whole, linear: Share, rank: Share }

export const FitOfPoints = Type.Object(
  { ...fit, byGroup: Type.Array(Type.Object({ ...fit, userGroup: Type.String() }, closed)) },
  {
    $id: 'FitOfPoints',
    ...closed,
    description: 'Linear and rank correlation of points with cost, over everyone and by group.',
  },
)

export const ItemAnalysis = Type.Object(
  {
    cases: Whole,
    withoutAnswers: Whole,
    domains: Type.Array(
      Type.Object(
        {
          domain: Type.String(),
          options: Type.Array(
            Type.Object(
              { option: Type.String(), points: Figure, cases: Whole, share: Share, meanCost: Share },
              closed,
            ),
          ),
          itemRest: Share,
          withCost: Share,
          flags: Type.Array(
            OneOf('no-variation', 'falls-as-the-rest-rises', 'falls-as-cost-rises', 'option-never-chosen'),
          ),
        },
        closed,
      ),
    ),
  },
  { $id: 'ItemAnalysis', ...closed, description: 'Whether each domain’s score carries information.' },
)

const Interval = Type.Object(
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
  closed,
)

export const Representativeness = Type.Object(
  {
    chiSquare: Figure,
    degreesOfFreedom: Whole,
    pValue: Share,
    expectedUnderFive: Type.Array(Type.String()),
    groups: Type.Array(
      Type.Object(
        {
          userGroup: Type.String(),
          people: Figure,
          expected: Figure,
          sharePercent: Share,
          expectedPercent: Share,
          gap: Share,
        },
        closed,
      ),
    ),
  },
  { ...closed, description: 'The cohort’s mix of groups against the population’s: a chi-square test.' },
)

export const Sampled = Type.Object(
  {
    needed: Type.Object({ z: Figure, size: Figure, sizeWithoutPopulation: Figure }, closed),
    margin: Figure,
    mean: Interval,
    representativeness: Nullable(Representativeness),
  },
  closed,
)

export const Sampling = Nullable(Type.Union([Sampled, RefusedPart]))

const PartTotals = Type.Object(counted, closed)

export const Exclusions = Type.Object(
  {
    totals: Type.Object({ all: PartTotals, included: PartTotals, excluded: PartTotals }, closed),
    byRule: Type.Array(Type.Object({ ...counted, rule: Type.String() }, closed), {
      description:
        'What each rule takes out, also of rows that another rule takes out as well. People whom another questionnaire puts above its scale are a rule of their own.',
    }),
    warnings: Type.Array(Said, { description: 'Groups and settings in the rules that nobody has.' }),
  },
  { ...closed, description: 'Totals of all, included and excluded people, and by rule.' },
)
