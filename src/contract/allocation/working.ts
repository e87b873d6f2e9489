// The working of an allocation: every step of the sum, what it was made from, and its result. `change` is a difference
// of cumulative pence, so the changes of a working add up to its amount.
import { type Static, type TProperties, Type } from '@sinclair/typebox'
import { AdjustmentKind, Interpolation, Knot, RoundingMode } from '../documents/calibration-table.ts'
import { AddOnCondition } from '../documents/questionnaire.ts'
import { VersionRef } from '../documents/version.ts'
import {
  Factor,
  Key,
  Money,
  Nullable,
  named,
  OneOf,
  PolicyDate,
  ShownPoints,
  SignedMoney,
  Text,
} from '../primitives.ts'
import { Form, type Frozen, Variants } from '../shape.ts'

function Step<S extends string, P extends TProperties>($id: string, step: S, members: P) {
  return Form($id, { step: Type.Literal(step), ...members })
}

export const AppliedFactor = Form('AppliedFactor', { weighting: Key, option: Key, factor: Factor })
export type AppliedFactor = Frozen<Static<typeof AppliedFactor>>

export const AppliedSupport = Form('AppliedSupport', {
  option: Key,
  retainedFraction: Factor,
  counted: Type.Boolean({ description: 'false where no carer is willing and able.' }),
})
export type AppliedSupport = Frozen<Static<typeof AppliedSupport>>

/** `weighted = points × factors`; `net = weighted × retainedFraction` when the support counts, else `weighted`. */
export const WorkingDomain = Step('WorkingDomain', 'domain', {
  domain: Key,
  option: Key,
  points: ShownPoints,
  factors: Type.Array(named(AppliedFactor)),
  weighted: ShownPoints,
  support: Nullable(named(AppliedSupport)),
  net: ShownPoints,
})
export type WorkingDomain = Frozen<Static<typeof WorkingDomain>>

export const WorkingCurve = Step('WorkingCurve', 'curve', {
  points: ShownPoints,
  interpolation: Interpolation,
  place: OneOf('below-first', 'on-segment', 'on-step', 'above-last'),
  from: Nullable(named(Knot)),
  to: Nullable(named(Knot)),
  change: SignedMoney,
  cumulative: Money,
})
export type WorkingCurve = Frozen<Static<typeof WorkingCurve>>

export const WORKING_STEPS = [
  WorkingDomain,
  Step('WorkingGross', 'gross', { result: ShownPoints }),
  Step('WorkingCarerReduction', 'carer-reduction', {
    willingAndAble: Nullable(Type.Boolean()),
    result: ShownPoints,
  }),
  Step('WorkingAddOn', 'add-on', {
    addOn: Key,
    option: Key,
    points: ShownPoints,
    condition: AddOnCondition,
    counted: Type.Boolean(),
  }),
  Step('WorkingTotal', 'total', { unrounded: ShownPoints, result: ShownPoints }),
  Step('WorkingEligibility', 'eligibility', { eligible: Type.Boolean() }),
  Step('WorkingTable', 'table', {
    ...VersionRef.properties,
    on: PolicyDate,
    effectiveFrom: PolicyDate,
  }),
  Step('WorkingOutside', 'outside', {
    by: OneOf('user-group', 'setting'),
    key: Key,
    reason: Text(2000),
  }),
  WorkingCurve,
  Step('WorkingAdjustment', 'adjustment', {
    name: Text(200),
    kind: AdjustmentKind,
    factor: Factor,
    change: SignedMoney,
    cumulative: Money,
  }),
  Step('WorkingRounding', 'rounding', {
    to: Money,
    mode: RoundingMode,
    change: SignedMoney,
    result: Money,
  }),
  Step('WorkingCap', 'cap', { amountAnnual: Money, exceeded: Type.Boolean() }),
  Step('WorkingContingency', 'contingency', {
    fraction: Factor,
    result: Money,
  }),
  Step('WorkingAvailable', 'available', { result: Money }),
  Step('WorkingWeekly', 'weekly', { weeksPerYear: Type.String(), result: Money }),
] as const

export const WorkingLine = Variants('WorkingLine', 'step', WORKING_STEPS, {
  description: 'One step of the sum. The changes in pounds add up to amountAnnual.',
})
export type WorkingLine = Frozen<Static<typeof WorkingLine>>
