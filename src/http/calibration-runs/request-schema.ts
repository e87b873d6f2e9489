// What a calibration run may be asked for. Every choice that moves money is a field of its own, so that a stored
// request says everything that its results depend on.
import { Type } from '@sinclair/typebox'
import { MOST_RESAMPLES } from '../../domain/calibration/bootstrap.ts'
import { BREAKDOWNS } from '../../domain/calibration/public-impact.ts'
import { Factor, Key, Money, Nullable, OneOf, Points, Text, Uuid, VersionRef } from '../primitives.ts'

const closed = { additionalProperties: false }
const Share = Type.String({
  pattern: '^-?(0|[1-9][0-9]?)(\\.[0-9]{1,8})?$',
  maxLength: 12,
  examples: ['0.03'],
})
const Signed = Type.String({ pattern: '^-?(0|[1-9][0-9]{0,8})(\\.[0-9]{1,8})?$', maxLength: 20 })

const Bounds = Type.Object(
  {
    floor: Type.Optional(Money),
    cap: Type.Optional(Money),
    surplus: Type.Optional(OneOf('redistribute', 'contingency', 'drop')),
  },
  {
    ...closed,
    description: 'Lowest and highest amount a year, and where money goes that the cap keeps from people.',
  },
)

const options = {
  name: Type.Optional(Key),
  neutral: Type.Optional(Type.Boolean({ description: 'Whether the cohort is to get the budget exactly.' })),
  bounds: Type.Optional(Bounds),
}

const Method = Type.Union([
  Type.Object({ method: Type.Literal('fixed'), ...options }, closed),
  Type.Object(
    {
      method: Type.Literal('percentile'),
      mode: Type.Optional(OneOf('tie-mean', 'percent-table', 'excel', 'mid-rank')),
      step: Type.Optional(Type.Unsafe<1 | 2>({ type: 'integer', enum: [1, 2] })),
      ...options,
    },
    closed,
  ),
  Type.Object(
    {
      method: Type.Literal('incremental'),
      reading: Type.Literal('line'),
      floor: Type.Optional(
        Type.Union([Type.Object({ amount: Money }, closed), Type.Object({ pricePerPoint: Money }, closed)]),
      ),
      neutralise: Type.Optional(OneOf('scale', 'shift')),
      ...options,
    },
    closed,
  ),
  Type.Object(
    { method: Type.Literal('incremental'), reading: Type.Literal('rising-price'), ...options },
    closed,
  ),
  Type.Object(
    {
      method: Type.Literal('incremental'),
      reading: Type.Literal('bounded-line'),
      line: Type.Optional(Type.Object({ slope: Signed, intercept: Signed }, closed)),
      floorPrice: Type.Optional(Signed),
      ceilingPrice: Type.Optional(Signed),
      ...options,
    },
    closed,
  ),
  Type.Object({ method: Type.Literal('isotonic'), ...options }, closed),
])

const Bands = (below: typeof Money | typeof Points) =>
  Type.Array(Type.Object({ label: Text(100), below: Nullable(below) }, closed), {
    minItems: 1,
    maxItems: 50,
    description: 'Each up to but not including its limit, in rising order; the last has none.',
  })

const Exclusion = Type.Union([
  Type.Object(
    {
      rule: Type.Literal('weekly-cost-above'),
      limit: Money,
      weeksPerYear: Type.String({ pattern: '^5[0-9](\\.[0-9]{1,6})?$', maxLength: 9 }),
    },
    closed,
  ),
  Type.Object(
    { rule: Type.Literal('user-group'), userGroups: Type.Array(Key, { minItems: 1, maxItems: 50 }) },
    closed,
  ),
  Type.Object(
    { rule: Type.Literal('setting'), settings: Type.Array(Text(64), { minItems: 1, maxItems: 50 }) },
    closed,
  ),
])

const Adjustment = Type.Object(
  {
    name: Text(200),
    kind: OneOf('inflation', 'efficiency', 'local-cost'),
    factor: Factor,
    reason: Text(2000),
  },
  closed,
)

const Sampling = Type.Object(
  {
    confidence: Type.String({ pattern: '^0\\.[0-9]{1,6}$', maxLength: 8, examples: ['0.95'] }),
    margin: Type.String({ pattern: '^0\\.[0-9]{1,6}$', maxLength: 8, examples: ['0.09'] }),
    population: Nullable(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
    mix: Type.Optional(
      Type.Record(Type.String({ maxLength: 64 }), Type.Integer({ minimum: 0, maximum: 1_000_000_000 }), {
        maxProperties: 50,
        additionalProperties: false,
        description: 'People of each user group in the population.',
      }),
    ),
  },
  closed,
)

const Trust = Type.Object(
  {
    seed: Type.Integer({ minimum: 0, maximum: 4_294_967_295 }),
    resamples: Type.Integer({ minimum: 1000, maximum: MOST_RESAMPLES }),
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
  { ...closed, description: 'Bootstrap bands, cross-validation and leave-one-out for each curve.' },
)

const PublishedCells = Type.Object(
  {
    breakdowns: Type.Array(OneOf(...BREAKDOWNS), {
      minItems: 1,
      maxItems: BREAKDOWNS.length,
      uniqueItems: true,
    }),
    source: Text(500),
    reason: Text(2000),
  },
  {
    ...closed,
    description:
      'Declares that the council has published these breakdowns of this cohort already: where, and why they may be shown again. The report then shows their cells under 10 in every depth, and says so. Kept with the run.',
  },
)

const Months = Type.Integer({ minimum: 1, maximum: 120 })

export const CalibrationRunRequest = Type.Object(
  {
    cohortId: Uuid,
    questionnaire: Type.Optional(VersionRef),
    groups: OneOf('all', 'per-group'),
    budget: Type.Union([
      Type.Object({ stated: Money }, closed),
      Type.Object({ uplift: Share, efficiency: Share }, closed),
    ]),
    methods: Type.Array(Method, { minItems: 1, maxItems: 12 }),
    neutral: Type.Optional(Type.Boolean()),
    bounds: Type.Optional(Bounds),
    adjustments: Type.Optional(Type.Array(Adjustment, { maxItems: 20 })),
    contingency: Type.Optional(
      Type.Object({ fraction: Type.String({ pattern: '^0(\\.[0-9]{1,8})?$', maxLength: 10 }) }, closed),
    ),
    rounding: Type.Optional(Type.Object({ to: OneOf('0.01', '1.00') }, closed)),
    exclusions: Type.Optional(Type.Array(Exclusion, { maxItems: 20 })),
    costBands: Type.Optional(
      Type.Object(
        {
          all: Bands(Money),
          byGroup: Type.Optional(
            Type.Record(Type.String({ maxLength: 64 }), Bands(Money), {
              maxProperties: 50,
              additionalProperties: false,
            }),
          ),
        },
        closed,
      ),
    ),
    pointsBands: Type.Optional(Bands(Points)),
    scenarios: Type.Optional(
      Type.Object(
        { months: Months, phase: Type.Object({ steps: Months, firstStepMonth: Months }, closed) },
        closed,
      ),
    ),
    tolerance: Type.Optional(
      Type.Object(
        { percent: Nullable(Points), pounds: Nullable(Money) },
        {
          ...closed,
          description: 'Whose amount differs by more than this from today’s cost is listed.',
        },
      ),
    ),
    sampling: Type.Optional(Sampling),
    trust: Type.Optional(Trust),
    published: Type.Optional(PublishedCells),
  },
  { $id: 'CalibrationRunRequest', ...closed },
)

/** As stored: what was left open is filled in. */
export const CompleteRunRequest = Type.Record(Type.String(), Type.Unknown(), {
  description: 'The request with everything filled in that was left open, and a name for each method.',
})
