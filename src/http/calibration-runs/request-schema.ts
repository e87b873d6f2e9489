// What a calibration run may be asked for. Every choice that moves money is a field of its own, so that a stored
// request says everything that its results depend on.

import { type SchemaOptions, type TProperties, Type } from '@sinclair/typebox'
import { Adjustment } from '../../contract/documents/calibration-table.ts'
import { VersionRef } from '../../contract/documents/version.ts'
import { Key, Money, Nullable, named, OneOf, Points, Text, Uuid } from '../../contract/primitives.ts'
import { MOST_RESAMPLES } from '../../domain/calibration/trust/bootstrap.ts'
import { BREAKDOWNS } from '../../domain/disclosure/may-show.ts'

const closed = { additionalProperties: false }
const Share = Type.String({
  pattern: '^-?(0|[1-9][0-9]?)(\\.[0-9]{1,8})?$',
  maxLength: 12,
  expected: 'a share as a decimal string: between -100 and 100, at most eight places',
  examples: ['0.03'],
})
const Signed = Type.String({
  pattern: '^-?(0|[1-9][0-9]{0,8})(\\.[0-9]{1,8})?$',
  maxLength: 20,
  expected: 'a decimal string: up to 9 digits, at most eight places, with a minus sign where it is less',
  examples: ['-250.00'],
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

const Surplus = OneOf('redistribute', 'contingency', 'drop')

const Bounds = Type.Object(
  {
    floor: Type.Optional(Money),
    cap: Type.Optional(Money),
    surplus: Type.Optional(Surplus),
  },
  {
    ...closed,
    description: 'Lowest and highest amount a year, and where money goes that the cap keeps from people.',
  },
)

/** The methods, each with what else may be said of it. */
function methodForms<T extends TProperties>(beside: T, naming: SchemaOptions = {}) {
  return Type.Union(
    [
      Type.Object({ method: Type.Literal('fixed'), ...beside }, closed),
      Type.Object(
        {
          method: Type.Literal('percentile'),
          mode: Type.Optional(OneOf('tie-mean', 'percent-table', 'excel', 'mid-rank')),
          step: Type.Optional(Type.Unsafe<1 | 2>({ type: 'integer', enum: [1, 2] })),
          ...beside,
        },
        closed,
      ),
      Type.Object(
        {
          method: Type.Literal('line'),
          floor: Type.Optional(
            Type.Union([
              Type.Object({ kind: Type.Literal('amount'), amountAnnual: Money }, closed),
              Type.Object({ kind: Type.Literal('price'), pricePerPoint: Money }, closed),
            ]),
          ),
          neutralise: Type.Optional(OneOf('scale', 'shift')),
          ...beside,
        },
        closed,
      ),
      Type.Object({ method: Type.Literal('rising-price'), ...beside }, closed),
      Type.Object(
        {
          method: Type.Literal('bounded-line'),
          line: Type.Optional(Type.Object({ slope: Signed, intercept: Signed }, closed)),
          floorPrice: Type.Optional(Signed),
          ceilingPrice: Type.Optional(Signed),
          ...beside,
        },
        closed,
      ),
      Type.Object({ method: Type.Literal('isotonic'), ...beside }, closed),
    ],
    naming,
  )
}

const Method = methodForms({
  name: Type.Optional(Key),
  neutral: Type.Optional(Type.Boolean({ description: 'Whether the cohort is to get the budget exactly.' })),
  bounds: Type.Optional(Bounds),
})

/** A method as it was computed. */
export const CompleteMethod = methodForms(
  {
    name: Type.String({ description: 'How the other resources of the run call this method.' }),
    neutral: Type.Boolean(),
    bounds: Type.Object({ ...Bounds.properties, surplus: Surplus }, closed),
  },
  { $id: 'CompleteCalibrationMethod' },
)

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
      weeksPerYear: Type.String({
        pattern: '^5[0-9](\\.[0-9]{1,6})?$',
        maxLength: 9,
        expected: 'weeks in a year as a decimal string: 50 to below 60, at most six places',
        examples: ['52'],
      }),
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

const Sampling = Type.Object(
  {
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

const asked = {
  cohortId: Uuid,
  groups: OneOf('all', 'per-group'),
  budget: Type.Union([
    Type.Object({ basis: Type.Literal('stated'), amountAnnual: Money }, closed),
    Type.Object({ basis: Type.Literal('spend'), uplift: Share, efficiency: Share }, closed),
  ]),
}

const alone = {
  questionnaire: Type.Optional(named(VersionRef)),
  sampling: Type.Optional(Sampling),
  trust: Type.Optional(Trust),
  published: Type.Optional(PublishedCells),
}

/** What is filled in where it is left open. */
const filled = Type.Object({
  neutral: Type.Boolean(),
  bounds: Bounds,
  adjustments: Type.Array(named(Adjustment), { maxItems: 20 }),
  contingency: Type.Object({ fraction: Contingency }, closed),
  rounding: Type.Object({ to: OneOf('0.01', '1.00') }, closed),
  exclusions: Type.Array(Exclusion, { maxItems: 20 }),
  costBands: Type.Object(
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
  pointsBands: Bands(Points),
  scenarios: Type.Object(
    { months: Months, phase: Type.Object({ steps: Months, firstStepMonth: Months }, closed) },
    closed,
  ),
  tolerance: Type.Object(
    { percent: Nullable(Points), pounds: Nullable(Money) },
    { ...closed, description: 'Whose amount differs by more than this from today’s cost is listed.' },
  ),
})

export const CalibrationRunRequest = Type.Object(
  {
    ...asked,
    methods: Type.Array(Method, { minItems: 1, maxItems: 12 }),
    ...Type.Partial(filled).properties,
    ...alone,
  },
  { $id: 'CalibrationRunRequest', ...closed },
)

/** As stored: what was left open is filled in. */
export const CompleteRunRequest = Type.Object(
  { ...asked, methods: Type.Array(named(CompleteMethod)), ...filled.properties, ...alone },
  {
    $id: 'CompleteCalibrationRunRequest',
    ...closed,
    description: 'The request with everything filled in that was left open, and a name for each method.',
  },
)

/** As computed: what this service calls the cohort is left out. */
export const ComputedRunRequest = Type.Omit(CompleteRunRequest, ['cohortId'], {
  $id: 'ComputedCalibrationRunRequest',
  ...closed,
  description:
    'The request as it was computed. The cohort is named by its hash, so the bytes are the same anywhere.',
})
