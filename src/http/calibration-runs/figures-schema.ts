// What all figures of a calibration are made of. They are the domain's own types (src/domain/calibration) as they are
// written; a test holds the two together.
import { Type } from '@sinclair/typebox'
import { Nullable, named, OneOf } from '../../contract/primitives.ts'

export const closed = { additionalProperties: false }

/** Money, points, people (by weight) or a share: which, the name says. */
export const FigureText = Type.String({
  $id: 'Figure',
  pattern: '^-?[0-9]+(\\.[0-9]+)?$',
  description: 'A decimal string. Money is pounds a year.',
  examples: ['1885762.00'],
})

export const Figure = named(FigureText)

/** Null where there is nothing to divide by. */
export const Share = Nullable(Figure)

export const Whole = Type.Integer({ minimum: 0 })

export const Said = Type.Object({ code: Type.String(), detail: Type.String() }, closed)

export const Reason = OneOf(
  'cohort-empty',
  'cohort-too-small',
  'points-all-zero',
  'points-all-equal',
  'slope-not-positive',
  'curve-not-rising',
  'budget-not-positive',
  'budget-unreachable',
  'bounds-crossed',
  'parameter-out-of-range',
)

export const Refused = Type.Object(
  {
    code: Type.String(),
    detail: Type.String(),
    errors: Type.Array(
      Type.Object({ pointer: Type.String(), code: Type.String(), detail: Type.String() }, closed),
    ),
  },
  { ...closed, description: 'Why this could not be had; the rest of the run stands.' },
)

/** In place of a part that could not be had. */
export const RefusedPart = Type.Object({ refused: Refused }, closed)
