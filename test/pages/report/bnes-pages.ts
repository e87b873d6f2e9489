// The page of 2012 at each depth, drawn once for all who look at it: a drawing takes most of a second.
import type { ReportDepth } from '../../../src/contract/calibration/report.ts'
import { calibrationReport } from '../../../src/pages/report/report.ts'
import { reportData } from './bnes-report.ts'

export const data = reportData()

const drawn = new Map<ReportDepth, Promise<string>>()

export function pageOf(depth: ReportDepth): Promise<string> {
  const page = drawn.get(depth) ?? calibrationReport(data, depth)
  drawn.set(depth, page)
  return page
}
