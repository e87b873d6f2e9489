// The curves a depth may show. A method that follows costs one by one has single people's costs in its table and in its
// bands, so the public sees its line at even steps of the scale, rounded coarsely.

import type { MethodRequest } from '../../domain/calibration/methods/methods.ts'
import type { Bands } from '../../domain/calibration/trust/bootstrap.ts'
import { followsSingleCosts } from '../../domain/disclosure/follows-single-costs.ts'
import { decimal } from '../../domain/number/decimal.ts'
import type { FitOfReport } from './data.ts'
import type { Visible, VisibleMethod } from './disclosed-report.ts'
import { amountsAtPoints } from './table-amounts.ts'

/** Pounds: wide enough that nobody's cost can be read from an amount. */
export const COARSE = 500
const PLACES = 20

export type Line = {
  readonly title: string
  readonly fit: FitOfReport
  readonly request: MethodRequest
  /** Rounded coarsely, since the amounts follow single people's costs. */
  readonly coarse: boolean
}

/** The curves that may be shown: one of a group that is too small to be shown is left out with it. */
export function shownFits(view: Visible): readonly Line[] {
  return view.methods.flatMap((one) =>
    fitsOf(view, one).flatMap((line) => {
      const { userGroup } = line.fit
      if (userGroup === null) return [line]
      const group = one.impact.groups?.find((found) => found.userGroup === userGroup)
      if (group === undefined || group.suppressed) return []
      return [{ ...line, title: `${line.title}: ${view.title(userGroup)}` }]
    }),
  )
}

/** One method's curves as the depth shows them. */
export function fitsOf({ rows, data }: Visible, { method }: VisibleMethod): readonly Line[] {
  const coarse = !rows && followsSingleCosts(method.request)
  return method.fits.map((fit) => ({
    title: method.title,
    fit: coarse ? coarsened(fit, data.provenance.scaleMaximum) : fit,
    request: method.request,
    coarse,
  }))
}

/** What must stand beside coarse amounts; null where there are none. */
export function coarseNote(lines: readonly Line[]): string | null {
  const titles = [...new Set(lines.filter(({ coarse }) => coarse).map(({ title }) => title))]
  if (titles.length === 0) return null
  return (
    `To the nearest £${COARSE}: ${titles.join('; ')}. Exact amounts would be single people’s present costs; a ` +
    'published table would hold them (see the warnings).'
  )
}

function coarsened(fit: FitOfReport, scaleMaximum: string): FitOfReport {
  const knots = amountsAtPoints(fit.knots, scaleMaximum, PLACES)
  return {
    ...fit,
    knots: [
      { points: '0', amountAnnual: rounded(fit.knots[0]?.amountAnnual ?? '0') },
      ...knots.map(({ points, amount }) => ({ points, amountAnnual: rounded(amount) })),
    ],
    bands: fit.bands && coarseBands(fit.bands),
  }
}

function coarseBands(bands: Bands): Bands {
  return {
    ...bands,
    curve: bands.curve.map((one) => ({
      ...one,
      estimate: rounded(one.estimate),
      lower: one.lower && rounded(one.lower),
      upper: one.upper && rounded(one.upper),
    })),
  }
}

function rounded(amount: string): string {
  return decimal(amount).div(COARSE).toDecimalPlaces(0).times(COARSE).toFixed(2)
}
