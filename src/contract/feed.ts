// The feed: every event of an authority once, in one order, under contiguous indices. An item has one form for each kind
// of event, so that its content has a type.
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { LoggedAllocation } from './allocation/allocation.ts'
import { StoredAssessment } from './allocation/assessment.ts'
import { Cohort } from './calibration/cohort.ts'
import { CalibrationTableVersion } from './documents/calibration-table.ts'
import { QuestionnaireVersion } from './documents/questionnaire.ts'
import { EVENT_KINDS, type EventKind, LeafHash } from './event.ts'
import { ContentHash, Instant, Nullable, named, OneOf, Uuid } from './primitives.ts'
import { closed, type Frozen, Variants } from './shape.ts'

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

export const AssessmentContent = Type.Object(
  { allocation: named(LoggedAllocation), assessment: named(StoredAssessment) },
  {
    $id: 'AssessmentContent',
    ...closed,
    description:
      'As it was recorded: what supersedes it comes as an event of its own, which names it as supersedes and corrects.',
  },
)

export const QuestionnaireContent = Type.Object(
  { version: named(QuestionnaireVersion) },
  { $id: 'QuestionnaireContent', ...closed },
)

export const CalibrationTableContent = Type.Object(
  { version: named(CalibrationTableVersion) },
  { $id: 'CalibrationTableContent', ...closed },
)

export const CohortContent = Type.Object(
  { cohort: named(Cohort) },
  {
    $id: 'CohortContent',
    ...closed,
    description: 'Counts and hashes, for calibration:write; the rows are had from the cohort itself.',
  },
)

export type CohortContent = Frozen<Static<typeof CohortContent>>

export const CalibrationRunContent = Type.Object(
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
  {
    $id: 'CalibrationRunContent',
    ...closed,
    description: 'States and hashes, for calibration:write; results are had from the run itself.',
  },
)

function Item<K extends EventKind, C extends TSchema>($id: string, kind: K, content: C) {
  return Type.Object(
    {
      logIndex: Type.Integer({ minimum: 0 }),
      eventId: Uuid,
      kind: Type.Literal(kind),
      at: Instant,
      leafHash: LeafHash,
      content: Nullable(content),
      withheld: Nullable(OneOf('kind-filter', 'scope', 'erased')),
    },
    { $id, ...closed },
  )
}

export const FeedAssessmentAllocated = Item(
  'FeedAssessmentAllocated',
  'assessment-allocated',
  named(AssessmentContent),
)
export const FeedAssessmentCorrected = Item(
  'FeedAssessmentCorrected',
  'assessment-corrected',
  named(AssessmentContent),
)
export const FeedQuestionnaireDrafted = Item(
  'FeedQuestionnaireDrafted',
  'questionnaire-drafted',
  named(QuestionnaireContent),
)
export const FeedQuestionnairePublished = Item(
  'FeedQuestionnairePublished',
  'questionnaire-published',
  named(QuestionnaireContent),
)
export const FeedCalibrationTableDrafted = Item(
  'FeedCalibrationTableDrafted',
  'calibration-table-drafted',
  named(CalibrationTableContent),
)
export const FeedCalibrationTablePublished = Item(
  'FeedCalibrationTablePublished',
  'calibration-table-published',
  named(CalibrationTableContent),
)
export const FeedCohortUploaded = Item('FeedCohortUploaded', 'cohort-uploaded', named(CohortContent))
export const FeedCohortPartAdded = Item('FeedCohortPartAdded', 'cohort-part-added', named(CohortContent))
export const FeedCohortSealed = Item('FeedCohortSealed', 'cohort-sealed', named(CohortContent))
export const FeedCalibrationRunRequested = Item(
  'FeedCalibrationRunRequested',
  'calibration-run-requested',
  named(CalibrationRunContent),
)
export const FeedCalibrationRunFinished = Item(
  'FeedCalibrationRunFinished',
  'calibration-run-finished',
  named(CalibrationRunContent),
)
export const FeedCalibrationRunCancelled = Item(
  'FeedCalibrationRunCancelled',
  'calibration-run-cancelled',
  named(CalibrationRunContent),
)

export const FeedItem = Variants(
  'FeedItem',
  'kind',
  [
    FeedAssessmentAllocated,
    FeedAssessmentCorrected,
    FeedQuestionnaireDrafted,
    FeedQuestionnairePublished,
    FeedCalibrationTableDrafted,
    FeedCalibrationTablePublished,
    FeedCohortUploaded,
    FeedCohortPartAdded,
    FeedCohortSealed,
    FeedCalibrationRunRequested,
    FeedCalibrationRunFinished,
    FeedCalibrationRunCancelled,
  ],
  {
    description:
      'One event. content is null where the reader’s scopes or the kind filter leave the item bare, and after erasure; withheld then says which.',
  },
)
export type FeedItem = Frozen<Static<typeof FeedItem>>

export const FeedPage = Type.Object(
  {
    data: Type.Array(named(FeedItem)),
    nextAfter: Type.Integer({ minimum: -1, description: 'Send it as after for what follows.' }),
    head: Type.Integer({ minimum: -1, description: 'The newest index of the log; −1 while it is empty.' }),
  },
  { $id: 'FeedPage', ...closed },
)
