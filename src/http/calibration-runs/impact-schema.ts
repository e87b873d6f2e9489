// What new amounts would change: who gains and who loses, what moving people there costs month by month, whose amount
// differs by more than the tolerance, and how close amounts come to the workers' own estimates.
import { Type } from '@sinclair/typebox'
import { Nullable, OneOf } from '../../contract/primitives.ts'
import { closed, Figure, Share, Whole } from './figures-schema.ts'

const count = { rows: Whole, people: Figure }
const Count = Type.Object(count, closed)

const effect = {
  ...count,
  higher: Count,
  lower: Count,
  same: Count,
  existing: Figure,
  new: Figure,
  gains: Figure,
  losses: Figure,
  change: Figure,
  changePercent: Share,
  averageExisting: Share,
  averageNew: Share,
  averageExistingWhole: Share,
  averageNewWhole: Share,
  withinRounding: Type.Optional(
    Type.String({
      description: 'In a comparison: what moves those who are counted as the same, by rounding alone.',
    }),
  ),
}
const shares = { shareExisting: Share, shareNew: Share, shareChange: Share }

export const Impact = Type.Object(
  {
    all: Type.Object(effect, closed),
    againstTarget: Nullable(
      Type.Object({ target: Figure, difference: Figure, differencePercent: Share }, closed),
    ),
    groups: Type.Array(
      Type.Object(
        {
          ...effect,
          ...shares,
          userGroup: Type.String(),
          costBands: Type.Array(Type.Object({ ...effect, band: Type.String() }, closed)),
        },
        closed,
      ),
    ),
    pointsBands: Type.Array(
      Type.Object(
        {
          ...effect,
          band: Type.String(),
          deviationExisting: Share,
          deviationNew: Share,
          deviationChange: Share,
        },
        closed,
      ),
    ),
    ageBands: Type.Array(Type.Object({ ...effect, ...shares, ageBand: Nullable(Type.String()) }, closed)),
  },
  {
    $id: 'Impact',
    ...closed,
    description: 'Who gains and who loses: over all, by group and cost band, points band, age band.',
  },
)

const Speed = OneOf('none', 'phased', 'full')

export const Scenario = Type.Object(
  {
    scenario: OneOf('S1', 'S2', 'S3', 'S4', 'S5'),
    gains: Speed,
    losses: Speed,
    lossShare: Type.String({
      pattern: '^[0-9]+(/[0-9]+)?$',
      description: 'The share of the losses that falls into the months costed, as a fraction.',
      examples: ['11/24'],
    }),
    existing: Figure,
    cost: Figure,
    pressure: Figure,
    closedForm: Figure,
    roundingDifference: Figure,
    months: Type.Array(Type.Object({ month: Whole, cost: Figure, pressure: Figure }, closed)),
  },
  {
    $id: 'Scenario',
    ...closed,
    description: 'One way to move people to the new amounts, month by month.',
  },
)

const beyond = { rows: Whole, rowsBeyond: Whole, people: Figure, peopleBeyond: Figure, sharePercent: Share }

export const Reasonableness = Type.Object(
  {
    ...beyond,
    groups: Type.Array(Type.Object({ ...beyond, userGroup: Type.String() }, closed)),
    differences: Type.Array(
      Type.Object(
        {
          ref: Type.String(),
          userGroup: Type.String(),
          existing: Figure,
          new: Figure,
          change: Figure,
          changePercent: Share,
          beyond: Type.Array(OneOf('percent', 'pounds')),
        },
        closed,
      ),
      { description: 'The largest 100, the largest first; the export has all.' },
    ),
  },
  { $id: 'Reasonableness', ...closed, description: 'Whose amount differs by more than the tolerance.' },
)

const Closeness = Type.Object(
  {
    averageDifference: Share,
    averageDistance: Share,
    within10Percent: Share,
    within25Percent: Share,
  },
  closed,
)
const agreement = { ...count, averageEstimate: Share, amounts: Closeness, existing: Closeness }

export const EstimateAgreement = Type.Object(
  { ...agreement, groups: Type.Array(Type.Object({ ...agreement, userGroup: Type.String() }, closed)) },
  {
    $id: 'EstimateAgreement',
    ...closed,
    description: 'How close amounts, and present costs, come to the workers’ own estimates.',
  },
)
