// What may be asked of a run's report, charts and workbook.
import { Type } from '@sinclair/typebox'
import { CHART_NAMES } from '../../operations/calibration/rendering-input.ts'
import type { ReportDepth } from '../../pages/calibration-report/data.ts'
import { IdParams } from '../assessments/schema.ts'
import { Key, OneOf } from '../primitives.ts'

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
