// A cohort in figures, before any run: in a thread, since it may have many thousands of rows.
import { rowRules } from '../../domain/calibration/cohort-row.ts'
import { fitOfPoints } from '../../domain/calibration/fit-of-points.ts'
import { summary } from '../../domain/calibration/summary.ts'
import type { Questionnaire } from '../../domain/questionnaire.ts'
import { planScoring } from '../../domain/scoring-plan.ts'
import { casesIn } from './cohort-cases.ts'
import type { Progress } from './computation.ts'
import { bandsOf, completed, costBandsOf } from './run-request.ts'

export type SummaryInput = {
  readonly parts: Uint8Array<ArrayBuffer>[]
  readonly questionnaire: Questionnaire
}

export function* summarise({ parts, questionnaire }: SummaryInput): Generator<Progress, string> {
  yield { stage: 'reading the cohort', done: 0, total: 1 }
  const cases = casesIn(parts)
  const { scaleMaximum } = rowRules(planScoring(questionnaire), '52')
  const nothing = { cohortId: '', groups: 'all', budget: { stated: '1' }, methods: [] } as const
  const { costBands, pointsBands } = completed(nothing, scaleMaximum)
  const bands = { costBands: costBandsOf(costBands), pointsBands: bandsOf(pointsBands) }
  return JSON.stringify({ summary: summary(cases, bands), pointsAndCost: fitOfPoints(cases) })
}
