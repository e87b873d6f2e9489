// How new amounts fall on people: by tenth of present cost, by characteristic, along the curve, and how sure an amount
// is for somebody whom the table has not seen.
import { type Static, Type } from '@sinclair/typebox'
import { CHANGE_CLASSES } from '../limits.ts'
import { Nullable, named, OneOf } from '../primitives.ts'
import { closed, Form, type Frozen } from '../shape.ts'
import { Count, Figure, Share, Whole } from './figures.ts'

const counted = { rows: Whole, people: Figure }
const money = { existing: Figure, new: Figure }

export const ChangeClasses = Form(
  'ChangeClasses',
  {
    muchMore: named(Count),
    more: named(Count),
    same: named(Count),
    less: named(Count),
    muchLess: named(Count),
    withoutCost: named(Count),
  },
  'People by (new − present) ÷ present: more than 25% more, 5 to 25% more, within 5%, 5 to 25% less, more than 25% less. People without a present cost are a class of their own.',
)

export const Tenth = Form(
  'Tenth',
  {
    tenth: Type.Integer({
      minimum: 1,
      maximum: 10,
      description: '1 is the cheapest tenth now, 10 the dearest.',
    }),
    ...counted,
    ...money,
    classes: named(ChangeClasses),
  },
  'A tenth of the people by present cost. People of one cost stand together, in the tenth of the middle of their share.',
)
export type Tenth = Frozen<Static<typeof Tenth>>

const LosingOverQuarter = Type.Object(
  { ...counted, sharePercent: Share },
  { ...closed, description: 'People who would lose more than a quarter of their present cost.' },
)

const valueEffect = { ...counted, ...money, change: Figure, changePercent: Share, averageChange: Share }

export const ValueEffect = Form('CharacteristicValueEffect', {
  key: Nullable(Type.String({ description: 'Null stands for people of whom it is not known.' })),
  title: Type.String(),
  ...valueEffect,
  losingOverQuarter: LosingOverQuarter,
})

export const CharacteristicEffect = Form(
  'CharacteristicEffect',
  { key: Type.String(), title: Type.String(), values: Type.Array(named(ValueEffect)) },
  'What would change for people of each value of a characteristic.',
)
export type CharacteristicEffect = Frozen<Static<typeof CharacteristicEffect>>

export const Marginal = Form(
  'MarginalPrice',
  { from: Figure, to: Figure, poundsPerPoint: Figure },
  'What a further point is worth a year between two points values.',
)
export type Marginal = Frozen<Static<typeof Marginal>>

export const CurveMarginal = Form('CurveMarginal', {
  curve: Type.Integer({ minimum: 0, description: 'The place of the curve among curves, from 0.' }),
  stretches: Type.Array(named(Marginal)),
})
export type CurveMarginal = Frozen<Static<typeof CurveMarginal>>

export const Cliff = Form(
  'Cliff',
  {
    curve: Type.Integer({ minimum: 0, description: 'The place of the curve among curves, from 0.' }),
    atPoints: Figure,
    kind: OneOf('step', 'steep'),
    riseAnnual: Figure,
  },
  'Where a little more need brings much more money: a rising step, or a stretch whose £ a point is over three times each neighbour’s.',
)
export type Cliff = Frozen<Static<typeof Cliff>>

/** What the public sees of who gains and who loses: counts under 10 joined with others, or null. */
export const JoinedClasses = Form('JoinedChangeClasses', {
  classes: Type.Array(OneOf(...CHANGE_CLASSES)),
  ...counted,
})
export type JoinedClasses = Frozen<Static<typeof JoinedClasses>>

export const JoinedTenth = Form(
  'JoinedTenth',
  {
    from: Type.Integer(),
    to: Type.Integer(),
    ...counted,
    ...money,
    classes: Type.Array(named(JoinedClasses)),
  },
  'Neighbouring tenths, joined until each count may be shown.',
)
export type JoinedTenth = Frozen<Static<typeof JoinedTenth>>

export const JoinedValue = Form('JoinedCharacteristicValue', {
  keys: Type.Array(Nullable(Type.String())),
  title: Type.String(),
  ...valueEffect,
  losingOverQuarter: Nullable(LosingOverQuarter),
})
export type JoinedValue = Frozen<Static<typeof JoinedValue>>

export const JoinedCharacteristic = Form(
  'JoinedCharacteristic',
  { key: Type.String(), title: Type.String(), values: Type.Array(named(JoinedValue)) },
  'Values with few people are joined; losingOverQuarter is null where it would tell a count under 10.',
)
export type JoinedCharacteristic = Frozen<Static<typeof JoinedCharacteristic>>
