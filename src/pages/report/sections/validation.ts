// How close the methods come for people they have not seen: each curve, and all groups by their own.
import type { CrossValidation } from '../../../domain/calibration/trust/cross-validation.ts'
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
  if (tried.length === 0) return [paragraph('The methods were not tried on people they had not seen.')]
  return [
    paragraph(
      'Each method was also tried on people it had not seen: fitted to most of the cohort, then asked about the rest. ' +
        `A miss is the distance between the amount and ${data.cohort.existingIs}; a useful method misses by less than ` +
        'giving everybody the same average would.',
    ),
    gridItem(validationGrid(tried)),
  ]
}

// Beside the other groups' figures, those of everybody would give away a group that is hidden.
function validatedTogether({ methods }: DisclosedReport, lines: readonly Series[]) {
  return methods.flatMap(({ method: { title, request, fits, together } }) => {
    const shown = lines.filter((line) => line.request === request).length === fits.length
    const own = shown ? together?.crossValidation : null
    return own ? [{ title: `${title}: all groups, each by its own table`, own }] : []
  })
}

function validationGrid(tried: readonly { readonly title: string; readonly own: CrossValidation }[]): Grid {
  return grid(
    'How close each method comes for people it has not seen',
    [
      'Method',
      'Average miss',
      'Same for all would miss by',
      'Within 10%',
      'Within 25%',
      'Too high or low overall',
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
