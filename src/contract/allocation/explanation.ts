// The explanation of an allocation: one sheet to read first, then sentences in named sections, each with the figures it
// rests on.
import { type Static, Type } from '@sinclair/typebox'
import { Nullable, named, OneOf, Text, Uuid } from '../primitives.ts'
import { Form, type Frozen } from '../shape.ts'

const figures = Type.Optional(Type.Record(Type.String(), Type.String()))

/** In the order in which they are read: the figure and what must be known of it first. */
export const SheetPart = OneOf('figure', 'how', 'decides', 'disagree', 'check')
export type SheetPart = Static<typeof SheetPart>

/** A paragraph or two of the sheet; the first part has no heading. */
export const ExplanationPart = Form('ExplanationPart', {
  part: SheetPart,
  title: Nullable(Text(200)),
  text: Text(20000),
  figures,
})
export type ExplanationPart = Frozen<Static<typeof ExplanationPart>>

/** In the order in which they are read. */
export const ExplanationSection = OneOf(
  'answers',
  'unpaid-support',
  'total',
  'table',
  'sum',
  'contingency',
  'changes',
  'check',
  'supersession',
)
export type ExplanationSection = Static<typeof ExplanationSection>

/** One or more full sentences, and the decimal strings, keys and hashes they rest on. */
export const ExplanationLine = Form('ExplanationLine', {
  section: ExplanationSection,
  told: Type.Unsafe<'sentence' | 'row'>({
    ...OneOf('sentence', 'row'),
    description: 'A row stands in a table of the page, and as a sentence in every other form.',
  }),
  text: Text(5000),
  figures,
})
export type ExplanationLine = Frozen<Static<typeof ExplanationLine>>

export const Explanation = Form('Explanation', {
  allocationId: Uuid,
  title: Text(500),
  short: Type.Array(named(ExplanationPart), { description: 'The sheet that is read first: one page.' }),
  lines: Type.Array(named(ExplanationLine)),
})
export type Explanation = Frozen<Static<typeof Explanation>>
