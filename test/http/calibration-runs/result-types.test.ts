// The schemas of a run's results are what the domain returns, member by member: where one of the two changes alone, this
// file does not compile. That the answers themselves are as described is held wherever a test sends a request.
import type { Static } from '@sinclair/typebox'
import t from 'tap'
import type { Exclusion } from '../../../src/domain/calibration/cohort/exclusion.ts'
import type * as points from '../../../src/domain/calibration/cohort/fit-of-points.ts'
import type * as items from '../../../src/domain/calibration/cohort/item-analysis.ts'
import type { Representativeness } from '../../../src/domain/calibration/cohort/representativeness.ts'
import type { MeanInterval, SampleSize } from '../../../src/domain/calibration/cohort/sampling.ts'
import type { Summary } from '../../../src/domain/calibration/cohort/summary.ts'
import type * as agreement from '../../../src/domain/calibration/effects/estimate-agreement.ts'
import type * as impact from '../../../src/domain/calibration/effects/impact.ts'
import type * as reasonable from '../../../src/domain/calibration/effects/reasonableness.ts'
import type * as moving from '../../../src/domain/calibration/effects/scenarios.ts'
import type { Bands } from '../../../src/domain/calibration/trust/bootstrap.ts'
import type { CrossValidation } from '../../../src/domain/calibration/trust/cross-validation.ts'
import type { JointBands } from '../../../src/domain/calibration/trust/joint-bootstrap.ts'
import type { LeftOut } from '../../../src/domain/calibration/trust/leave-one-out.ts'
import type * as figures from '../../../src/http/calibration-runs/cohort-figures-schema.ts'
import type * as found from '../../../src/http/calibration-runs/impact-schema.ts'
import type {
  CalibrationRunRequest,
  CompleteMethod,
  CompleteRunRequest,
  ComputedRunRequest,
} from '../../../src/http/calibration-runs/request-schema.ts'
import type * as trust from '../../../src/http/calibration-runs/trust-schema.ts'
import type * as asked from '../../../src/operations/run/run-request.ts'

/** A type without what TypeBox does not tell: read-only members and lists. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [Name in keyof T]: Plain<T[Name]> }
    : T

/** True where each of the two can stand for the other. */
type Same<A, B> = [Plain<A>] extends [Plain<B>] ? ([Plain<B>] extends [Plain<A>] ? true : false) : false

type Sampled = {
  readonly needed: SampleSize
  readonly margin: string
  readonly mean: MeanInterval
  readonly representativeness: Representativeness | null
}

const SAME: {
  readonly summary: Same<Static<typeof figures.CohortTotals>, Summary>
  readonly pointsAndCost: Same<Static<typeof figures.FitOfPoints>, points.FitOfPoints>
  readonly items: Same<Static<typeof figures.ItemAnalysis>, items.ItemAnalysis>
  readonly exclusions: Same<
    Static<typeof figures.Exclusions>,
    Pick<Exclusion, 'totals' | 'byRule' | 'warnings'>
  >
  readonly sampled: Same<Static<typeof figures.Sampled>, Sampled>
  readonly impact: Same<Static<typeof found.Impact>, impact.Impact>
  readonly scenario: Same<Static<typeof found.Scenario>, moving.Scenario>
  readonly reasonableness: Same<Static<typeof found.Reasonableness>, reasonable.Reasonableness>
  readonly estimateAgreement: Same<Static<typeof found.EstimateAgreement>, agreement.EstimateAgreement>
  readonly bands: Same<Static<typeof trust.Bands>, Bands>
  readonly crossValidation: Same<Static<typeof trust.CrossValidation>, CrossValidation>
  readonly jointBands: Same<Static<typeof trust.JointBands>, JointBands>
  readonly leftOut: Same<Static<typeof trust.LeftOut>, LeftOut>
  readonly method: Same<Static<typeof CompleteMethod>, asked.CompleteMethod>
  readonly request: Same<Static<typeof CalibrationRunRequest>, asked.RunRequest>
  readonly computed: Same<Static<typeof ComputedRunRequest>, asked.ComputedRequest>
  readonly complete: Same<Static<typeof CompleteRunRequest>, asked.CompleteRequest>
} = {
  summary: true,
  pointsAndCost: true,
  items: true,
  exclusions: true,
  sampled: true,
  impact: true,
  scenario: true,
  reasonableness: true,
  estimateAgreement: true,
  bands: true,
  crossValidation: true,
  jointBands: true,
  leftOut: true,
  method: true,
  request: true,
  computed: true,
  complete: true,
}

t.test('every part of a result has a schema that is its type', async (t) => {
  for (const [part, same] of Object.entries(SAME)) t.ok(same, part)
  const loose: Same<Record<string, unknown>, Summary> = false
  t.notOk(loose, 'and a schema that lets everything through would not be')
})
