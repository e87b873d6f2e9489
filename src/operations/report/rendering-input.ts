// What can be drawn of a run. Apart from the drawing itself, whose libraries only a thread loads, and only for this.
import type { CsvPart } from '../../pages/report/calibration-csv.ts'
import type { ReportDepth } from '../../pages/report/data.ts'
import type { ReportSource } from './report-data.ts'

export const CHART_NAMES = [
  'points-against-cost',
  'points-against-methods',
  'bootstrap-band',
  'gains-and-losses',
  'scenario-costs',
] as const
export type ChartName = (typeof CHART_NAMES)[number]

export type Rendering =
  | { readonly kind: 'report' | 'workbook'; readonly depth: ReportDepth }
  | { readonly kind: 'csv'; readonly part: CsvPart; readonly depth: ReportDepth }
  | { readonly kind: 'chart'; readonly name: ChartName; readonly depth: ReportDepth }

export type RenderingInput = ReportSource & { readonly what: Rendering }
