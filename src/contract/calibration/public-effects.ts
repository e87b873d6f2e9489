// What everybody may see of who gains and who loses, with a method or by a table: no count under ten, nor what would
// give one away. Each figure is there for the whole and for what people can plan with.
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { Nullable, named, OneOf } from '../primitives.ts'
import { closed, Form, type Frozen } from '../shape.ts'
import { JoinedCharacteristic, JoinedTenth } from './effects.ts'
import { Count, Figure, Share, Whole } from './figures.ts'
import { Scenario } from './impact.ts'

export const PublicEffect = Form(
  'PublicEffect',
  {
    rows: Whole,
    people: Figure,
    higher: Nullable(named(Count)),
    lower: Nullable(named(Count)),
    same: Nullable(named(Count)),
    existing: Figure,
    new: Figure,
    gains: Nullable(Figure),
    losses: Nullable(Figure),
    change: Figure,
    changePercent: Share,
    averageExisting: Share,
    averageNew: Share,
  },
  'Null where a figure would tell a count under 10.',
)
export type PublicEffect = Frozen<Static<typeof PublicEffect>>

const bothSides = {
  whole: named(PublicEffect),
  available: Type.Union([named(PublicEffect), Type.Null()], { description: 'Null where nothing is held.' }),
}

export const PublicGroup = Form('PublicGroupEffect', {
  userGroups: Type.Array(Type.String(), { description: 'Several where small groups are joined.' }),
  title: Type.String(),
  ageDefined: Type.Boolean(),
  ...bothSides,
})
export type PublicGroup = Frozen<Static<typeof PublicGroup>>

export const PublicBand = Form('PublicBandEffect', { band: Type.String(), ...bothSides })
export type PublicBand = Frozen<Static<typeof PublicBand>>

export const PublicAgeBand = Form('PublicAgeBandEffect', { ageBand: Nullable(Type.String()), ...bothSides })
export type PublicAgeBand = Frozen<Static<typeof PublicAgeBand>>

/** A list for the whole, and one for what people can plan with; null where nothing is held. */
function Sides<T extends TSchema>(item: T) {
  return Type.Object({ whole: Type.Array(item), available: Nullable(Type.Array(item)) }, closed)
}

export const PublicEffects = Type.Object(
  {
    sameCountedAs: OneOf('same', 'lower', 'higher'),
    ...bothSides,
    tenths: Sides(named(JoinedTenth)),
    scenarios: Sides(named(Scenario)),
    pointsBands: Type.Array(named(PublicBand)),
    groups: Type.Array(named(PublicGroup)),
    ageBands: Type.Array(named(PublicAgeBand)),
    characteristics: Sides(named(JoinedCharacteristic)),
  },
  {
    ...closed,
    description:
      'sameCountedAs: where those whose amount stays the same are counted, so that no count under 10 is told.',
  },
)
export type PublicEffects = Frozen<Static<typeof PublicEffects>>
