// What can be drawn of a run. Apart from the drawing itself, whose libraries only a thread loads, and only for this.
import type { ChartName, CsvPart, ReportDepth } from '../../contract/calibration/report.ts'
import type { ReportSource } from './report-data.ts'

export type Rendering =
  | { readonly kind: 'report' | 'workbook'; readonly depth: ReportDepth }
  | { readonly kind: 'csv'; readonly part: CsvPart; readonly depth: ReportDepth }
  | { readonly kind: 'chart'; readonly name: ChartName; readonly depth: ReportDepth }

export type RenderingInput = ReportSource & { readonly what: Rendering }
