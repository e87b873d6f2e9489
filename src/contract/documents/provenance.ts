// Where a calibration table came from, when a calibration run made it: the run, the people it rests on, and how near it
// came to people it was not made from.
import { type Static, Type } from '@sinclair/typebox'
import { Factor, Key, Money, Nullable, named, Points, PolicyDate, Text } from '../primitives.ts'
import { closed, Form, type Frozen } from '../shape.ts'

const Rows = Type.Integer({ minimum: 0, maximum: 1_000_000 })

export const ProvenanceEvidence = Form(
  'ProvenanceEvidence',
  {
    people: Type.String({
      pattern: '^(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?$',
      maxLength: 17,
      expected: 'a number of people as a decimal string: up to 12 digits, at most four places, no sign',
      description: 'By the weights of their rows.',
      examples: ['134'],
    }),
    rows: Rows,
    pointsFrom: Points,
    pointsTo: Points,
    collectedFrom: Nullable(PolicyDate),
    collectedBefore: Nullable(PolicyDate),
  },
  'The people whom the table was made from: how many, from the lowest points above 0 to the highest, rounded outward so that nobody’s own points show, and when they were collected.',
)
export type ProvenanceEvidence = Frozen<Static<typeof ProvenanceEvidence>>

const measures = {
  within10: Factor,
  within25: Factor,
  averageMiss: Money,
  bias: Nullable(
    Type.String({
      pattern: '^-?(0|[1-9][0-9]{0,5})(\\.[0-9]{1,8})?$',
      maxLength: 16,
      expected: 'a share as a decimal string, with a minus sign where it is less',
      examples: ['-0.0008'],
    }),
  ),
}

export const ProvenanceAccuracy = Form(
  'ProvenanceAccuracy',
  {
    ...measures,
    byGroup: Type.Array(Type.Object({ userGroup: Key, rows: Rows, ...measures }, closed), { maxItems: 50 }),
  },
  'How near the method came to people it was not fitted to: the shares within 10% and 25% of their cost, the average miss, and the sum of the misses as a share of all costs. Groups of at least 10 rows are named.',
)
export type ProvenanceAccuracy = Frozen<Static<typeof ProvenanceAccuracy>>

/** Where a table came from, when a calibration run made it. */
export const Provenance = Form('Provenance', {
  calibrationRunId: Text(100),
  method: Text(100),
  cohortHash: Text(100),
  syntheticNote: Type.Optional(
    Text(300, 'How the rows of the cohort were made, where none of them is about a real person.'),
  ),
  parameters: Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,63}$' }), Text(500), {
    maxProperties: 100,
    expectedNames: 'names of 1 to 64 letters and digits, the first a letter',
    additionalProperties: false,
  }),
  engineVersion: Text(50),
  evidence: Type.Optional(named(ProvenanceEvidence)),
  accuracy: Type.Optional(named(ProvenanceAccuracy)),
})
export type Provenance = Frozen<Static<typeof Provenance>>
