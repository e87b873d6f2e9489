// What new amounts would change: who gains and who loses, what moving people there costs month by month, whose amount
// differs by more than the tolerance, and how close amounts come to the workers' own estimates.
import { type Static, Type } from '@sinclair/typebox'
import { Nullable, named, OneOf } from '../primitives.ts'
import { closed, Form, type Frozen } from '../shape.ts'
import { Count, Figure, Share, Whole } from './figures.ts'

const count = { rows: Whole, people: Figure }

const effect = {
  ...count,
  higher: named(Count),
  lower: named(Count),
  same: named(Count),
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

export const Effect = Form(
  'Effect',
  effect,
  'Averages are of people, rounded once, to the penny and (Whole) to the pound.',
)
export type Effect = Frozen<Static<typeof Effect>>

const Shares = Type.Object(shares)
/** A part's share of all money before and after, in per cent, and the difference in percentage points. */
export type Shares = Frozen<Static<typeof Shares>>

export const BandEffect = Form('BandEffect', { ...effect, band: Type.String() })
export type BandEffect = Frozen<Static<typeof BandEffect>>

const GroupEffect = Type.Object(
  { ...effect, ...shares, userGroup: Type.String(), costBands: Type.Array(named(BandEffect)) },
  closed,
)
export type GroupEffect = Frozen<Static<typeof GroupEffect>>

const PointsBandEffect = Type.Object(
  {
    ...effect,
    band: Type.String(),
    deviationExisting: Share,
    deviationNew: Share,
    deviationChange: Share,
  },
  {
    ...closed,
    description:
      'Deviations: how far apart people of like points stand, before and after, and how far they would move.',
  },
)
export type PointsBandEffect = Frozen<Static<typeof PointsBandEffect>>

const AgeBandEffect = Type.Object({ ...effect, ...shares, ageBand: Nullable(Type.String()) }, closed)
export type AgeBandEffect = Frozen<Static<typeof AgeBandEffect>>

const AgainstTarget = Type.Object({ target: Figure, difference: Figure, differencePercent: Share }, closed)
export type AgainstTarget = Frozen<Static<typeof AgainstTarget>>

export const Impact = Form(
  'Impact',
  {
    all: named(Effect),
    againstTarget: Nullable(AgainstTarget),
    groups: Type.Array(GroupEffect),
    pointsBands: Type.Array(PointsBandEffect),
    ageBands: Type.Array(AgeBandEffect),
  },
  'Who gains and who loses: over all, by group and cost band, points band, age band.',
)
export type Impact = Frozen<Static<typeof Impact>>

const Speed = OneOf('none', 'phased', 'full')

export const Scenario = Form(
  'Scenario',
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
  'One way to move people to the new amounts, month by month. Pressure is the cost above what people have now; roundingDifference is the cost from people’s months less the closed form.',
)
export type Scenario = Frozen<Static<typeof Scenario>>

const Difference = Type.Object(
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
)
export type Difference = Frozen<Static<typeof Difference>>

const beyond = { rows: Whole, rowsBeyond: Whole, people: Figure, peopleBeyond: Figure, sharePercent: Share }

const GroupReasonableness = Type.Object({ ...beyond, userGroup: Type.String() }, closed)
export type GroupReasonableness = Frozen<Static<typeof GroupReasonableness>>

export const Reasonableness = Form(
  'Reasonableness',
  {
    ...beyond,
    groups: Type.Array(GroupReasonableness),
    differences: Type.Array(Difference, {
      description: 'The largest 100, the largest first; the export has all.',
    }),
  },
  'Whose amount differs by more than the tolerance.',
)
export type Reasonableness = Frozen<Static<typeof Reasonableness>>

export const Closeness = Form('Closeness', {
  averageDifference: Share,
  averageDistance: Share,
  within10Percent: Share,
  within25Percent: Share,
})
export type Closeness = Frozen<Static<typeof Closeness>>

const agreement = {
  ...count,
  averageEstimate: Share,
  amounts: named(Closeness),
  existing: named(Closeness),
}

const Agreement = Type.Object(agreement, closed)
export type Agreement = Frozen<Static<typeof Agreement>>

export const EstimateAgreement = Form(
  'EstimateAgreement',
  { ...agreement, groups: Type.Array(Type.Object({ ...agreement, userGroup: Type.String() }, closed)) },
  'How close amounts, and present costs, come to the workers’ own estimates.',
)
export type EstimateAgreement = Frozen<Static<typeof EstimateAgreement>>
