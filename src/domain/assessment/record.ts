// The stored record of an intake: an assessment and the allocation made from it, as one text. The text is what the
// log commits to, so it is given back byte for byte and never built again.

import type { AllocationResult, IntakeRecord } from '../../contract/allocation/allocation.ts'
import type { AssessmentIntake } from '../../contract/allocation/assessment.ts'
import type { Actor, Receipt } from '../../contract/event.ts'
import { textWithWorking } from '../engine/working-text.ts'

/** Everything about an intake that is decided outside the sum. Instants are RFC 3339, UTC. */
export type IntakeFrame = {
  readonly assessmentId: string
  readonly allocationId: string
  readonly corrects: string | null
  readonly supersedes: string | null
  readonly at: string
  readonly actor: Actor
}

export function intakeRecord(
  intake: AssessmentIntake,
  result: AllocationResult,
  frame: IntakeFrame,
): IntakeRecord {
  const { assessmentId, allocationId, corrects, supersedes, at: createdAt, actor: createdBy } = frame
  const { personRef, userGroup, assessedOn } = intake
  return {
    allocation: {
      id: allocationId,
      assessmentId,
      personRef,
      userGroup,
      assessedOn,
      currency: 'GBP',
      ...result,
      supersedes,
      createdAt,
      createdBy,
    },
    assessment: { id: assessmentId, ...intake, corrects, allocationId, createdAt, createdBy },
  }
}

/** What of a record may stay in the log for ever: nothing by which a person could be known. */
export function intakeFacts({ allocation, assessment }: IntakeRecord) {
  const { id, userGroup, assessedOn, corrects } = assessment
  const { points, outcome, amountAnnual, contingencyAnnual, availableAnnual, amountWeekly } = allocation
  const { questionnaire, table, engineVersion, supersedes } = allocation
  return {
    assessment: { id, userGroup, assessedOn, questionnaire, corrects },
    allocation: {
      id: allocation.id,
      outcome,
      points,
      amountAnnual,
      contingencyAnnual,
      availableAnnual,
      amountWeekly,
      table,
      engineVersion,
      supersedes,
    },
  }
}

/** The text of a record. The allocation stands first, so that either part can be cut out without parsing. */
export function recordText({ allocation, assessment }: IntakeRecord): string {
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
