// How far points go with current cost, before any method: where they do not, no table made from them can be right.

import type { FitOfPoints, PointsFit } from '../../../contract/calibration/cohort-figures.ts'
import { inOrder } from '../trust/sample.ts'
import type { Case } from './case.ts'
import { pearson, spearman } from './correlation.ts'

/** Weighted linear and rank correlation of points with cost, over everyone and by user group. */
export function fitOfPoints(cases: readonly Case[]): FitOfPoints {
  const ordered = inOrder(cases)
  const groups = [...new Set(ordered.map(({ userGroup }) => userGroup))].sort()
  return {
    ...pointsFit(ordered),
    byGroup: groups.map((group) => ({
      userGroup: group,
      ...pointsFit(ordered.filter(({ userGroup }) => userGroup === group)),
    })),
  }
}

function pointsFit(cases: readonly Case[]): PointsFit {
  const points = Float64Array.from(cases, (row) => row.points)
  const cost = Float64Array.from(cases, (row) => row.cost)
  const weight = Float64Array.from(cases, (row) => row.weight)
  return { cases: cases.length, linear: pearson(points, cost, weight), rank: spearman(points, cost, weight) }
}
