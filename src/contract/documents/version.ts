// What questionnaires and calibration tables have in common: how a version is named, its life, and how versions are
// listed.
import { type Static, Type } from '@sinclair/typebox'
import {
  ContentHash,
  Instant,
  Key,
  listed,
  Nullable,
  named,
  OneOf,
  page,
  Text,
  Version,
} from '../primitives.ts'
import { Fault } from '../problem.ts'
import { closed, Form, type Frozen } from '../shape.ts'
import { Warning } from './warning.ts'

export const VersionRef = Form('VersionRef', { key: Key, version: Version })
export type VersionRef = Frozen<Static<typeof VersionRef>>

/** A published version and the hash of its canonical bytes. */
export const PublishedRef = Form('PublishedRef', { ...VersionRef.properties, contentHash: ContentHash })
export type PublishedRef = Frozen<Static<typeof PublishedRef>>

const Warnings = Type.Array(named(Warning), {
  description: 'What its publisher had to acknowledge; empty for a draft, whose warnings stand beside it.',
})

export const Withdrawal = Form(
  'Withdrawal',
  {
    askedBy: Type.String(),
    askedAt: Instant,
    reason: Text(2000),
    confirmedBy: Nullable(Type.String()),
    confirmedAt: Nullable(Instant),
  },
  'Asked by one person. It takes effect when another confirms it.',
)

const Status = OneOf('draft', 'published', 'withdrawn')

export const Lifecycle = Form('Lifecycle', {
  status: Status,
  revision: Type.Integer({ minimum: 1, description: 'Counts every edit; the ETag stands for it.' }),
  draftedBy: Type.Array(Type.String(), {
    description: 'Every subject who drafted a revision; none of them may publish.',
  }),
  draftedAt: Instant,
  publishedBy: Nullable(Type.String()),
  publishedAt: Nullable(Instant),
  warnings: Warnings,
  withdrawal: Nullable(named(Withdrawal)),
})

export const PublicWithdrawal = Form('PublicWithdrawal', {
  reason: Text(2000),
  askedAt: Instant,
  confirmedAt: Instant,
})

/** All that the public is told of a version's life: not who drafted or published it. */
export const PublicLifecycle = Form('PublicLifecycle', {
  status: OneOf('published', 'withdrawn'),
  publishedAt: Instant,
  warnings: Warnings,
  withdrawal: Nullable(named(PublicWithdrawal)),
})

/** What stands beside the content of a version, outside its hash. */
export const beside = {
  contentHash: Nullable(ContentHash),
  lifecycle: named(Lifecycle),
  faults: Type.Optional(
    Type.Array(named(Fault), {
      description:
        'Drafts only: all that publication would refuse, on the day of the answer. The ETag stands for the draft and not for these.',
    }),
  ),
  warnings: Type.Optional(
    Type.Array(named(Warning), {
      description: 'Drafts only: all that a publisher must acknowledge, on the day of the answer.',
    }),
  ),
}

/** The same of a published version, as the public sees it. */
export const besidePublic = { contentHash: ContentHash, lifecycle: named(PublicLifecycle) }

export const VersionSummary = Form('VersionSummary', {
  key: Key,
  version: Version,
  title: Text(200),
  status: Status,
  revision: Type.Integer({ minimum: 1 }),
  contentHash: Nullable(ContentHash),
  publishedAt: Nullable(Instant),
})
export type VersionSummary = Frozen<Static<typeof VersionSummary>>

export const VersionPage = page('VersionPage', named(VersionSummary))

export const VersionQuery = Type.Object(
  { ...listed, status: Type.Optional(OneOf('published', 'any')) },
  closed,
)

export const PublicVersionQuery = Type.Object(listed, closed)

export const VersionParams = Type.Object({ key: Key, version: Version })

/** A withdrawal is asked for with a reason, which everybody may read once it is confirmed. */
export const WithdrawalRequest = Form('WithdrawalRequest', { reason: Text(2000) })
export type WithdrawalRequest = Frozen<Static<typeof WithdrawalRequest>>

export const WithdrawalConfirmation = Form('WithdrawalConfirmation', {})

/** Nothing need be said to publish. */
export const Publication = Form('Publication', {})
