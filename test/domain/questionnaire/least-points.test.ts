// The fewest points that change the figure, held against the table itself on both sides of each step.
import { deepStrictEqual, ok } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { type AllocationInput, allocate } from '../../../src/domain/allocation/allocation.ts'
import { nearestChanges } from '../../../src/domain/allocation/nearest-changes.ts'
import { planTable, price } from '../../../src/domain/allocation/price.ts'
import { decimal } from '../../../src/domain/number/decimal.ts'
import { leastPoints, type PointsStep } from '../../../src/domain/questionnaire/least-points.ts'
import { otherAnswers } from '../../../src/domain/questionnaire/other-answers.ts'
import { planScoring } from '../../../src/domain/questionnaire/scoring-plan.ts'
import { questionnaireRef, tableRef } from '../../cases/documents.ts'
import { arbCase } from '../../support/arbitraries.ts'
import { adult, adultTable, carer, carerTable, published } from '../explanation/cases.ts'

const least = (total: string, { plan } = published(carer, carerTable), group = 'carers') => {
  const points = { gross: total, carerReduction: '0.00', addOns: '0.00', total }
  const { money } = price(group, decimal(total), plan)
  return leastPoints(group, { points, amountAnnual: money.amountAnnual }, plan)
}

t.test('on a step, it is the first points of the next one and the last of the one before', async (t) => {
  t.strictSame(least('6.00'), {
    more: { difference: '6.00', points: '12.00', amountAnnual: '300.00' },
    fewer: { difference: '2.01', points: '3.99', amountAnnual: '0.00' },
  })
  t.equal(least('11.99').more?.difference, '0.01')
  t.equal(least('12.00').fewer?.difference, '0.01')
})

t.test('there is none beyond the ends of a table', async (t) => {
  t.equal(least('0.00').fewer, null)
  t.equal(least('48.00').more, null)
  t.strictSame(least('60.00').fewer, { difference: '24.01', points: '35.99', amountAnnual: '600.00' })
  const none = {
    points: { gross: '1.00', carerReduction: '0.00', addOns: '0.00', total: '1.00' },
    amountAnnual: null,
  }
  t.strictSame(leastPoints('carers', none, published(carer, carerTable).plan), { more: null, fewer: null })
  t.strictSame(
    leastPoints('nobody', none, published(carer, carerTable).plan),
    { more: null, fewer: null },
    'nor for a group without a curve',
  )
})

t.test('on a line it is the first that rounding lets through', async (t) => {
  const rounding = { to: '10', mode: 'half-up' as const }
  const { more } = least('25.00', published(adult, { ...adultTable, rounding }), 'older-people')
  t.match(more, { difference: '0.01', amountAnnual: '13650.00' })
})

t.test('every change told, applied and allocated, gives exactly the figure told', async (t) => {
  let told = 0
  fc.assert(
    fc.property(arbCase, (drawn) => {
      const plan = planScoring(drawn.questionnaire)
      const priced = { ref: questionnaireRef, plan }
      const table = planTable(tableRef, { ...drawn.table, aboveLast: 'refer-and-hold' }, priced)
      const input: AllocationInput = {
        answers: drawn.answers,
        eligible: true,
        otherNeeds: false,
        assessedOn: '2026-11-16',
      }
      const now = allocate(input, priced, table)
      const { changes } = nearestChanges(input, priced, table)
      const questions = otherAnswers(drawn.questionnaire, drawn.answers)
      for (const { section, question, to, from: _, changeAnnual, points, ...figure } of changes) {
        const answers = questions
          .find((one) => one.section === section && one.question === question)
          ?.answered(to)
        if (answers === undefined) throw new Error('a change names a question that was answered')
        const { amountAnnual, outcome, points: score } = allocate({ ...input, answers }, priced, table)
        deepStrictEqual({ amountAnnual, outcome }, figure)
        deepStrictEqual(score.total, points)
        deepStrictEqual(
          decimal(amountAnnual ?? '')
            .minus(now.amountAnnual ?? '')
            .toFixed(2),
          changeAnnual,
        )
        ok(changeAnnual !== '0.00')
        told += 1
      }
      const { userGroup } = drawn.answers
      const at = (points: string) => price(userGroup, decimal(points), table).money.amountAnnual
      const { more, fewer } = leastPoints(userGroup, now, table)
      for (const [step, towards] of [
        [more, '-0.01'],
        [fewer, '0.01'],
      ] as [PointsStep | null, string][]) {
        if (step === null) continue
        deepStrictEqual(at(step.points), step.amountAnnual)
        ok(step.amountAnnual !== now.amountAnnual)
        deepStrictEqual(
          at(decimal(step.points).plus(towards).toFixed()),
          now.amountAnnual,
          'a hundredth less does not',
        )
        deepStrictEqual(
          decimal(step.points).minus(now.points.total).abs().toFixed(),
          decimal(step.difference).toFixed(),
        )
      }
    }),
    { seed: 20_261_121, numRuns: 150 },
  )
  t.ok(told > 100, `${told} changes`)
})
