// The explanation of an allocation: sentences in named sections, each with the figures it rests on.
import { type Static, Type } from '@sinclair/typebox'
import { named, OneOf, Text, Uuid } from '../primitives.ts'
import { Form, type Frozen } from '../shape.ts'

/** In the order in which they are read. */
export const ExplanationSection = OneOf(
  'summary',
  'answers',
  'unpaid-support',
  'total',
  'table',
  'sum',
  'contingency',
  'changes',
  'challenge',
  'supersession',
)
export type ExplanationSection = Static<typeof ExplanationSection>

/** One or more full sentences, and the decimal strings, keys and hashes they rest on. */
export const ExplanationLine = Form('ExplanationLine', {
  section: ExplanationSection,
  text: Text(5000),
  figures: Type.Optional(Type.Record(Type.String(), Type.String())),
})
export type ExplanationLine = Frozen<Static<typeof ExplanationLine>>

export const Explanation = Form('Explanation', {
  allocationId: Uuid,
  title: Text(500),
  lines: Type.Array(named(ExplanationLine)),
})
export type Explanation = Frozen<Static<typeof Explanation>>
