// What questionnaires and calibration tables have in common: the life of a version, and how versions are listed.
import { Type } from '@sinclair/typebox'
import { ContentHash, Instant, Key, Nullable, OneOf, page, Text, Version } from '../../contract/primitives.ts'

export const Lifecycle = Type.Object(
  {
    status: OneOf('draft', 'published'),
    revision: Type.Integer({ minimum: 1, description: 'Counts every edit; the ETag stands for it.' }),
    draftedBy: Type.Array(Type.String(), {
      description: 'Every subject who drafted a revision; none of them may publish.',
    }),
    draftedAt: Instant,
    publishedBy: Nullable(Type.String()),
    publishedAt: Nullable(Instant),
    flags: Type.Array(Text(500), {
      description: 'What publication points out, such as a curve of its own for a group defined by age.',
    }),
  },
  { additionalProperties: false },
)

/** Outside the content hash, and gone with publication. */
export const DraftFaults = Type.Optional(
  Type.Array(
    Type.Object(
      { pointer: Type.String(), code: Type.String(), detail: Type.String() },
      { additionalProperties: false },
    ),
    {
      description:
        'Drafts only: all that publication would refuse, on the day of the answer. The ETag stands for the draft and not for these.',
    },
  ),
)

export const VersionSummary = Type.Object(
  {
    key: Key,
    version: Version,
    title: Text(200),
    status: OneOf('draft', 'published'),
    revision: Type.Integer({ minimum: 1 }),
    contentHash: Nullable(ContentHash),
    publishedAt: Nullable(Instant),
  },
  { $id: 'VersionSummary', additionalProperties: false },
)

export const VersionPage = page('VersionPage', Type.Unsafe({ $ref: 'VersionSummary#' }))

export const VersionParams = Type.Object({ key: Key, version: Version })

export const PublicationBody = Type.Object({}, { $id: 'Publication', additionalProperties: false })
