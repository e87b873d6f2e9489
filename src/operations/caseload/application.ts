// A table applied to the stored caseload, and nothing stored: who would change, by how much, and the total against the
// money there is. Everybody is counted, those too whom the table cannot price.
import type { Case } from '../../domain/calibration/cohort/case.ts'
import { ONE_PERSON } from '../../domain/calibration/cohort/case.ts'
import { rowRules } from '../../domain/calibration/cohort/cohort-row.ts'
import { impact } from '../../domain/calibration/effects/impact.ts'
import { reasonableness } from '../../domain/calibration/effects/reasonableness.ts'
import { hundredthsIn } from '../../domain/number/decimal-fraction.ts'
import { poundsOf } from '../../domain/number/figures.ts'
import { fraction, subtract } from '../../domain/number/fraction.ts'
import { planScoring } from '../../domain/questionnaire/scoring-plan.ts'
import type { CaseloadRow } from '../../store/caseload.ts'
import type { Progress } from '../run/computation.ts'
import { bandsOf, completed, costBandsOf } from '../run/run-request.ts'
import { type TableInput, tablePrices } from './table-prices.ts'

export type ApplicationInput = {
  readonly table: TableInput
  readonly rows: readonly CaseloadRow[]
  /** Pounds a year; null where no envelope was named. */
  readonly envelopeAnnual: string | null
  /** How many single changes are listed, the largest first. */
  readonly limit: number
}

export function* applyTable(input: ApplicationInput): Generator<Progress, string> {
  const { table, rows, envelopeAnnual, limit } = input
  yield { stage: 'reading the table', done: 0, total: 1 }
  const prices = tablePrices(table)
  const counted = { people: rows.length, notEligible: 0, otherVersion: 0, outside: 0, refusedByTable: 0 }
  const cases: Case[] = []
  const amounts: number[] = []
  for (const row of rows) {
    if (row.outcome === 'not-eligible') counted.notEligible += 1
    else if (row.questionnaireVersion !== table.content.questionnaire.version) counted.otherVersion += 1
    // Whom the one table or the other is not for has no amounts to compare.
    else if (row.amountAnnual === null || prices.isOutside(row.userGroup, row.setting ?? 'own-home'))
      counted.outside += 1
    else {
      const person = caseOfRow(row, row.amountAnnual)
      const next = prices.amount(person.userGroup, person.points)
      if (next === null) counted.refusedByTable += 1
      else {
        cases.push(person)
        amounts.push(next)
      }
    }
  }
  return JSON.stringify({
    counted: { ...counted, priced: cases.length },
    envelope: against(amounts, envelopeAnnual),
    ...effects(table, cases, amounts, limit),
  })
}

function caseOfRow({ personRef, userGroup, points, ageBand }: CaseloadRow, amountAnnual: string): Case {
  return {
    ref: personRef,
    userGroup,
    points: hundredthsIn(points),
    cost: hundredthsIn(amountAnnual),
    weight: ONE_PERSON,
    ageBand,
    setting: null,
    team: null,
    estimate: null,
    characteristics: null,
    answers: null,
  }
}

function effects(
  { questionnaire }: TableInput,
  cases: readonly Case[],
  amounts: readonly number[],
  limit: number,
) {
  const { scaleMaximum } = rowRules(planScoring(questionnaire), '52')
  const nothing = {
    cohortId: '',
    groups: 'all',
    budget: { basis: 'stated', amountAnnual: '1' },
    methods: [],
  } as const
  const { costBands, pointsBands } = completed(nothing, scaleMaximum)
  const bands = { costBands: costBandsOf(costBands), pointsBands: bandsOf(pointsBands) }
  // A change is any: everybody who would not have the same to the penny.
  const anyChange = { percent: null, pounds: '0' }
  const { differences, rowsBeyond } = reasonableness(cases, amounts, anyChange, { most: limit })
  return {
    impact: impact(cases, amounts, { ...bands, target: null }),
    changed: rowsBeyond,
    changes: differences.map(({ beyond: _, ref, ...change }) => ({ personRef: ref, ...change })),
  }
}

function against(amounts: readonly number[], envelopeAnnual: string | null) {
  const total = fraction(amounts.reduce((sum, amount) => sum + BigInt(amount), 0n))
  if (envelopeAnnual === null) return null
  const envelope = fraction(BigInt(hundredthsIn(envelopeAnnual)))
  return {
    envelopeAnnual: poundsOf(envelope),
    totalAnnual: poundsOf(total),
    differenceAnnual: poundsOf(subtract(total, envelope)),
  }
}
