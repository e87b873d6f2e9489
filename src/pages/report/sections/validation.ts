// How close the methods come for people they have not seen: each curve, and all groups by their own.
import type { CrossValidation } from '../../../contract/calibration/trust.ts'
import { decimal } from '../../../domain/number/decimal.ts'
import { type Cell, type Grid, grid, percent, pounds, text } from '../../grid.ts'
import type { DisclosedReport } from '../disclosed-report.ts'
import { gridItem, type Item, paragraph } from '../section.ts'
import type { Series } from '../series.ts'

/** What trying the methods on people they had not seen found, or that nobody did. */
export function validationItems(view: DisclosedReport, lines: readonly Series[]): readonly Item[] {
  const { data } = view
  const single = lines.flatMap(({ title, fit }) =>
    fit.crossValidation ? [{ title, own: fit.crossValidation }] : [],
  )
  const tried = [...single, ...validatedTogether(view, lines)]
  if (tried.length === 0) return [paragraph('The methods were not tested on people left out of the fit.')]
  return [
    paragraph(
      'Each method was also tested on people left out of the fit: it was fitted to most of the cohort, then asked about ' +
        `the rest. The error is the difference between its amount and ${data.cohort.existingIs}. A useful method has a ` +
        'smaller error than giving everyone the average.',
    ),
    gridItem(validationGrid(tried)),
  ]
}

// Beside the other groups' figures, those of everybody would give away a group that is hidden.
function validatedTogether({ methods }: DisclosedReport, lines: readonly Series[]) {
  return methods.flatMap(({ method: { title, request, fits, together } }) => {
    const shown = lines.filter((line) => line.request === request).length === fits.length
    const own = shown ? together?.crossValidation : null
    return own ? [{ title: `${title}: all groups, each with its own table`, own }] : []
  })
}

function validationGrid(tried: readonly { readonly title: string; readonly own: CrossValidation }[]): Grid {
  return grid(
    'How close each method comes for people left out of the fit',
    [
      'Method',
      'Average error',
      'Error if everyone got the average',
      'Within 10%',
      'Within 25%',
      'Too high (+) or too low (−) overall',
    ],
    tried.map(({ title, own: { method, mean } }) => [
      text(title),
      pounds(method.meanAbsolute),
      pounds(mean.meanAbsolute),
      shareCell(method.withinTenPercent),
      shareCell(method.withinQuarter),
      percent(method.bias === null ? null : decimal(method.bias).times(100).toFixed(), true),
    ]),
  )
}

function shareCell(share: string | null): Cell {
  return percent(share === null ? null : decimal(share).times(100).toFixed())
}
