// The stored record of an intake: an assessment and the allocation made from it, as one text. The text is what the
// log commits to, so it is given back byte for byte and never built again.

import type { AllocationResult, IntakeRecord } from '../../contract/allocation/allocation.ts'
import type { AssessmentIntake } from '../../contract/allocation/assessment.ts'
import type { Actor, Receipt } from '../../contract/event.ts'
import { textWithWorking } from '../engine/working-text.ts'
import { canonicalJson } from '../log/canonical.ts'

/** Everything about an intake that is decided outside the sum. Instants are RFC 3339, UTC. */
export type IntakeFrame = {
  /** One id names the event, the assessment and the allocation. */
  readonly id: string
  /** What it corrects; null where it is recorded first. */
  readonly corrects: string | null
  readonly at: string
  readonly actor: Actor
}

export function intakeRecord(
  intake: AssessmentIntake,
  result: AllocationResult,
  { id, corrects, at: createdAt, actor: createdBy }: IntakeFrame,
): IntakeRecord {
  const { personRef, userGroup, assessedOn } = intake
  return {
    allocation: {
      id,
      assessmentId: id,
      personRef,
      userGroup,
      assessedOn,
      currency: 'GBP',
      ...result,
      supersedes: corrects,
      createdAt,
      createdBy,
    },
    assessment: { id, ...intake, corrects, allocationId: id, createdAt, createdBy },
  }
}

/** What of a record may stay in the log for ever: nothing by which a person could be known. */
export function intakeFacts({ allocation, assessment }: IntakeRecord) {
  const { assessedOn: on, userGroup, revision, questionnaire } = assessment
  const { points, outcome, amountAnnual, contingencyAnnual, availableAnnual, amountWeekly } = allocation
  const { table, engineVersion: engine } = allocation
  return {
    on,
    userGroup,
    revision,
    outcome,
    points,
    amountAnnual,
    contingencyAnnual,
    availableAnnual,
    amountWeekly,
    questionnaire: { key: questionnaire.key, version: questionnaire.version },
    // Its hash stands in its publication.
    table: table && { key: table.key, version: table.version },
    engine,
  }
}

export type IntakeFacts = ReturnType<typeof intakeFacts>

/** Who a record is about: what of it stands apart, so that the rest can be shown without saying who it is. */
const REFS = ['personRef', 'assessmentRef', 'teamRef', 'assessorRef', 'ageBand'] as const

/** A record as the payload of an event keeps it: what is said, and who it is said of. */
export type RecordParts = { readonly body: string; readonly refs: string }

export function recordParts({ allocation, assessment }: IntakeRecord): RecordParts {
  const { personRef: _, ...anonymous } = allocation
  const refs = REFS.flatMap((name) => (assessment[name] === undefined ? [] : [[name, assessment[name]]]))
  const rest = Object.entries(assessment).filter(([name]) => !REFS.some((ref) => ref === name))
  return {
    body: recordText(anonymous, Object.fromEntries(rest)),
    refs: canonicalJson(Object.fromEntries(refs)),
  }
}

/** The text of a record put together again from its parts: who it is about stands behind the id. */
export function joinedRecord({ body, refs }: RecordParts): string {
  const at = boundary(body)
  const { personRef } = JSON.parse(refs) as { personRef: string }
  const allocation = withBehindId(body.slice(FIRST.length, at), `"personRef":${JSON.stringify(personRef)}`)
  const assessment = withBehindId(body.slice(at + SECOND.length), refs.slice(1, -1))
  return `${FIRST}${allocation}${SECOND}${assessment}`
}

// The id is the first member, and in it is no comma.
function withBehindId(object: string, members: string): string {
  const at = object.indexOf(',')
  return `${object.slice(0, at)},${members}${object.slice(at)}`
}

// The allocation stands first, so that either half can be cut out without parsing.
function recordText(allocation: Pick<AllocationResult, 'working'>, assessment: object): string {
  return `${FIRST}${textWithWorking(allocation)}${SECOND}${JSON.stringify(assessment)}}`
}

const FIRST = '{"allocation":'
const SECOND = ',"assessment":'

// No member of an allocation is called "assessment", as a test holds over the whole of its form, and inside a text its
// quotes would be escaped: the first place where these characters stand is the boundary.
function boundary(record: string): number {
  return record.indexOf(SECOND)
}

/** The allocation of a record as JSON, with what is known of it only later: its receipt, and its successor. */
export function allocationText(record: string, receipt: Receipt, supersededBy: string | null): string {
  return withSuccessor(receiptedAllocation(record, receipt), 'supersededBy', supersededBy)
}

/** The assessment of a record as JSON, with what is known of it only later: what corrects it. */
export function assessmentText(record: string, correctedBy: string | null): string {
  return withSuccessor(storedAssessment(record), 'correctedBy', correctedBy)
}

/** The whole record as it came into the log: nothing is said of successors, which it cannot know. */
export function loggedText(record: string, receipt: Receipt): string {
  return `${FIRST}${receiptedAllocation(record, receipt)}${SECOND}${storedAssessment(record)}}`
}

function receiptedAllocation(record: string, { eventId, leafHash }: Receipt): string {
  const allocation = record.slice(FIRST.length, boundary(record) - 1)
  return `${allocation},"receipt":{"eventId":"${eventId}","leafHash":"${leafHash}"}}`
}

function storedAssessment(record: string): string {
  return record.slice(boundary(record) + SECOND.length, -1)
}

function withSuccessor(object: string, name: string, id: string | null): string {
  return `${object.slice(0, -1)},"${name}":${id === null ? 'null' : `"${id}"`}}`
}

/** The whole record as the writer was first answered: always as new, whatever has superseded it since. */
export function recordedText(record: string, receipt: Receipt): string {
  return `${FIRST}${allocationText(record, receipt, null)}${SECOND}${assessmentText(record, null)}}`
}
