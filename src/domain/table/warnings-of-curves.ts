// What the curves of a table make a publisher look at.

import type { CalibrationTable } from '../../contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import type { Warning } from '../../contract/documents/warning.ts'
import { COARSE, followsSingleCosts, STEPS } from '../disclosure/disclosed-curves.ts'
import { decimal } from '../number/decimal.ts'
import { inPoints, inPoundsAndPence } from '../number/in-words.ts'
import { ageDefinedGroupsApart, groupsOf } from './calibration-table.ts'
import { cliffsOf } from './stretches.ts'
import type { TableAsRead } from './table-as-read.ts'
import { warning } from './warning.ts'

/** What curves do to ages, to single people whose costs they follow, and to who needs a little more. */
export function warningsOfCurves(
  table: TableAsRead,
  questionnaire: Questionnaire | null,
): readonly Warning[] {
  const apart = questionnaire === null ? [] : ageDefinedGroupsApart(table, questionnaire)
  const aged = apart.map((group) => {
    const i = table.curves.findIndex((curve) => groupsOf(curve, []).includes(group))
    const detail = `The user group "${group}" is defined by age and has a curve of its own. Its ageReason says why.`
    return warning(`/curves/${i}`, 'age-defined-curve', detail)
  })
  const single = followsSingle(table) && !table.curves.every(isCoarse) ? [SINGLE] : []
  return [...aged, ...single, ...cliffs(table)]
}

// A run calls its methods by names of its own; which method it is stands among the parameters.
function followsSingle({ provenance }: TableAsRead): boolean {
  if (provenance === undefined) return false
  return followsSingleCosts({ method: provenance.parameters.method ?? provenance.method })
}

const SINGLE = warning(
  '/curves',
  'discloses-single-costs',
  `The method follows single people’s costs, so the table may publish them. Use another, or ${STEPS} steps rounded to £${COARSE}.`,
)

// As everybody may see such a curve.
function isCoarse({ knots }: CalibrationTable['curves'][number]): boolean {
  return (
    knots.length <= STEPS + 1 && knots.every(({ amountAnnual }) => decimal(amountAnnual).mod(COARSE).isZero())
  )
}

/** Every cliff of curves that rise; where one does not, that is a fault, and nothing can be said of its steepness. */
function cliffs(table: TableAsRead): readonly Warning[] {
  if (!table.curves.every(isRising)) return []
  return cliffsOf(table).map(({ curve, atPoints, kind, riseAnnual }) => {
    const rise = inPoundsAndPence(riseAnnual)
    const detail =
      kind === 'step'
        ? `At ${inPoints(atPoints)} a little more need brings ${rise} more. Use a smoother curve, or acknowledge it.`
        : `From ${inPoints(atPoints)} the curve rises ${rise}, over three times as fast as beside it. Use a smoother curve.`
    return warning(`/curves/${curve}`, 'cliff', detail, { atPoints, kind, riseAnnual })
  })
}

function isRising({ knots }: CalibrationTable['curves'][number]): boolean {
  return knots.every((knot, i) => {
    const before = knots[i - 1]
    return (
      before === undefined ||
      (decimal(knot.points).greaterThan(before.points) &&
        decimal(knot.amountAnnual).greaterThanOrEqualTo(before.amountAnnual))
    )
  })
}
