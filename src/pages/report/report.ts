// One report of a calibration that a cabinet member can read and print: one HTML page with its style and charts
// inside, no scripts and nothing from elsewhere.
import type { Chart } from '../../charts/chart.ts'
import { narrowSvgOf } from '../../charts/narrow.ts'
import { svgOf } from '../../charts/svg.ts'
import type { ReportDepth } from '../../contract/calibration/report.ts'
import { cellText, type Grid } from '../grid.ts'
import { Html, html, page, pageSection, pageTable } from '../html.ts'
import { REPORT_STYLE } from '../style.ts'
import type { CalibrationReportData } from './data.ts'
import type { Item } from './section.ts'
import { sections } from './sections.ts'

const DEPTHS: Readonly<Record<ReportDepth, string>> = {
  headline: 'For directors and members',
  groups: 'For heads of service',
  persons: 'For modellers: shows single people; do not publish',
}

/** The report as HTML. The same data give the same bytes. */
export async function calibrationReport(data: CalibrationReportData, depth: ReportDepth): Promise<string> {
  const found: Html[] = []
  // One after the other: the drawing library numbers its parts through all that it draws.
  for (const { id, title, items, newPage } of sections(data, depth)) {
    const content: Html[] = []
    for (const item of items) content.push(await itemHtml(item))
    found.push(pageSection(id, title, content, newPage))
  }
  const { authority, title } = data
  return page(
    `${title} – ${authority}`,
    REPORT_STYLE,
    html`<a class="skip" href="#in-short">Skip to the answers</a>
<header>
<p class="authority">${authority}</p>
<h1>${title}</h1>
<p class="audience">Calibration report · ${DEPTHS[depth]}</p>
</header>
<main>
${found}
</main>`,
  )
}

async function itemHtml(item: Item): Promise<Html> {
  switch (item.kind) {
    case 'paragraph':
      return html`<p>${item.text}</p>`
    case 'heading':
      return html`<h3>${item.text}</h3>`
    case 'notice':
      return html`<p class="notice"><strong>${item.text}</strong></p>`
    case 'list':
      return html`<ul>
${item.entries.map((entry) => html`<li>${entry}</li>`)}
</ul>`
    case 'terms':
      return html`<dl>
${item.terms.map(({ term, meaning }) => html`<div><dt>${term}</dt><dd>${meaning}</dd></div>`)}
</dl>`
    case 'chart':
      return chartHtml(item.chart, item.caption)
    case 'grid':
      return gridHtml(item.grid)
  }
}

/** A chart without a narrow form moves sideways on a telephone. */
async function chartHtml(chart: Chart, caption: string): Promise<Html> {
  const wide = new Html(await svgOf(chart))
  const narrow = await narrowSvgOf(chart)
  const drawn =
    narrow === null
      ? html`<div class="chart" role="region" tabindex="0" aria-label="${chart.title}">
${wide}
</div>`
      : html`<div class="wide">
${wide}
</div>
<div class="narrow">
${new Html(narrow)}
</div>`
  return html`<figure>
<figcaption>${chart.title}</figcaption>
${drawn}
${caption === '' ? null : small(caption)}
</figure>`
}

/** The most rows that print on one page together. */
const SHORT = 14

function gridHtml({ caption, columns, rows, note }: Grid): Html {
  const table = pageTable({
    caption,
    columns,
    rows: rows.map(({ cells, strong }) => ({ cells: cells.map(cellText), strong })),
  })
  return html`<div class="${rows.length <= SHORT ? 'table short' : 'table'}" role="region" tabindex="0" aria-label="${caption}">
${table}
${note === null ? null : small(note)}
</div>`
}

function small(text: string): Html {
  return html`<p class="small">${text}</p>`
}
