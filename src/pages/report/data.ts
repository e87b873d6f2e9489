// What a calibration report is made from: the results of one run, as the domain's own functions return them. Whoever
// fills this in computes nothing but these results; what may be shown of them is decided here, by depth.

import type { Declared } from '../../contract/calibration/cohort.ts'
import type {
  CohortTotals,
  FitOfPoints,
  ItemAnalysis,
  MeanInterval,
  Representativeness,
} from '../../contract/calibration/cohort-figures.ts'
import type { Warning } from '../../contract/calibration/figures.ts'
import type { Reasonableness } from '../../contract/calibration/impact.ts'
import type { MethodRequest } from '../../contract/calibration/method.ts'
import type { Exclusion, PublishedCells, Tolerance } from '../../contract/calibration/run-request.ts'
import type { FittedMethod } from '../../contract/calibration/run-results.ts'
import type { Bands, CrossValidation, JointBands, LeftOut } from '../../contract/calibration/trust.ts'
import type { Knot } from '../../contract/documents/calibration-table.ts'
import type { Case } from '../../domain/calibration/cohort/case.ts'
import type { SplitCohort } from '../../domain/calibration/cohort/exclusion.ts'
import type { ScenarioOptions } from '../../domain/calibration/effects/scenarios.ts'
import type { Bands as Breakdowns, NamedGroup } from '../../domain/disclosure/joined-cohort.ts'

export type CalibrationReportData = {
  /** The council's name, and what the run is called there. */
  readonly authority: string
  readonly title: string
  /** In a comparison, what with, in a sentence or two; else it is not there. */
  readonly comparedWith?: string
  readonly cohort: CohortOfReport
  readonly userGroups: readonly NamedGroup[]
  readonly budget: BudgetOfReport
  /** At least one, in the order in which they are to be shown. */
  readonly methods: readonly MethodOfReport[]
  /** Methods that were requested and could not be calculated. */
  readonly refused: readonly RefusedMethod[]
  /** The key of the method that is proposed; null when the run only compares. */
  readonly proposed: string | null
  /** How `scenarios` of every method were costed. */
  readonly transition: Pick<ScenarioOptions, 'months' | 'phase'>
  /** What every method's impact is broken down by. */
  readonly bands: Breakdowns
  /** Cells that the council had published before the run; null where it declared none. */
  readonly published: PublishedCells | null
  readonly provenance: Provenance
}

export type CohortOfReport = {
  readonly name: string
  /** The rows that were calibrated on, exclusions taken out. Lists of amounts below follow this order. */
  readonly cases: readonly Case[]
  /** What is compared with, in pence a year for each case: the current cost, or what the table in force gives. */
  readonly existing: readonly number[]
  /** What they can plan with of that, where it is not all. */
  readonly existingAvailable?: readonly number[]
  /** Pence a year that rounding alone may move; nothing unless said. */
  readonly unchangedWithin?: number
  /** Completes "more than …": "their present cost", "what the table in force gives them". */
  readonly existingIs: string
  /** Where no row is a person, how they were made: said on the first screen. Null where they are real cases. */
  readonly syntheticNote: string | null
  /** Rows of the upload that could not be used. */
  readonly rejectedRows: number
  readonly exclusionRules: readonly Exclusion[]
  readonly exclusion: Omit<SplitCohort, 'included'>
  readonly summary: CohortTotals
  /** The margin that the number of people gives on a share ("0.0847"), at the confidence ("0.95"). */
  readonly sampling: {
    readonly confidence: string
    readonly margin: string
    readonly mean: MeanInterval | null
  } | null
  readonly representativeness: Representativeness | null
  /** What the cohort says of its people beside groups and ages. */
  readonly characteristics: readonly Declared[]
  readonly fitOfPoints: FitOfPoints | null
  readonly itemAnalysis: ItemAnalysis | null
}

/** Pounds a year. `basis` says in a sentence where the sum is from: "What the cohort costs now." */
export type BudgetOfReport = { readonly target: string; readonly basis: string }

/** What a run found of a method, as it is stored; every figure comes from the printed (rounded) table. */
type Found = Pick<
  FittedMethod,
  | 'impact'
  | 'impactAvailable'
  | 'scenarios'
  | 'scenariosAvailable'
  | 'estimateAgreement'
  | 'accuracy'
  | 'cliffs'
>

/** One method's results. */
export type MethodOfReport = Found & {
  /** Unique in the run: letters, digits, hyphens. */
  readonly key: string
  /** What readers see; `methodTitle(request)` gives a plain one. */
  readonly title: string
  readonly request: MethodRequest
  /** One for everybody, or one for each user group. */
  readonly fits: readonly FitOfReport[]
  /** What is known of all curves together; null where there is one, or nothing was asked. */
  readonly together: TogetherOfReport | null
  /** Pence a year, one for each case, and what of them can be planned with; null where nothing is held. */
  readonly amounts: readonly number[]
  readonly amountsAvailable: readonly number[] | null
  readonly tolerance: Tolerance | null
  readonly reasonableness: Reasonableness | null
  /** Pounds: what rounding the table to its unit adds to the exact total, and what a cap leaves unspent. */
  readonly roundingDifference: string
  readonly unspent: string
}

export type RefusedMethod = { readonly title: string; readonly detail: string }

export type TogetherOfReport = {
  readonly bands: JointBands | null
  readonly crossValidation: CrossValidation | null
}

/** `userGroup` null where one curve serves everybody. */
export type FitOfReport = {
  readonly userGroup: string | null
  readonly knots: readonly Knot[]
  readonly coefficients: Readonly<Record<string, string>>
  readonly warnings: readonly Warning[]
  readonly bands: Bands | null
  readonly crossValidation: CrossValidation | null
  readonly leaveOneOut: readonly LeftOut[] | null
}

/** What somebody needs to make the same figures again. */
export type Provenance = {
  readonly cohortHash: string
  readonly runId: string
  readonly engineVersion: string
  /** The seed of the bootstrap and the cross-validation; null when neither ran. */
  readonly seed: number | null
  /** The questionnaire version that the points belong to, and the scale's maximum. */
  readonly questionnaire: string | null
  readonly scaleMaximum: string
}
