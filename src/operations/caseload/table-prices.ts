// What a table, published or not, would give: by the engine's own formula, each place of the scale read once.

import type { CalibrationTable } from '../../contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import { Refusal } from '../../contract/refusal.ts'
import { outsideOf } from '../../domain/allocation/outside.ts'
import { planTable } from '../../domain/allocation/price.ts'
import { compilePrices } from '../../domain/engine/compiled-prices.ts'
import { planScoring } from '../../domain/questionnaire/scoring-plan.ts'

export type TableInput = {
  readonly ref: VersionRef
  readonly content: CalibrationTable
  readonly questionnaire: Questionnaire
}

/** What a table gives, and to whom it gives nothing. */
export type TablePrices = {
  isOutside(userGroup: string, setting: string): boolean
  /** Pence a year for a group and points in hundredths; null where the table refuses the points, or is not for the group. */
  amount(userGroup: string, points: number): number | null
}

export function tablePrices({ ref, content, questionnaire }: TableInput): TablePrices {
  const priced = { ref: { ...content.questionnaire, contentHash: '' }, plan: planScoring(questionnaire) }
  const plan = planTable({ ...ref, contentHash: '' }, content, priced)
  const prices = compilePrices(priced, plan)
  return {
    isOutside: (userGroup, setting) => outsideOf(plan, userGroup, setting) !== null,
    amount: (userGroup, points) =>
      plan.curves.has(userGroup) ? orNull(() => prices.pence(userGroup, points)) : null,
  }
}

function orNull<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
