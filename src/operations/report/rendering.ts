// Draws a run for its readers: the report, one of its charts, its figures as CSV, or the workbook. All come from the same sections,
// so that none of them shows what another hides.

import { svgOf } from '../../charts/svg.ts'
import type { ChartName, ReportDepth } from '../../contract/calibration/report.ts'
import { calibrationCsv } from '../../pages/report/calibration-csv.ts'
import type { CalibrationReportData } from '../../pages/report/data.ts'
import { calibrationReport } from '../../pages/report/report.ts'
import { sections } from '../../pages/report/sections.ts'
import { calibrationWorkbook } from '../../pages/workbook/workbook.ts'
import type { RenderingInput } from './report-data.ts'
import { reportData } from './report-data.ts'

/** HTML, SVG, CSV, or the workbook's bytes; null for a chart that the run has nothing for at this depth. */
export async function rendered({ what, ...source }: RenderingInput): Promise<string | Uint8Array | null> {
  const data = reportData(source)
  if (what.kind === 'chart') return chart(data, what.name, what.depth)
  if (what.kind === 'csv') return calibrationCsv(data, what.part, what.depth)
  return what.kind === 'report' ? calibrationReport(data, what.depth) : calibrationWorkbook(data, what.depth)
}

/** The charts by their keys in the report; where a depth hides dots, the lines are drawn without them. */
const KEYS: Readonly<Record<ChartName, readonly string[]>> = {
  'points-against-cost': ['dots'],
  'points-against-methods': ['dots-methods', 'methods'],
  'bootstrap-band': ['bands'],
  'gains-and-losses': ['changes'],
  'scenario-costs': ['scenarios'],
  'change-by-tenth': ['tenths'],
}

async function chart(
  data: CalibrationReportData,
  name: ChartName,
  depth: ReportDepth,
): Promise<string | null> {
  const charts = sections(data, depth).flatMap(({ items }) =>
    items.flatMap((item) => (item.kind === 'chart' ? item.chart : [])),
  )
  const found = KEYS[name].flatMap((key) => charts.find((one) => one.key === key) ?? [])[0]
  return found === undefined ? null : svgOf({ ...found, key: name })
}
