// What may be asked of a run's report, charts, rows and workbook.
import { type Static, Type } from '@sinclair/typebox'
import { Key, OneOf, Uuid } from '../primitives.ts'
import { closed } from '../shape.ts'

export const REPORT_DEPTHS = ['headline', 'groups', 'persons'] as const
/** Headline for directors and members, groups for heads of service, persons for modellers. */
export type ReportDepth = (typeof REPORT_DEPTHS)[number]

export const CHART_NAMES = [
  'points-against-cost',
  'points-against-methods',
  'bootstrap-band',
  'gains-and-losses',
  'scenario-costs',
  'change-by-tenth',
] as const
export type ChartName = (typeof CHART_NAMES)[number]

/** What of a run may be had as CSV, beside its persons. */
export const CSV_PARTS = ['tables', 'impact', 'scenarios', 'tenths', 'characteristics'] as const
export type CsvPart = (typeof CSV_PARTS)[number]

export const depth = (byDefault: ReportDepth) =>
  Type.Unsafe<ReportDepth>({
    ...OneOf(...REPORT_DEPTHS),
    default: byDefault,
    description: 'headline for directors and members, groups for heads of service, persons for modellers.',
  })

export const ReportQuery = Type.Object(
  {
    depth: depth('headline'),
    proposed: Type.Optional(
      Type.Unsafe<string>({ ...Key, description: 'The method that the report proposes; none if left out.' }),
    ),
  },
  closed,
)

export const ChartQuery = Type.Object({ depth: depth('persons') }, closed)

export const ChartParams = Type.Object({ id: Uuid, name: OneOf(...CHART_NAMES) })

export const CsvQuery = Type.Object(
  {
    part: Type.Optional(
      Type.Unsafe<CsvPart | 'persons'>({
        ...OneOf('persons', ...CSV_PARTS),
        description:
          'persons: a row for every person; tables: the knots; impact: who gains and who loses; scenarios: cost by month; tenths: by present cost; characteristics: by what the cohort says of people. If left out, persons in the depth persons, and else tables.',
      }),
    ),
    depth: depth('persons'),
  },
  closed,
)
export type CsvQuery = Static<typeof CsvQuery>
