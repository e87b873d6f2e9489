// A cohort: real cases sent in parts and then sealed. Rows of a list have the columns of a file; what a row says is judged
// row by row, so their texts are only bounded here.
import { type Static, Type } from '@sinclair/typebox'
import { VersionRef } from '../documents/version.ts'
import { Actor } from '../event.ts'
import { FREQUENCIES, MOST_CHARACTERISTICS, MOST_VALUES } from '../limits.ts'
import {
  ContentHash,
  Instant,
  Key,
  listed,
  Nullable,
  named,
  OneOf,
  PolicyDate,
  page,
  Text,
  Uuid,
  Version,
} from '../primitives.ts'
import { FaultCode } from '../problem.ts'
import { SETTINGS } from '../setting.ts'
import { closed, Form, type Frozen } from '../shape.ts'
import { CohortTotals, FitOfPoints } from './cohort-figures.ts'

const Cell = (description: string) => Type.Optional(Type.String({ maxLength: 200, description }))
const Cells = Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 100 }), {
  maxProperties: 200,
  additionalProperties: false,
})

const ROUNDING = 'A plain decimal: no comma, no pound sign.'

export const CohortRow = Form('CohortRow', {
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
  setting: Cell(`Where the person lives: ${SETTINGS.join(', ')}; their own home unless said.`),
  team: Cell('A short code.'),
  weight: Cell('How many people the row stands for, to four places; 1 unless said.'),
  estimateAnnual: Cell(`What the worker thought right, a year. ${ROUNDING}`),
  characteristics: Type.Optional({
    ...Cells,
    description:
      'The value of each characteristic that is known, by its key, as the cohort declares them. Shown in the effects, and never part of the money.',
  }),
})
export type CohortRow = Frozen<Static<typeof CohortRow>>

const Rows = Type.Array(named(CohortRow), {
  minItems: 1,
  maxItems: 2_500,
  description:
    'What a body holds: 256 kB and 20,000 names and values, so about 2,000 rows with points, or a few hundred with full answers. Send more in parts, or as text/csv.',
})

const WeeksPerYear = Type.String({
  pattern: '^(52(\\.[0-9]{1,6})?|53(\\.0{1,6})?)$',
  maxLength: 9,
  expected: 'weeks in a year as a decimal string: 52 to 53, at most six places',
  description: 'Weeks in a year, 52 to 53: what weekly amounts are multiplied by.',
  examples: ['52.143'],
})

const SYNTHETIC =
  'Only where no row is about a real person: how the rows were made. It is told wherever figures of the cohort go.'

const titled = { key: Key, title: Text(200) }

export const Characteristic = Form(
  'Characteristic',
  {
    ...titled,
    values: Type.Array(Type.Object(titled, closed), { minItems: 1, maxItems: MOST_VALUES }),
  },
  'What the council holds of people in codes, such as sex, ethnicity, disability or area, with the titles for readers.',
)
/** A characteristic as a cohort declares it. */
export type Declared = Frozen<Static<typeof Characteristic>>

const Characteristics = Type.Array(named(Characteristic), {
  maxItems: MOST_CHARACTERISTICS,
  description: 'For the effects alone: no figure of money depends on any of them.',
})

const collected = {
  collectedFrom: Type.Optional(
    Type.Unsafe<string>({ ...PolicyDate, description: 'The first day on which cases were collected.' }),
  ),
  collectedBefore: Type.Optional(
    Type.Unsafe<string>({
      ...PolicyDate,
      description: 'The day after the last on which cases were collected.',
    }),
  ),
}

export const CohortUpload = Form('CohortUpload', {
  title: Text(200, 'What the council calls the cohort: nothing about a person.'),
  questionnaire: named(VersionRef),
  weeksPerYear: WeeksPerYear,
  syntheticNote: Type.Optional(Text(300, SYNTHETIC)),
  characteristics: Type.Optional(Characteristics),
  ...collected,
  seal: Type.Optional(Type.Boolean({ description: 'Whether nothing more is to come.' })),
  rows: Rows,
})
export type CohortUpload = Frozen<Static<typeof CohortUpload>>

export const CohortPartUpload = Form('CohortPartUpload', { rows: Rows })
export type CohortPartUpload = Frozen<Static<typeof CohortPartUpload>>

const LINE = '^[^\\x00-\\x1f\\x7f]*[^\\s\\x00-\\x1f\\x7f][^\\x00-\\x1f\\x7f]*$'

/** What a file cannot say itself, in the address: nothing personal. Only with text/csv. */
export const FileQuery = Type.Object(
  {
    title: Type.Optional(
      Type.String({
        pattern: LINE,
        maxLength: 200,
        expected: 'a text of 1 to 200 characters in one line, not only spaces',
      }),
    ),
    questionnaire: Type.Optional(Key),
    questionnaireVersion: Type.Optional(Version),
    weeksPerYear: Type.Optional(WeeksPerYear),
    syntheticNote: Type.Optional(Type.String({ pattern: LINE, maxLength: 300, description: SYNTHETIC })),
    ...collected,
    seal: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type FileQuery = Frozen<Static<typeof FileQuery>>

/** Nothing need be said to seal. */
export const CohortSeal = Form('CohortSeal', {})

const counts = {
  rows: Type.Integer({ minimum: 0 }),
  accepted: Type.Integer({ minimum: 0 }),
  rejected: Type.Integer({ minimum: 0 }),
}

export const CohortState = OneOf('open', 'sealed')

const entry = {
  id: Uuid,
  title: Text(200),
  questionnaire: named(VersionRef),
  weeksPerYear: Type.String(),
  syntheticNote: Nullable(
    Text(300, 'How the rows were made, where none is about a real person; null where they are real cases.'),
  ),
  characteristics: Type.Array(named(Characteristic), {
    description: 'Those declared in the body. A column of a file that is not among them declares itself.',
  }),
  collectedFrom: Nullable(PolicyDate),
  collectedBefore: Nullable(PolicyDate),
  state: CohortState,
  ...counts,
  hash: Nullable(ContentHash),
  createdAt: Instant,
  createdBy: named(Actor),
}

export const CohortEntry = Form('CohortEntry', entry)

export const CohortPage = page('CohortPage', named(CohortEntry))

export const CohortQuery = Type.Object({ ...listed, state: Type.Optional(CohortState) }, closed)

export const Cohort = Form('Cohort', {
  ...entry,
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
})
export type Cohort = Frozen<Static<typeof Cohort>>

export const CohortRejection = Form('CohortRejection', {
  part: Type.Integer({ minimum: 1 }),
  line: Type.Integer({
    minimum: 1,
    description: 'The line of the file, the header being 1; or the place in the list, from 1.',
  }),
  reasons: Type.Array(
    Type.Object(
      {
        code: named(FaultCode),
        detail: Type.String(),
        at: Type.Optional(
          Type.Array(Type.String(), { description: 'The questions whose answers fail, as pointers.' }),
        ),
      },
      closed,
    ),
  ),
})

export const CohortRejectionPage = page('CohortRejectionPage', named(CohortRejection))

export const RejectionQuery = Type.Object(listed, closed)

export const CohortSummary = Form('CohortSummary', {
  cohortId: Uuid,
  syntheticNote: Nullable(Text(300)),
  summary: named(CohortTotals),
  pointsAndCost: named(FitOfPoints),
})
export type CohortSummary = Frozen<Static<typeof CohortSummary>>
