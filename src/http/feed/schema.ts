// The feed: every event of an authority once, in one order, under contiguous indices.
import { Type } from '@sinclair/typebox'
import { Instant, Nullable, OneOf, Uuid } from '../../contract/primitives.ts'

export const EVENT_KINDS = [
  'assessment-allocated',
  'assessment-corrected',
  'questionnaire-drafted',
  'questionnaire-published',
  'calibration-table-drafted',
  'calibration-table-published',
  'cohort-uploaded',
  'cohort-part-added',
  'cohort-sealed',
  'calibration-run-requested',
  'calibration-run-finished',
  'calibration-run-cancelled',
] as const

export const FeedQuery = Type.Object(
  {
    after: Type.Integer({
      minimum: -1,
      maximum: Number.MAX_SAFE_INTEGER,
      default: -1,
      description: 'The last index already read; −1 to begin.',
    }),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
    kind: Type.Optional(OneOf(...EVENT_KINDS)),
  },
  { additionalProperties: false },
)

export const FeedItem = Type.Object(
  {
    logIndex: Type.Integer({ minimum: 0 }),
    eventId: Uuid,
    kind: OneOf(...EVENT_KINDS),
    at: Instant,
    leafHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    content: Nullable(
      Type.Record(Type.String(), Type.Unknown(), {
        description:
          'The event’s content: the recorded assessment and allocation, without supersededBy and correctedBy (what supersedes them comes as an event of its own, which names them as supersedes and corrects); the document version; or what is told of a cohort or calibration run (counts and hashes, under calibration:write, and never its rows). Null where the reader’s scopes or the kind filter leave the item bare, and after erasure.',
      }),
    ),
    withheld: Nullable(OneOf('kind-filter', 'scope', 'erased')),
  },
  { $id: 'FeedItem', additionalProperties: false },
)

export const FeedPage = Type.Object(
  {
    data: Type.Array(Type.Unsafe({ $ref: 'FeedItem#' })),
    nextAfter: Type.Integer({ minimum: -1, description: 'Send it as after for what follows.' }),
    head: Type.Integer({ minimum: -1, description: 'The newest index of the log; −1 while it is empty.' }),
  },
  { $id: 'FeedPage', additionalProperties: false },
)
