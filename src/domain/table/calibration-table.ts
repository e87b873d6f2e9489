// What a calibration table version is, and which of its curves treat some user groups differently from the others.
import type { CalibrationTable, Curve } from '../../contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'

/** The user groups of a curve; `all` are those of the questionnaire. */
export function groupsOf({ userGroups }: Curve, all: readonly string[]): readonly string[] {
  return userGroups === 'all' ? all : userGroups
}

/** Whether a curve treats some user groups differently from the others. */
export function isGroupCurve(curve: Curve, questionnaire: Questionnaire): boolean {
  const own = new Set(
    groupsOf(
      curve,
      questionnaire.userGroups.map(({ key }) => key),
    ),
  )
  return questionnaire.userGroups.some(({ key }) => !own.has(key))
}

/** The user groups defined by age that have a curve of their own: flagged at publication, and in public. */
export function ageDefinedGroupsApart(
  table: CalibrationTable,
  questionnaire: Questionnaire,
): readonly string[] {
  const defined = questionnaire.userGroups.filter(({ ageDefined }) => ageDefined).map(({ key }) => key)
  return table.curves
    .filter((curve) => isGroupCurve(curve, questionnaire))
    .flatMap((curve) => groupsOf(curve, []).filter((group) => defined.includes(group)))
}
