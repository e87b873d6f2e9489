// What a council has looked at before it publishes a table: who gains and who loses, equality, and consultation.
import { type Static, Type } from '@sinclair/typebox'
import { ContentHash, PolicyDate, Text, Uuid } from '../primitives.ts'
import { closed, Form, type Frozen, Variants } from '../shape.ts'

/** It is shown, and never fetched. */
const HttpsAddress = Type.String({
  pattern: '^https://[\\x21-\\x7e]+$',
  maxLength: 2000,
  expected: 'an https address of visible ASCII characters, without spaces',
  description: 'An https address. It is shown to readers and never fetched.',
  examples: ['https://council.example/equality.pdf'],
})

export const ImpactReportEvidence = Form(
  'ImpactReportEvidence',
  { kind: Type.Literal('impact-report'), run: Uuid, resultHash: ContentHash },
  'The calibration run whose people the table’s effects are shown on.',
)

export const EqualityAnalysisEvidence = Form('EqualityAnalysisEvidence', {
  kind: Type.Literal('equality-analysis'),
  document: Type.Object(
    {
      title: Text(200),
      sha256: Type.String({
        pattern: '^[0-9a-f]{64}$',
        maxLength: 64,
        expected: '64 digits and letters a to f',
        description: 'SHA-256 over the bytes of the document.',
        examples: ['0'.repeat(64)],
      }),
      address: HttpsAddress,
    },
    closed,
  ),
})

export const ConsultationEvidence = Form(
  'ConsultationEvidence',
  {
    kind: Type.Literal('consultation'),
    from: Type.Optional(PolicyDate),
    before: Type.Optional(PolicyDate),
    address: Type.Optional(HttpsAddress),
    none: Type.Optional(Text(2000, 'Why there was no consultation.')),
  },
  'Either from, before and address together, or none alone.',
)

export const TableEvidence = Variants('TableEvidence', 'kind', [
  ImpactReportEvidence,
  EqualityAnalysisEvidence,
  ConsultationEvidence,
])
export type TableEvidence = Frozen<Static<typeof TableEvidence>>
