// The feed: every event of an authority once, in one order, under contiguous indices. An item has one form for each kind
// of event, so that its content has a type.
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { LoggedAllocation } from './allocation/allocation.ts'
import { StoredAssessment } from './allocation/assessment.ts'
import { Cohort } from './calibration/cohort.ts'
import { CalibrationTablePublication, CalibrationTableVersion } from './documents/calibration-table.ts'
import { QuestionnaireVersion } from './documents/questionnaire.ts'
import { TableReports } from './documents/table-reports.ts'
import { EVENT_KINDS, type EventKind, LeafHash } from './event.ts'
import { ContentHash, Instant, Nullable, named, OneOf, Uuid } from './primitives.ts'
import { closed, Form, type Frozen, Variants } from './shape.ts'

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
  closed,
)

export const AssessmentContent = Form(
  'AssessmentContent',
  { allocation: named(LoggedAllocation), assessment: named(StoredAssessment) },
  'As it was recorded: what supersedes it comes as an event of its own, which names it as supersedes and corrects.',
)

export const QuestionnaireContent = Form('QuestionnaireContent', { version: named(QuestionnaireVersion) })

export const CalibrationTableContent = Form('CalibrationTableContent', {
  version: named(CalibrationTableVersion),
})

export const CalibrationTablePublished = Form('CalibrationTablePublished', {
  version: named(CalibrationTablePublication),
})

export const TableReportsContent = Form(
  'TableReportsContent',
  { reports: named(TableReports) },
  'Their hashes and addresses; the reports are read there.',
)

export const CohortContent = Form(
  'CohortContent',
  { cohort: named(Cohort) },
  'Counts and hashes, for calibration:write; the rows are had from the cohort itself.',
)

export type CohortContent = Frozen<Static<typeof CohortContent>>

export const CalibrationRunContent = Form(
  'CalibrationRunContent',
  {
    calibrationRun: Type.Object(
      {
        id: Uuid,
        cohortId: Uuid,
        state: OneOf('queued', 'done', 'failed', 'cancelled'),
        cohortHash: Type.Optional(ContentHash),
        engineVersion: Type.Optional(Type.String()),
        resultHash: Type.Optional(ContentHash),
        problem: Type.Optional(Type.String({ description: 'The code of the problem that ended it.' })),
      },
      closed,
    ),
  },
  'States and hashes, for calibration:write; results are had from the run itself.',
)

function Item<K extends EventKind, C extends TSchema>($id: string, kind: K, content: C) {
  return Form($id, {
    logIndex: Type.Integer({ minimum: 0 }),
    eventId: Uuid,
    kind: Type.Literal(kind),
    at: Instant,
    leafHash: LeafHash,
    content: Nullable(named(content)),
    withheld: Nullable(OneOf('kind-filter', 'scope', 'erased')),
  })
}

export const FEED_ITEMS = [
  Item('FeedAssessmentAllocated', 'assessment-allocated', AssessmentContent),
  Item('FeedAssessmentCorrected', 'assessment-corrected', AssessmentContent),
  Item('FeedQuestionnaireDrafted', 'questionnaire-drafted', QuestionnaireContent),
  Item('FeedQuestionnairePublished', 'questionnaire-published', QuestionnaireContent),
  Item('FeedCalibrationTableDrafted', 'calibration-table-drafted', CalibrationTableContent),
  Item('FeedCalibrationTablePublished', 'calibration-table-published', CalibrationTablePublished),
  Item('FeedCalibrationTableWithdrawalAsked', 'calibration-table-withdrawal-asked', CalibrationTableContent),
  Item('FeedCalibrationTableWithdrawn', 'calibration-table-withdrawn', CalibrationTableContent),
  Item('FeedTableReportsMade', 'table-reports-made', TableReportsContent),
  Item('FeedCohortUploaded', 'cohort-uploaded', CohortContent),
  Item('FeedCohortPartAdded', 'cohort-part-added', CohortContent),
  Item('FeedCohortSealed', 'cohort-sealed', CohortContent),
  Item('FeedCalibrationRunRequested', 'calibration-run-requested', CalibrationRunContent),
  Item('FeedCalibrationRunFinished', 'calibration-run-finished', CalibrationRunContent),
  Item('FeedCalibrationRunCancelled', 'calibration-run-cancelled', CalibrationRunContent),
] as const

export const FeedItem = Variants('FeedItem', 'kind', FEED_ITEMS, {
  description:
    'One event. content is null where the reader’s scopes or the kind filter leave the item bare, and after erasure; withheld then says which.',
})
export type FeedItem = Frozen<Static<typeof FeedItem>>

export const FeedPage = Form('FeedPage', {
  data: Type.Array(named(FeedItem)),
  nextAfter: Type.Integer({ minimum: -1, description: 'Send it as after for what follows.' }),
  head: Type.Integer({ minimum: -1, description: 'The newest index of the log; −1 while it is empty.' }),
})
