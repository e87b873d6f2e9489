// The form of cohorts. Rows of a list have the columns of a file; what a row says is judged row by row, so their
// texts are only bounded here.
import { Type } from '@sinclair/typebox'
import { FREQUENCIES } from '../../domain/calibration/row-number.ts'
import {
  ContentHash,
  Instant,
  Key,
  Nullable,
  OneOf,
  page,
  Text,
  Uuid,
  Version,
  VersionRef,
} from '../primitives.ts'
import { FAULTS } from '../problem-catalogue.ts'

const closed = { additionalProperties: false }
const Cell = (description: string) => Type.Optional(Type.String({ maxLength: 200, description }))
const Cells = Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 100 }), {
  maxProperties: 200,
  additionalProperties: false,
})

const ROUNDING = 'A plain decimal: no comma, no pound sign.'

export const CohortRow = Type.Object(
  {
    ref: Cell('The caller’s own opaque reference, once in a cohort: no name, no NHS number.'),
    userGroup: Cell('A user group of the questionnaire.'),
    points: Cell('To two places, on the questionnaire’s scale; or full answers instead.'),
    answers: Type.Optional(Cells),
    weightings: Type.Optional(Cells),
    addOns: Type.Optional(Cells),
    carer: Type.Optional(
      Type.Object(
        {
          willingAndAble: Type.Boolean(),
          support: Type.Optional(Cells),
          overall: Type.Optional(Type.String({ maxLength: 100 })),
        },
        closed,
      ),
    ),
    costAnnual: Cell(`Current gross cost a year, rounded half-up to the penny once. ${ROUNDING}`),
    costAmount: Cell(`Instead of costAnnual: one payment. ${ROUNDING}`),
    costFrequency: Cell(`How often costAmount is paid: ${FREQUENCIES.join(', ')}.`),
    ageBand: Cell('Such as 75-84 or 85+. Shown in the impact, and never part of the money.'),
    setting: Cell('A short code, such as residential.'),
    team: Cell('A short code.'),
    weight: Cell('How many people the row stands for, to four places; 1 unless said.'),
    estimateAnnual: Cell(`What the worker thought right, a year. ${ROUNDING}`),
  },
  closed,
)

const WeeksPerYear = Type.String({
  pattern: '^(52(\\.[0-9]{1,6})?|53(\\.0{1,6})?)$',
  maxLength: 9,
  description: 'Weeks in a year, 52 to 53: what weekly amounts are multiplied by.',
  examples: ['52.143'],
})

export const CohortUpload = Type.Object(
  {
    title: Text(200, 'What the council calls the cohort: nothing about a person.'),
    questionnaire: VersionRef,
    weeksPerYear: WeeksPerYear,
    seal: Type.Optional(Type.Boolean({ description: 'Whether nothing more is to come.' })),
    rows: Type.Array(CohortRow, { minItems: 1, maxItems: 50_000 }),
  },
  { $id: 'CohortUpload', ...closed },
)

export const CohortPartUpload = Type.Object(
  { rows: Type.Array(CohortRow, { minItems: 1, maxItems: 50_000 }) },
  { $id: 'CohortPartUpload', ...closed },
)

/** What a file cannot say itself, in the address: nothing personal. Only with text/csv, and then required. */
export const FileQuery = Type.Object(
  {
    title: Type.Optional(
      Type.String({
        pattern: '^[^\\x00-\\x1f\\x7f]*[^\\s\\x00-\\x1f\\x7f][^\\x00-\\x1f\\x7f]*$',
        maxLength: 200,
      }),
    ),
    questionnaire: Type.Optional(Key),
    questionnaireVersion: Type.Optional(Version),
    weeksPerYear: Type.Optional(WeeksPerYear),
    seal: Type.Optional(Type.Boolean()),
  },
  closed,
)

export const SealBody = Type.Object({}, { $id: 'CohortSeal', ...closed })

const counts = {
  rows: Type.Integer({ minimum: 0 }),
  accepted: Type.Integer({ minimum: 0 }),
  rejected: Type.Integer({ minimum: 0 }),
}

export const Cohort = Type.Object(
  {
    id: Uuid,
    title: Text(200),
    questionnaire: VersionRef,
    weeksPerYear: Type.String(),
    state: OneOf('open', 'sealed'),
    ...counts,
    hash: Nullable(ContentHash),
    parts: Type.Array(
      Type.Object(
        {
          part: Type.Integer({ minimum: 1 }),
          sha256: Type.String({
            pattern: '^[0-9a-f]{64}$',
            description: 'Over the bytes of the file; of a JSON list, over its canonical form (RFC 8785).',
          }),
          ...counts,
          recordedAt: Instant,
        },
        closed,
      ),
    ),
    createdAt: Instant,
    createdBy: Type.Object({ client: Type.String(), subject: Type.String() }, closed),
  },
  { $id: 'Cohort', ...closed },
)

export const CohortRejectionPage = page(
  'CohortRejectionPage',
  Type.Object(
    {
      part: Type.Integer({ minimum: 1 }),
      line: Type.Integer({
        minimum: 1,
        description: 'The line of the file, the header being 1; or the place in the list, from 1.',
      }),
      reasons: Type.Array(
        Type.Object(
          {
            code: OneOf(...Object.keys(FAULTS)),
            detail: Type.String(),
            at: Type.Optional(
              Type.Array(Type.String(), { description: 'The questions whose answers fail, as pointers.' }),
            ),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
)

export const RejectionQuery = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
  },
  closed,
)

export const CohortSummary = Type.Object(
  {
    cohortId: Uuid,
    summary: Type.Record(Type.String(), Type.Unknown(), {
      description: 'Totals, spread, groups by cost band, points bands, rows without points, outliers.',
    }),
    pointsAndCost: Type.Record(Type.String(), Type.Unknown(), {
      description: 'Linear and rank correlation of points with cost, over everyone and by group.',
    }),
  },
  { $id: 'CohortSummary', ...closed },
)
