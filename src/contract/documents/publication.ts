// What a publisher of a calibration table says they have seen, so that nobody publishes past a warning or another report.
import { type Static, Type } from '@sinclair/typebox'
import { Key, Nullable } from '../primitives.ts'
import { closed, Form, type Frozen } from '../shape.ts'

export const Sha256 = Type.String({
  pattern: '^[0-9a-f]{64}$',
  maxLength: 64,
  expected: '64 digits and letters a to f',
  description: 'SHA-256 over the bytes of a report, which is its ETag too.',
  examples: ['0'.repeat(64)],
})

export const ReportHashes = Type.Object(
  { impact: Sha256, equality: Nullable(Sha256) },
  { ...closed, description: 'The two reports by their hashes; equality null where there is none.' },
)
export type ReportHashes = Frozen<Static<typeof ReportHashes>>

export const TablePublication = Form('TablePublication', {
  acknowledges: Type.Optional(
    Type.Array(Key, {
      maxItems: 100,
      description:
        'The codes of the warnings that the publisher has seen. Those that are not raised are ignored.',
    }),
  ),
  reports: Type.Optional(ReportHashes),
})
export type TablePublication = Frozen<Static<typeof TablePublication>>

/** The same as it is kept. */
export type Seen = {
  readonly acknowledges: readonly string[]
  readonly reports: ReportHashes | null
}
