// What happens, as the log names it: the kinds of events, who acted, and what a writer is given to keep.
import { type Static, Type } from '@sinclair/typebox'
import { Uuid } from './primitives.ts'
import { Form, type Frozen } from './shape.ts'

export const EVENT_KINDS = [
  'assessment-allocated',
  'assessment-corrected',
  'questionnaire-drafted',
  'questionnaire-published',
  'calibration-table-drafted',
  'calibration-table-published',
  'calibration-table-withdrawal-asked',
  'calibration-table-withdrawn',
  'table-reports-made',
  'cohort-uploaded',
  'cohort-part-added',
  'cohort-sealed',
  'calibration-run-requested',
  'calibration-run-finished',
  'calibration-run-cancelled',
] as const

export type EventKind = (typeof EVENT_KINDS)[number]

export const LeafHash = Type.String({ pattern: '^[0-9a-f]{64}$' })

export const Actor = Form(
  'Actor',
  { client: Type.String(), subject: Type.String() },
  'The system that sent it, and the person or system that acted.',
)
export type Actor = Frozen<Static<typeof Actor>>

export const Receipt = Form(
  'Receipt',
  { eventId: Uuid, leafHash: LeafHash },
  'Names the log event of this record, and the hash that the log must hold for it.',
)
export type Receipt = Frozen<Static<typeof Receipt>>
