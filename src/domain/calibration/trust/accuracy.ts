// How near a method comes to people it has not seen, in the few figures that everybody is told.

import type { CrossValidation, PredictionError } from '../../../contract/calibration/trust.ts'
import type { ProvenanceAccuracy } from '../../../contract/documents/provenance.ts'
import type { Case } from '../cohort/case.ts'

/** Fewer rows than these say more about single people than about a group. */
const FEWEST_ROWS = 10

/** Null where the method was not tried on anybody. */
export function accuracyOf(
  validation: CrossValidation | null,
  cases: readonly Case[],
): ProvenanceAccuracy | null {
  const all = validation && measuresOf(validation.method)
  if (validation === null || all === null) return null
  const rowsOf = (group: string) => cases.filter(({ userGroup }) => userGroup === group).length
  return {
    ...all,
    byGroup: validation.byGroup.flatMap(({ userGroup, method }) => {
      const [rows, own] = [rowsOf(userGroup), measuresOf(method)]
      return own === null || rows < FEWEST_ROWS ? [] : [{ userGroup, rows, ...own }]
    }),
  }
}

function measuresOf({ withinTenPercent, withinQuarter, meanAbsolute, bias }: PredictionError) {
  if (withinTenPercent === null || withinQuarter === null || meanAbsolute === null) return null
  return { within10: withinTenPercent, within25: withinQuarter, averageMiss: meanAbsolute, bias }
}
