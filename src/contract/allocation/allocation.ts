// An allocation: the indicative figure, what a person must look at beside it, and its working line by line.
import { type Static, Type } from '@sinclair/typebox'
import { PublishedRef } from '../documents/version.ts'
import { Actor, Receipt } from '../event.ts'
import {
  Instant,
  Key,
  Money,
  Nullable,
  named,
  OneOf,
  PolicyDate,
  Ref,
  ShownPoints,
  Text,
  Uuid,
} from '../primitives.ts'
import { closed, Form, type Frozen } from '../shape.ts'
import { Assessment, StoredAssessment } from './assessment.ts'
import { WorkingLine } from './working.ts'

export const Outcome = OneOf('indicative', 'refer-individual-costing', 'not-eligible')
export type Outcome = Static<typeof Outcome>

export const FlagCode = OneOf(
  'eligibility-one-outcome',
  'eligibility-without-grounds',
  'eligibility-may-be-met',
  'eligibility-answers-differ',
  'eligibility-old',
  'other-needs-not-scored',
  'outside-table',
  'above-cap',
  'above-scale',
  'above-table',
  'met-by-unpaid-care',
  'eligible-without-points',
  'priced-at-nothing',
  'relies-on-unpaid-care',
  'referral-rule',
  'beyond-evidence',
  'table-past-its-year',
  'efficiency-applied',
)

const Told = Type.Optional(Type.String())

/** What a flag rests on, each where its flag has it. */
const FlagFigures = Type.Object(
  {
    outcome: Told,
    listed: Told,
    decidedOn: Told,
    cap: Told,
    scaleMaximum: Told,
    referAbove: Told,
    pointsFrom: Told,
    pointsTo: Told,
    side: Told,
    financialYear: Told,
    reviewBy: Told,
    ofEach100: Told,
  },
  closed,
)

/** In the order of the codes: what a person must look at beside the figure, and what the flag rests on. */
export const Flag = Form('Flag', {
  code: FlagCode,
  rule: Nullable(Key),
  reason: Text(2000),
  figures: Type.Optional(FlagFigures),
})
export type Flag = Frozen<Static<typeof Flag>>

export const AllocatedPoints = Form('AllocatedPoints', {
  gross: ShownPoints,
  carerReduction: ShownPoints,
  addOns: ShownPoints,
  total: ShownPoints,
})

/** What the engine computes, before it is anyone's: outcomes without money have null amounts, not 0. */
export const AllocationResult = Type.Object({
  outcome: Outcome,
  points: named(AllocatedPoints),
  amountAnnual: Nullable(Money),
  contingencyAnnual: Nullable(Money),
  availableAnnual: Nullable(Money),
  amountWeekly: Nullable(Money),
  flags: Type.Array(named(Flag)),
  questionnaire: named(PublishedRef),
  table: Nullable(named(PublishedRef)),
  engineVersion: Type.String(),
  working: Type.Array(named(WorkingLine)),
})
export type AllocationResult = Frozen<Static<typeof AllocationResult>>

const currency = OneOf('GBP')

/** The same sum with nothing stored. */
export const Estimate = Form('Estimate', { currency, ...AllocationResult.properties })
export type Estimate = Frozen<Static<typeof Estimate>>

/** As it is stored. */
export const StoredAllocation = Type.Object(
  {
    id: Uuid,
    assessmentId: Uuid,
    personRef: Ref('The caller’s own opaque reference for the person.'),
    userGroup: Key,
    assessedOn: PolicyDate,
    currency,
    ...AllocationResult.properties,
    supersedes: Nullable(Uuid),
    createdAt: Instant,
    createdBy: named(Actor),
  },
  closed,
)
export type StoredAllocation = Frozen<Static<typeof StoredAllocation>>

/** As it came into the log. */
export const LoggedAllocation = Form('LoggedAllocation', {
  ...StoredAllocation.properties,
  receipt: named(Receipt),
})

/** As it is read: with what is known of it only later. */
export const Allocation = Form('Allocation', { ...LoggedAllocation.properties, supersededBy: Nullable(Uuid) })

/** The text that the log commits to: an assessment, and before it the allocation made from it. */
export const IntakeRecord = Type.Object({ allocation: StoredAllocation, assessment: named(StoredAssessment) })
export type IntakeRecord = Frozen<Static<typeof IntakeRecord>>

/** The same as it is answered to whoever sent the assessment. */
export const RecordedAssessment = Form('RecordedAssessment', {
  allocation: named(Allocation),
  assessment: named(Assessment),
})
