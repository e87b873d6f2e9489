// The methods that a cohort may be calibrated by, each told by its name, and what may be said of any of them.
import { type Static, type TProperties, Type } from '@sinclair/typebox'
import { Key, Money, named, OneOf } from '../primitives.ts'
import { closed, Form, type Frozen, Variants } from '../shape.ts'

const Signed = Type.String({
  pattern: '^-?(0|[1-9][0-9]{0,8})(\\.[0-9]{1,8})?$',
  maxLength: 20,
  expected: 'a decimal string: up to 9 digits, at most eight places, with a minus sign where it is less',
  examples: ['-250.00'],
})

/** Where money goes that a cap keeps from people: to others, to a fund for individual costing, or nowhere. */
export const Surplus = OneOf('redistribute', 'contingency', 'drop')
export type Surplus = Static<typeof Surplus>

export const Bounds = Form(
  'CalibrationBounds',
  { floor: Type.Optional(Money), cap: Type.Optional(Money), surplus: Type.Optional(Surplus) },
  'Lowest and highest amount a year, and where money goes that the cap keeps from people.',
)
export type Bounds = Frozen<Static<typeof Bounds>>

export const CompleteBounds = Form('CompleteCalibrationBounds', { ...Bounds.properties, surplus: Surplus })

export const AmountFloor = Form(
  'AmountFloor',
  { kind: Type.Literal('amount'), amountAnnual: Money },
  'Nobody gets less than this.',
)

export const PriceFloor = Form(
  'PriceFloor',
  { kind: Type.Literal('price'), pricePerPoint: Money },
  'Nobody gets less than this for each point.',
)

export const LineFloor = Variants('LineFloor', 'kind', [AmountFloor, PriceFloor])

export const PercentileMode = OneOf('tie-mean', 'percent-table', 'excel', 'mid-rank')
export type PercentileMode = Static<typeof PercentileMode>

const percentile = {
  mode: Type.Optional(PercentileMode),
  step: Type.Optional(
    Type.Unsafe<1 | 2>({
      type: 'integer',
      enum: [1, 2],
      description: 'Per cent between two nodes of percent-table; 1 unless said.',
    }),
  ),
}

const line = {
  floor: Type.Optional(named(LineFloor)),
  neutralise: Type.Optional(
    Type.Unsafe<'scale' | 'shift'>({
      ...OneOf('scale', 'shift'),
      description:
        'What brings the total back to the budget: the whole curve scaled (unless said), or the line moved up or down.',
    }),
  ),
}

const boundedLine = {
  line: Type.Optional(Type.Object({ slope: Signed, intercept: Signed }, closed)),
  floorPrice: Type.Optional(Signed),
  ceilingPrice: Type.Optional(Signed),
}

/** A form for each method. `prefix` begins their names; `beside` is what may be said of any of them. */
function formsOf<T extends TProperties>(prefix: string, beside: T) {
  const form = <N extends string, O extends TProperties>($id: string, method: N, own: O) =>
    Form(`${prefix}${$id}`, { method: Type.Literal(method), ...own, ...beside })
  return [
    form('FixedMethod', 'fixed', {}),
    form('PercentileMethod', 'percentile', percentile),
    form('LineMethod', 'line', line),
    form('RisingPriceMethod', 'rising-price', {}),
    form('BoundedLineMethod', 'bounded-line', boundedLine),
    form('IsotonicMethod', 'isotonic', {}),
  ] as const
}

/** Decimal strings: pounds, and pounds a point. What is not given is fitted to the cohort. */
const bare = formsOf('', {})
const Bare = Variants('Method', 'method', bare)
/** What decides the curve: the method with its own options. */
export type MethodRequest = Frozen<Static<typeof Bare>>

export const METHOD_FORMS = formsOf('', {
  name: Type.Optional(Key),
  neutral: Type.Optional(Type.Boolean({ description: 'Whether the cohort is to get the budget exactly.' })),
  bounds: Type.Optional(named(Bounds)),
})

export const Method = Variants('Method', 'method', METHOD_FORMS, {
  description:
    'What is not said of a method is as for the whole run. Without a name it is called by its method, Percentile by its mode too: percentile-tie-mean.',
})
export type Method = Frozen<Static<typeof Method>>

export const COMPLETE_METHOD_FORMS = formsOf('Complete', {
  name: Type.String({ description: 'How the other resources of the run call this method.' }),
  neutral: Type.Boolean(),
  bounds: named(CompleteBounds),
})

export const CompleteMethod = Variants('CompleteMethod', 'method', COMPLETE_METHOD_FORMS, {
  description: 'A method as it was computed.',
})
export type CompleteMethod = Frozen<Static<typeof CompleteMethod>>
