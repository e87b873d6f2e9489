// How allocations are listed: one line each, by what they are about.
import { type Static, Type } from '@sinclair/typebox'
import { VersionRef } from '../documents/version.ts'
import {
  Instant,
  Key,
  listed,
  Money,
  Nullable,
  named,
  PolicyDate,
  page,
  Ref,
  ShownPoints,
  Uuid,
} from '../primitives.ts'
import { closed, Form, type Frozen } from '../shape.ts'
import { Outcome } from './allocation.ts'

export const AllocationSummary = Form('AllocationSummary', {
  id: Uuid,
  assessmentId: Uuid,
  personRef: Nullable(Ref('The caller’s own opaque reference for the person; null after erasure.')),
  userGroup: Key,
  assessedOn: PolicyDate,
  outcome: Outcome,
  pointsTotal: ShownPoints,
  amountAnnual: Nullable(Money),
  contingencyAnnual: Nullable(Money),
  availableAnnual: Nullable(Money),
  amountWeekly: Nullable(Money),
  questionnaire: named(VersionRef),
  table: Nullable(named(VersionRef)),
  supersedes: Nullable(Uuid),
  supersededBy: Nullable(Uuid),
  createdAt: Instant,
})
export type AllocationSummary = Frozen<Static<typeof AllocationSummary>>

export const AllocationPage = page('AllocationPage', named(AllocationSummary))

/** Which allocations are asked for. */
export const AllocationFilter = Type.Object({
  userGroup: Type.Optional(Key),
  outcome: Type.Optional(Outcome),
  assessedFrom: Type.Optional(PolicyDate),
  assessedBefore: Type.Optional(PolicyDate),
  createdFrom: Type.Optional(Instant),
  createdBefore: Type.Optional(Instant),
  questionnaire: Type.Optional(Key),
  table: Type.Optional(Key),
  current: Type.Optional(
    Type.Boolean({
      description: 'true: only allocations that nothing supersedes; false: only superseded ones.',
    }),
  ),
})
export type AllocationFilter = Frozen<Static<typeof AllocationFilter>>

export const AllocationQuery = Type.Object({ ...listed, ...AllocationFilter.properties }, closed)

export const AllocationSearch = Form('AllocationSearch', {
  personRef: Ref('The caller’s own opaque reference for the person.'),
  limit: Type.Optional(listed.limit),
  cursor: listed.cursor,
})
