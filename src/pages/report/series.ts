// A report's curves: what a chart draws as a line and a table has in a column, as the depth's readers may see it. Every
// figure of a method at some points comes from the one `amountsAt` here, so that no two places print it differently.
import type { MethodRequest } from '../../contract/calibration/method.ts'
import {
  COARSE,
  type DisclosedCurve,
  disclosedCurve,
  evenPoints,
} from '../../domain/disclosure/disclosed-curves.ts'
import type { FitOfReport } from './data.ts'
import { type DisclosedMethod, type DisclosedReport, shownGroup } from './disclosed-report.ts'

export type Series = Pick<DisclosedCurve, 'coarse' | 'amountsAt'> & {
  readonly title: string
  readonly fit: FitOfReport
  readonly request: MethodRequest
}

/** The curves that may be shown: one of a group that is too small to be shown is left out with it. */
export function disclosedSeries(view: DisclosedReport): readonly Series[] {
  return view.methods.flatMap((one) => seriesOf(view, one))
}

/** One method's curves that may be shown. */
export function seriesOf(view: DisclosedReport, one: DisclosedMethod): readonly Series[] {
  const { method } = one
  const { data, audience, title } = view
  return method.fits.flatMap((fit) => {
    const { userGroup } = fit
    if (userGroup !== null && shownGroup(one, userGroup) === null) return []
    const curve = disclosedCurve(fit, method.request, data.provenance.scaleMaximum, audience)
    return [
      {
        title: userGroup === null ? method.title : `${method.title}: ${title(userGroup)}`,
        fit: { ...fit, knots: curve.knots, bands: curve.bands },
        request: method.request,
        coarse: curve.coarse,
        amountsAt: curve.amountsAt,
      },
    ]
  })
}

/** Ten even parts of the scale, in hundredths: where reports print what points give. */
export function printedPoints({ data }: DisclosedReport): readonly number[] {
  return evenPoints(data.provenance.scaleMaximum, 10).slice(1)
}

/** What must stand beside coarse amounts; null where there are none. */
export function coarseNote(series: readonly Series[]): string | null {
  const titles = [...new Set(series.filter(({ coarse }) => coarse).map(({ title }) => title))]
  if (titles.length === 0) return null
  return (
    `Rounded to the nearest £${COARSE}: ${titles.join('; ')}. Exact amounts would reveal what single people cost now, ` +
    'and so would a published table (see the warnings).'
  )
}
