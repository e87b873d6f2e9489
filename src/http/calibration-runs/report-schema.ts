// What may be asked of a run's report, charts and workbook.

import { Type } from '@sinclair/typebox'
import { IdParams } from '../../contract/allocation/assessment.ts'
import { Key, OneOf } from '../../contract/primitives.ts'
import { CHART_NAMES } from '../../operations/report/rendering-input.ts'
import { CSV_PARTS, type CsvPart } from '../../pages/report/calibration-csv.ts'
import type { ReportDepth } from '../../pages/report/data.ts'

const closed = { additionalProperties: false }

const depth = (byDefault: ReportDepth) =>
  Type.Unsafe<ReportDepth>({
    ...OneOf('headline', 'groups', 'persons'),
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

export const ChartParams = Type.Object({ ...IdParams.properties, name: OneOf(...CHART_NAMES) })

export const CsvQuery = Type.Object(
  {
    part: Type.Unsafe<CsvPart | 'persons'>({
      ...OneOf('persons', ...CSV_PARTS),
      default: 'persons',
      description:
        'persons: a row for every person; tables: the knots; impact: who gains and who loses; scenarios: cost by month.',
    }),
    depth: depth('persons'),
  },
  closed,
)
