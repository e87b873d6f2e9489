// One report of a calibration that a cabinet member can read and print: one HTML page with its style and charts
// inside, no scripts and nothing from elsewhere.

import nunjucks from 'nunjucks'
import { svgOf } from '../../charts/svg.ts'
import type { ReportDepth } from '../../contract/calibration/report.ts'
import { cellText } from '../grid.ts'
import type { CalibrationReportData } from './data.ts'
import type { Section } from './section.ts'
import { sections } from './sections.ts'
import { STYLE } from './style.ts'

const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(import.meta.dirname), {
  autoescape: true,
  throwOnUndefined: true,
  trimBlocks: true,
  lstripBlocks: true,
})
environment.addFilter('cell', cellText)

const DEPTHS: Readonly<Record<ReportDepth, string>> = {
  headline: 'For directors and members',
  groups: 'For heads of service',
  persons: 'For modellers: shows single people; do not publish',
}

/** The report as HTML. The same data give the same bytes. */
export async function calibrationReport(data: CalibrationReportData, depth: ReportDepth): Promise<string> {
  const found = sections(data, depth)
  const charts = await drawn(found)
  const { authority, title, cohort } = data
  return environment.render('report.njk', {
    authority,
    title,
    cohortName: cohort.name,
    audience: DEPTHS[depth],
    sections: found,
    charts,
    style: STYLE,
  })
}

// One after the other: the drawing library numbers its parts through all that it draws.
async function drawn(found: readonly Section[]): Promise<Readonly<Record<string, string>>> {
  const svgs: Record<string, string> = {}
  for (const { items } of found)
    for (const item of items) if (item.kind === 'chart') svgs[item.chart.key] = await svgOf(item.chart)
  return svgs
}
