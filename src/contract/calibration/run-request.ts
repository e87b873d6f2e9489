// What a calibration run may be asked for. Every choice that moves money is a field of its own, so that a stored
// request says everything that its results depend on.
import { type Static, Type } from '@sinclair/typebox'
import { Adjustment } from '../documents/calibration-table.ts'
import { VersionRef } from '../documents/version.ts'
import { BREAKDOWNS, FEWEST_RESAMPLES, MOST_RESAMPLES } from '../limits.ts'
import { Key, Money, Nullable, named, OneOf, Points, Text, Uuid } from '../primitives.ts'
import { closed, Form, type Frozen, Variants } from '../shape.ts'
import { Bounds, CompleteMethod, Method } from './method.ts'

const Share = Type.String({
  pattern: '^-?(0|[1-9][0-9]?)(\\.[0-9]{1,8})?$',
  maxLength: 12,
  expected: 'a share as a decimal string: between -100 and 100, at most eight places',
  examples: ['0.03'],
})
const Fraction = Type.String({
  pattern: '^0\\.[0-9]{1,6}$',
  maxLength: 8,
  expected: 'a fraction below 1 as a decimal string, at most six places',
  examples: ['0.95'],
})

const Contingency = Type.String({
  pattern: '^0(\\.[0-9]{1,8})?$',
  maxLength: 10,
  expected: 'a fraction from 0 to below 1 as a decimal string, at most eight places',
  examples: ['0.2'],
})

export const StatedBudget = Form(
  'StatedBudget',
  { basis: Type.Literal('stated'), amountAnnual: Money },
  'A sum.',
)

export const SpendBudget = Form(
  'SpendBudget',
  { basis: Type.Literal('spend'), uplift: Share, efficiency: Share },
  'What the cohort costs now × (1 + uplift) × (1 − efficiency).',
)

export const Budget = Variants('Budget', 'basis', [StatedBudget, SpendBudget])
export type Budget = Frozen<Static<typeof Budget>>

const Reason = Text(
  2000,
  'Why these people are left out. A table drafted from the run says it to those whom it is not for.',
)

export const WeeklyCostAbove = Form(
  'WeeklyCostAbove',
  {
    rule: Type.Literal('weekly-cost-above'),
    limit: Money,
    weeksPerYear: Type.String({
      pattern: '^5[0-9](\\.[0-9]{1,6})?$',
      maxLength: 9,
      expected: 'weeks in a year as a decimal string: 50 to below 60, at most six places',
      examples: ['52'],
    }),
    reason: Reason,
  },
  'In pounds a week; exactly the limit stays in.',
)

export const UserGroupExclusion = Form('UserGroupExclusion', {
  rule: Type.Literal('user-group'),
  userGroups: Type.Array(Key, { minItems: 1, maxItems: 50 }),
  reason: Reason,
})

export const SettingExclusion = Form('SettingExclusion', {
  rule: Type.Literal('setting'),
  settings: Type.Array(Text(64), { minItems: 1, maxItems: 50 }),
  reason: Reason,
})

export const Exclusion = Variants('Exclusion', 'rule', [
  WeeklyCostAbove,
  UserGroupExclusion,
  SettingExclusion,
])
export type Exclusion = Frozen<Static<typeof Exclusion>>

const bandsBelow = (below: typeof Money | typeof Points) =>
  Type.Array(Type.Object({ label: Text(100), below: Nullable(below) }, closed), {
    minItems: 1,
    maxItems: 50,
    description: 'Each up to but not including its limit, in rising order; the last has none.',
  })
const CostBandList = bandsBelow(Money)
export type BandLimit = Frozen<Static<typeof CostBandList>>[number]

const CostBands = Type.Object(
  {
    all: CostBandList,
    byGroup: Type.Optional(
      Type.Record(Type.String({ maxLength: 64 }), CostBandList, {
        maxProperties: 50,
        additionalProperties: false,
      }),
    ),
  },
  closed,
)
export type CostBandLimits = Frozen<Static<typeof CostBands>>

export const SampleRequest = Form('SampleRequest', {
  confidence: Fraction,
  margin: Type.Unsafe<string>({ ...Fraction, examples: ['0.09'] }),
  population: Nullable(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
  mix: Type.Optional(
    Type.Record(Type.String({ maxLength: 64 }), Type.Integer({ minimum: 0, maximum: 1_000_000_000 }), {
      maxProperties: 50,
      additionalProperties: false,
      description: 'People of each user group in the population.',
    }),
  ),
})
export type SampleRequest = Frozen<Static<typeof SampleRequest>>

export const TrustRequest = Form(
  'TrustRequest',
  {
    seed: Type.Integer({ minimum: 0, maximum: 4_294_967_295 }),
    resamples: Type.Integer({ minimum: FEWEST_RESAMPLES, maximum: MOST_RESAMPLES }),
    crossValidation: Type.Optional(
      Type.Object(
        {
          repeats: Type.Integer({ minimum: 1, maximum: 100 }),
          folds: Type.Integer({ minimum: 2, maximum: 20 }),
        },
        closed,
      ),
    ),
  },
  'Bootstrap bands, cross-validation and leave-one-out for each curve.',
)
export type TrustRequest = Frozen<Static<typeof TrustRequest>>

export const PublishedCells = Form(
  'PublishedCells',
  {
    breakdowns: Type.Array(OneOf(...BREAKDOWNS), {
      minItems: 1,
      maxItems: BREAKDOWNS.length,
      uniqueItems: true,
    }),
    source: Text(500),
    reason: Text(2000),
  },
  'Declares that the council has published these breakdowns of this cohort already: where, and why they may be shown again. The report then shows their cells under 10 in every depth, and says so. Kept with the run.',
)
export type PublishedCells = Frozen<Static<typeof PublishedCells>>

const Months = Type.Integer({ minimum: 1, maximum: 120 })

export const ScenarioRequest = Form('ScenarioRequest', {
  months: Type.Unsafe<number>({
    ...Months,
    description: 'How many months are costed; 12 is the first year.',
  }),
  phase: Type.Object(
    { steps: Months, firstStepMonth: Months },
    {
      ...closed,
      description: 'Equal monthly steps of a phased loss, and the month in which the first takes effect.',
    },
  ),
})
export type ScenarioRequest = Frozen<Static<typeof ScenarioRequest>>

export const Tolerance = Form(
  'Tolerance',
  { percent: Nullable(Points), pounds: Nullable(Money) },
  'Whose amount differs by more than this from today’s cost is listed. Null sets no limit.',
)
export type Tolerance = Frozen<Static<typeof Tolerance>>

const asked = {
  cohortId: Uuid,
  groups: OneOf('all', 'per-group'),
  budget: named(Budget),
}

const alone = {
  questionnaire: Type.Optional(
    Type.Unsafe<VersionRef>({
      ...named(VersionRef),
      description: 'Restates everyone’s points by another questionnaire version; everyone must have answers.',
    }),
  ),
  sampling: Type.Optional(named(SampleRequest)),
  trust: Type.Optional(named(TrustRequest)),
  published: Type.Optional(named(PublishedCells)),
}

/** What is filled in where it is left open. */
const filled = Type.Object({
  neutral: Type.Boolean(),
  bounds: named(Bounds),
  adjustments: Type.Array(named(Adjustment), { maxItems: 20 }),
  contingency: Type.Object({ fraction: Contingency }, closed),
  rounding: Type.Object({ to: OneOf('0.01', '1.00') }, closed),
  exclusions: Type.Array(named(Exclusion), { maxItems: 20 }),
  costBands: CostBands,
  pointsBands: bandsBelow(Points),
  scenarios: named(ScenarioRequest),
  tolerance: named(Tolerance),
})

export const RunRequest = Form('CalibrationRunRequest', {
  ...asked,
  methods: Type.Array(named(Method), { minItems: 1, maxItems: 12 }),
  ...Type.Partial(filled).properties,
  ...alone,
})
export type RunRequest = Frozen<Static<typeof RunRequest>>

/** As stored: what was left open is filled in. */
export const CompleteRequest = Form(
  'CompleteCalibrationRunRequest',
  { ...asked, methods: Type.Array(named(CompleteMethod)), ...filled.properties, ...alone },
  'The request with everything filled in that was left open, and a name for each method.',
)
export type CompleteRequest = Frozen<Static<typeof CompleteRequest>>

/** As computed: what this service calls the cohort is left out. */
export const ComputedRequest = Type.Omit(CompleteRequest, ['cohortId'], {
  $id: 'ComputedCalibrationRunRequest',
  ...closed,
  description:
    'The request as it was computed. The cohort is named by its hash, so the bytes are the same anywhere.',
})
export type ComputedRequest = Frozen<Static<typeof ComputedRequest>>
