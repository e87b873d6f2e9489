// What a calibration table version is, and which of its curves treat some user groups differently from the others.
import type { RoundingMode } from '../number/decimal.ts'
import type { Questionnaire, VersionRef } from '../questionnaire/questionnaire.ts'

export type Knot = { readonly points: string; readonly amountAnnual: string }

export type Curve = {
  readonly userGroups: readonly string[] | 'all'
  readonly interpolation: 'linear' | 'step'
  readonly knots: readonly Knot[]
  readonly reasonForDifference?: string
  readonly ageReason?: string
}

export type Adjustment = {
  readonly name: string
  readonly kind: 'inflation' | 'efficiency' | 'local-cost'
  readonly factor: string
  readonly reason: string
}

/** Where a table came from, when a calibration run made it. */
export type Provenance = {
  readonly calibrationRunId: string
  readonly method: string
  readonly cohortHash: string
  /** How the cohort's rows were made, where none of them is about a person. */
  readonly syntheticNote?: string
  readonly parameters: Readonly<Record<string, string>>
  readonly engineVersion: string
}

/** The content of a calibration table version. Amounts are pounds a year, points and factors decimal strings. */
export type CalibrationTable = {
  readonly title: string
  readonly financialYear: string
  readonly effectiveFrom: string
  readonly effectiveBefore?: string
  readonly questionnaire: VersionRef
  readonly curves: readonly Curve[]
  readonly belowFirst: 'line-from-zero' | 'hold' | 'zero'
  readonly aboveLast: 'refer-and-hold' | 'refuse'
  readonly adjustments: readonly Adjustment[]
  readonly cap?: { readonly amountAnnual: string }
  readonly contingency: { readonly fraction: string }
  readonly rounding: { readonly to: string; readonly mode: RoundingMode }
  readonly weeksPerYear: string
  readonly source: string
  readonly rationale: string
  readonly backdatingReason?: string
  readonly provenance?: Provenance
}

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
