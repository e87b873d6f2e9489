// Every user group is covered exactly once, by a curve or by `outside`, and a curve for some groups only says why.
import type { CalibrationTable, Curve } from '../../contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import type { Fault } from '../../contract/refusal.ts'
import { groupsInside, groupsOf, isGroupCurve } from './calibration-table.ts'

type Named = { readonly group: string; readonly pointer: string }

export function coverageFaults(table: CalibrationTable, { userGroups }: Questionnaire): readonly Fault[] {
  const known = userGroups.map(({ key }) => key)
  const named = namedGroups(table, known)
  return [
    ...named.flatMap(({ group, pointer }) => (known.includes(group) ? [] : unknown(group, pointer, known))),
    ...known.flatMap((group) => timesFault(group, named.filter((other) => other.group === group).length)),
  ]
}

function namedGroups(table: CalibrationTable, known: readonly string[]): readonly Named[] {
  const { curves, outside = [] } = table
  const inside = groupsInside(table, known)
  return [
    ...curves.flatMap((curve, i) =>
      groupsOf(curve, inside).map((group, j) => ({ group, pointer: `/curves/${i}/userGroups/${j}` })),
    ),
    ...outside.map(({ userGroup }, i) => ({ group: userGroup, pointer: `/outside/${i}/userGroup` })),
  ]
}

function unknown(group: string, pointer: string, known: readonly string[]): Fault {
  const detail = `The questionnaire has no user group "${group}". Name one of: ${known.join(', ')}.`
  return { pointer, code: 'user-group-unknown', detail }
}

function timesFault(group: string, times: number): readonly Fault[] {
  if (times === 1) return []
  if (times === 0) {
    const detail = `No curve covers the user group "${group}". Add it to one curve, or to outside with a reason.`
    return [{ pointer: '/curves', code: 'user-group-not-covered', detail }]
  }
  const detail = `The user group "${group}" is named ${times} times, in curves or in outside. Keep it in one place.`
  return [{ pointer: '/curves', code: 'user-group-covered-twice', detail }]
}

export function reasonFaults(
  curve: Curve,
  table: CalibrationTable,
  questionnaire: Questionnaire,
  pointer: string,
): readonly Fault[] {
  if (!isGroupCurve(curve, table, questionnaire)) return []
  const faults: Fault[] = []
  if (curve.reasonForDifference === undefined) {
    const detail =
      'This curve is for some user groups only and gives no reason. Give reasonForDifference, which is published with it.'
    faults.push({
      pointer: `${pointer}/reasonForDifference`,
      code: 'group-curve-without-reason',
      detail,
    })
  }
  const aged = questionnaire.userGroups.filter(
    ({ key, ageDefined }) => ageDefined && groupsOf(curve, []).includes(key),
  )
  if (aged.length > 0 && curve.ageReason === undefined) {
    const detail = `${aged.map(({ key }) => `"${key}"`).join(', ')} is defined by age. Say in ageReason what justifies the curve other than age.`
    faults.push({ pointer: `${pointer}/ageReason`, code: 'age-defined-group-without-reason', detail })
  }
  return faults
}
