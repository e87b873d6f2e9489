// What a calibration table version is, and which of its curves treat some user groups differently from the others.
import type { CalibrationTable, Curve } from '../../contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'

/** The user groups that a table is for: those of the questionnaire that `outside` does not name. */
export function groupsInside({ outside = [] }: CalibrationTable, all: Iterable<string>): readonly string[] {
  const named = new Set(outside.map(({ userGroup }) => userGroup))
  return [...all].filter((group) => !named.has(group))
}

/** The user groups of a curve; `all` are those inside the table. */
export function groupsOf({ userGroups }: Curve, inside: readonly string[]): readonly string[] {
  return userGroups === 'all' ? inside : userGroups
}

/** Whether a curve treats some of the user groups inside the table differently from the others. */
export function isGroupCurve(curve: Curve, table: CalibrationTable, questionnaire: Questionnaire): boolean {
  const inside = groupsInside(table, keysOf(questionnaire))
  const own = new Set(groupsOf(curve, inside))
  return inside.some((group) => !own.has(group))
}

/** The user groups defined by age that have a curve of their own: flagged at publication, and in public. */
export function ageDefinedGroupsApart(
  table: CalibrationTable,
  questionnaire: Questionnaire,
): readonly string[] {
  const defined = questionnaire.userGroups.filter(({ ageDefined }) => ageDefined).map(({ key }) => key)
  return table.curves
    .filter((curve) => isGroupCurve(curve, table, questionnaire))
    .flatMap((curve) => groupsOf(curve, []).filter((group) => defined.includes(group)))
}

function keysOf({ userGroups }: Questionnaire): readonly string[] {
  return userGroups.map(({ key }) => key)
}
