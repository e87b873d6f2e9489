// The form of an allocation: the indicative figure, its working line by line, and how allocations are listed.
import { Type } from '@sinclair/typebox'
import {
  ContentHash,
  Factor,
  Instant,
  Key,
  Money,
  Nullable,
  named,
  OneOf,
  Points,
  PolicyDate,
  page,
  Ref,
  ShownPoints,
  SignedMoney,
  Text,
  Uuid,
  Version,
  VersionRef,
} from '../../contract/primitives.ts'
import { Actor, Assessment } from '../assessments/schema.ts'
import { listed } from '../core/requests/paging.ts'

const closed = { additionalProperties: false }
const Outcome = OneOf('indicative', 'refer-individual-costing', 'not-eligible')

const PublishedRef = Type.Object({ key: Key, version: Version, contentHash: ContentHash }, closed)
const Knot = Type.Object({ points: Points, amountAnnual: Money }, closed)
const step = <S extends string>(name: S) => Type.Literal(name)

export const WorkingLine = Type.Union(
  [
    Type.Object(
      {
        step: step('domain'),
        domain: Key,
        option: Key,
        points: ShownPoints,
        factors: Type.Array(Type.Object({ weighting: Key, option: Key, factor: Factor }, closed)),
        weighted: ShownPoints,
        support: Nullable(
          Type.Object({ option: Key, retainedFraction: Factor, counted: Type.Boolean() }, closed),
        ),
        net: ShownPoints,
      },
      closed,
    ),
    Type.Object({ step: step('gross'), result: ShownPoints }, closed),
    Type.Object(
      { step: step('carer-reduction'), willingAndAble: Nullable(Type.Boolean()), result: ShownPoints },
      closed,
    ),
    Type.Object(
      {
        step: step('add-on'),
        addOn: Key,
        option: Key,
        points: ShownPoints,
        condition: OneOf('always', 'carer-reduction-positive'),
        counted: Type.Boolean(),
      },
      closed,
    ),
    Type.Object({ step: step('total'), unrounded: ShownPoints, result: ShownPoints }, closed),
    Type.Object({ step: step('eligibility'), eligible: Type.Boolean() }, closed),
    Type.Object(
      { step: step('table'), key: Key, version: Version, on: PolicyDate, effectiveFrom: PolicyDate },
      closed,
    ),
    Type.Object(
      {
        step: step('curve'),
        points: ShownPoints,
        interpolation: OneOf('linear', 'step'),
        place: OneOf('below-first', 'on-segment', 'on-step', 'above-last'),
        from: Nullable(Knot),
        to: Nullable(Knot),
        change: SignedMoney,
        cumulative: Money,
      },
      closed,
    ),
    Type.Object(
      {
        step: step('adjustment'),
        name: Text(200),
        kind: OneOf('inflation', 'efficiency', 'local-cost'),
        factor: Factor,
        change: SignedMoney,
        cumulative: Money,
      },
      closed,
    ),
    Type.Object(
      {
        step: step('rounding'),
        to: Money,
        mode: OneOf('half-up', 'half-even', 'up', 'down'),
        change: SignedMoney,
        result: Money,
      },
      closed,
    ),
    Type.Object({ step: step('cap'), amountAnnual: Money, exceeded: Type.Boolean() }, closed),
    Type.Object({ step: step('contingency'), fraction: Factor, result: Money }, closed),
    Type.Object({ step: step('available'), result: Money }, closed),
    Type.Object({ step: step('weekly'), weeksPerYear: Type.String(), result: Money }, closed),
  ],
  { $id: 'WorkingLine', description: 'One step of the sum. The changes in pounds add up to amountAnnual.' },
)

export const Flag = Type.Object(
  {
    code: OneOf(
      'above-cap',
      'above-scale',
      'above-table',
      'eligibility-without-grounds',
      'other-needs-not-scored',
      'referral-rule',
    ),
    rule: Nullable(Key),
    reason: Text(2000),
  },
  { $id: 'Flag', ...closed },
)

/** What the engine computes: the same for an estimate and for a stored allocation. */
export const resultFields = {
  outcome: Outcome,
  points: Type.Object(
    { gross: ShownPoints, carerReduction: ShownPoints, addOns: ShownPoints, total: ShownPoints },
    closed,
  ),
  amountAnnual: Nullable(Money),
  contingencyAnnual: Nullable(Money),
  availableAnnual: Nullable(Money),
  amountWeekly: Nullable(Money),
  flags: Type.Array(named(Flag)),
  questionnaire: PublishedRef,
  table: Nullable(PublishedRef),
  engineVersion: Type.String(),
  working: Type.Array(named(WorkingLine)),
}

const Receipt = Type.Object(
  { eventId: Uuid, leafHash: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
  {
    ...closed,
    description: 'Names the log event of this record, and the hash that the log must hold for it.',
  },
)

export const Allocation = Type.Object(
  {
    id: Uuid,
    assessmentId: Uuid,
    personRef: Ref('The caller’s own opaque reference for the person.'),
    userGroup: Key,
    assessedOn: PolicyDate,
    currency: OneOf('GBP'),
    ...resultFields,
    supersedes: Nullable(Uuid),
    createdAt: Instant,
    createdBy: Actor,
    receipt: Receipt,
    supersededBy: Nullable(Uuid),
  },
  { $id: 'Allocation', ...closed },
)

export const RecordedAssessment = Type.Object(
  { allocation: named(Allocation), assessment: named(Assessment) },
  { $id: 'RecordedAssessment', ...closed },
)

export const AllocationSummary = Type.Object(
  {
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
    questionnaire: VersionRef,
    table: Nullable(VersionRef),
    supersedes: Nullable(Uuid),
    supersededBy: Nullable(Uuid),
    createdAt: Instant,
  },
  { $id: 'AllocationSummary', ...closed },
)

export const AllocationPage = page('AllocationPage', named(AllocationSummary))

export const AllocationQuery = Type.Object(
  {
    ...listed,
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
  },
  closed,
)

export const AllocationSearch = Type.Object(
  {
    personRef: Ref('The caller’s own opaque reference for the person.'),
    limit: Type.Optional(listed.limit),
    cursor: listed.cursor,
  },
  { $id: 'AllocationSearch', ...closed },
)

const section = OneOf(
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

export const Explanation = Type.Object(
  {
    allocationId: Uuid,
    title: Text(500),
    lines: Type.Array(
      Type.Object(
        { section, text: Text(5000), figures: Type.Optional(Type.Record(Type.String(), Type.String())) },
        closed,
      ),
    ),
  },
  { $id: 'Explanation', ...closed },
)
