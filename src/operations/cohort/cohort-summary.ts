// A cohort in figures, before any run: in a thread, since it may have many thousands of rows.
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import { rowRules } from '../../domain/calibration/cohort/cohort-row.ts'
import { fitOfPoints } from '../../domain/calibration/cohort/fit-of-points.ts'
import { summary } from '../../domain/calibration/cohort/summary.ts'
import { planScoring } from '../../domain/questionnaire/scoring-plan.ts'
import type { Progress } from '../run/computation.ts'
import { bandsOf, completed, costBandsOf } from '../run/run-request.ts'
import { casesIn } from './cohort-cases.ts'

export type SummaryInput = {
  readonly parts: Uint8Array<ArrayBuffer>[]
  readonly questionnaire: Questionnaire
}

export function* summarise({ parts, questionnaire }: SummaryInput): Generator<Progress, string> {
  yield { stage: 'reading the cohort', done: 0, total: 1 }
  const cases = casesIn(parts)
  const { scaleMaximum } = rowRules(planScoring(questionnaire), '52')
  const nothing = {
    cohortId: '',
    groups: 'all',
    budget: { basis: 'stated', amountAnnual: '1' },
    methods: [],
  } as const
  const { costBands, pointsBands } = completed(nothing, scaleMaximum)
  const bands = { costBands: costBandsOf(costBands), pointsBands: bandsOf(pointsBands) }
  return JSON.stringify({ summary: summary(cases, bands), pointsAndCost: fitOfPoints(cases) })
}
