// The report's figures as a workbook: the same tables, hidden alike, with the tables of points and pounds themselves
// and, for the modeller, every person.

import writeXlsxFile, { type Row as SheetRow } from 'write-excel-file/node'
import type { ReportDepth } from '../../contract/calibration/report.ts'
import { type Grid, grid, number, pounds, text } from '../grid.ts'
import type { CalibrationReportData } from '../report/data.ts'
import { type DisclosedReport, disclosedReport } from '../report/disclosed-report.ts'
import type { Item, Section } from '../report/section.ts'
import { personGrid } from '../report/sections/persons.ts'
import { scenarioTitle } from '../report/sections/transition.ts'
import { sections } from '../report/sections.ts'
import { coarseNote, disclosedSeries, type Series } from '../report/series.ts'
import { tableRows, textCell } from './sheet-rows.ts'
import { withoutTimes } from './zip-times.ts'

const SHEETS: readonly (readonly [name: string, sections: readonly string[]])[] = [
  ['Summary', ['in-short', 'cohort', 'cautions', 'hidden', 'provenance']],
  ['Methods', ['changes', 'certainty']],
  ['Groups', ['tenths', 'equality', 'groups']],
  ['Scenarios', ['moving']],
  ['Checks', ['persons']],
]

/** The workbook as XLSX. The same data give the same bytes. */
export async function calibrationWorkbook(data: CalibrationReportData, depth: ReportDepth): Promise<Buffer> {
  const found = sections(data, depth)
  const view = disclosedReport(data, depth)
  const fixed = SHEETS.flatMap(([name, ids]) => {
    const own = found.filter(({ id }) => ids.includes(id))
    return own.length === 0 ? [] : [sheet(name, own.flatMap(sectionRows))]
  })
  const more = view === null ? [] : viewSheets(view)
  const named = [textCell(`${data.authority}: ${data.title}`, true)]
  const sheets = [...fixed, ...more].map((one, i) =>
    i === 0 ? { ...one, data: [named, [], ...one.data] } : one,
  )
  return withoutTimes(await writeXlsxFile(sheets).toBuffer())
}

function viewSheets(view: DisclosedReport) {
  return [
    sheet('Months', tableRows(monthGrid(view))),
    sheet(
      'Tables',
      disclosedSeries(view).flatMap((line) => tableRows(knotGrid(line))),
    ),
    ...(view.persons ? [sheet('Persons', tableRows(personGrid(view, 2)))] : []),
  ]
}

function sheet(name: string, data: readonly SheetRow[]) {
  return { sheet: name, data: [...data], columns: [{ width: 44 }, ...Array(20).fill({ width: 18 })] }
}

function sectionRows({ id, title, items }: Section): readonly SheetRow[] {
  // Each person has a row on a sheet of its own.
  const rows = items.flatMap((item) => (id === 'persons' && isEverybody(item) ? [] : itemRows(item)))
  return [[textCell(title, true)], ...rows, []]
}

function isEverybody(item: Item): boolean {
  return item.kind === 'grid' && item.grid.rows.length > 0 && item.grid.caption.startsWith('Points and money')
}

function itemRows(item: Item): readonly SheetRow[] {
  switch (item.kind) {
    case 'grid':
      return tableRows(item.grid)
    case 'list':
      return item.entries.map((entry) => [textCell(entry)])
    case 'terms':
      return item.terms.map(({ term, meaning }) => [textCell(term), textCell(meaning)])
    case 'chart':
      return []
    default:
      return [[textCell(item.text, item.kind === 'heading')]]
  }
}

function monthGrid({ sides }: DisclosedReport): Grid {
  const lines = sides.flatMap(({ method, scenarios }) =>
    scenarios.map((scenario) => ({ title: method.title, scenario })),
  )
  return grid(
    'Cost of each scenario, month by month',
    ['Method', 'Scenario', 'Month', 'Cost', 'Difference from now'],
    lines.flatMap(({ title, scenario }) =>
      scenario.months.map(({ month, cost, pressure }) => [
        text(title),
        text(scenarioTitle(scenario)),
        number(month),
        pounds(cost),
        pounds(pressure),
      ]),
    ),
  )
}

function knotGrid(line: Series): Grid {
  const { title, fit, coarse } = line
  return grid(
    `${title}: ${coarse ? 'the table, rounded' : 'the table'} (straight lines between the rows)`,
    ['Points', '£ a year'],
    fit.knots.map(({ points, amountAnnual }) => [number(points), pounds(amountAnnual)]),
    coarseNote([line]),
  )
}
