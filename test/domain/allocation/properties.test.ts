// What holds for every table that may be published and every assessment that may be made.

import { deepStrictEqual, ok } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { AllocationResult } from '../../../src/contract/allocation/allocation.ts'
import type { RoundingMode } from '../../../src/contract/documents/calibration-table.ts'
import { allocate } from '../../../src/domain/allocation/allocation.ts'
import { planTable } from '../../../src/domain/allocation/price.ts'
import { canonicalJson } from '../../../src/domain/log/canonical.ts'
import { type Decimal, decimal, roundFraction, ZERO } from '../../../src/domain/number/decimal.ts'
import { planScoring } from '../../../src/domain/questionnaire/scoring-plan.ts'
import { allocation, type Changes, questionnaireRef, scoring, tableRef } from '../../cases/documents.ts'
import { arbCase, arbQuestionnaire, arbTable } from '../../support/arbitraries.ts'
import { decimalOf } from '../../support/arbitrary-parts.ts'
import { draws } from '../../support/draws.ts'
import { decimalText, rounded } from '../../support/oracle.ts'

const RUN = { seed: 20130401, numRuns: draws(150) }

function holds<T>(name: string, of: fc.Arbitrary<T>, property: (value: T) => void): void {
  t.test(name, async (t) => {
    fc.assert(fc.property(of, property), RUN)
    t.pass(`${RUN.numRuns} times`)
  })
}

/** Cases that end in a figure or in none, but not in a refusal. */
const arbHeld = arbCase.map((drawn) => ({
  ...drawn,
  table: { ...drawn.table, aboveLast: 'refer-and-hold' as const },
}))

const arbPriced = arbQuestionnaire.chain((questionnaire) =>
  fc.record({
    scale: fc.constant(questionnaire.scaleMaximum),
    groups: fc.constant(questionnaire.userGroups),
    table: arbTable(questionnaire),
    share: fc.tuple(fc.nat(1500), fc.nat(1500)),
    group: fc.nat(questionnaire.userGroups.length - 1),
  }),
)

holds('more points never mean less money', arbPriced, ({ scale, groups, table, share, group }) => {
  // Up to half as many points again as the scale has, in hundredths.
  const amounts = share
    .toSorted((a, b) => a - b)
    .map((part) => {
      const points = decimal(scale).times(part).div(1000).toFixed(2)
      const [asked, answers] = scoring(points, scale)
      const result = allocation({
        questionnaire: { ...asked, userGroups: groups },
        table: { ...table, aboveLast: 'refer-and-hold' },
        answers: { ...answers, userGroup: groups[group]?.key ?? '' },
      })
      return decimal(result.amountAnnual ?? 'none')
    })
  const [fewer = ZERO, more = ZERO] = amounts
  ok(fewer.greaterThanOrEqualTo(0))
  ok(more.greaterThanOrEqualTo(fewer), `${fewer} became ${more}`)
})

holds('the lines of money add up to the amount, and its shares to it', arbHeld, (drawn) => {
  const result = allocation(drawn)
  const changes = result.working.map((line) => ('change' in line ? decimal(line.change) : ZERO))
  if (result.amountAnnual === null)
    return deepStrictEqual([drawn.eligible, sum(changes).toFixed()], [false, '0'])
  const { amountAnnual, contingencyAnnual, availableAnnual } = result
  deepStrictEqual(sum(changes).toFixed(2), amountAnnual)
  const shares = [contingencyAnnual, availableAnnual].map((share) => decimal(share ?? 'none'))
  ok(shares.every((share) => share.greaterThanOrEqualTo(0)))
  deepStrictEqual(sum(shares).toFixed(2), amountAnnual)
})

holds('each line of money continues the one before it', arbHeld, (drawn) => {
  let before = ZERO
  for (const line of allocation(drawn).working) {
    if (!('change' in line)) continue
    const after = decimal(line.step === 'rounding' ? line.result : line.cumulative)
    deepStrictEqual(before.plus(line.change).toFixed(2), after.toFixed(2))
    before = after
  }
})

holds('domains and counted add-ons add up to the total before it is rounded', arbHeld, (drawn) => {
  const { working, points } = allocation(drawn)
  const parts = working.map((line) => {
    if (line.step === 'domain') return decimal(line.net)
    return line.step === 'add-on' && line.counted ? decimal(line.points) : ZERO
  })
  const total = working.find(({ step }) => step === 'total')
  deepStrictEqual(
    sum(parts).toFixed(),
    decimal(String(total && 'unrounded' in total && total.unrounded)).toFixed(),
  )
  const stands = decimal(points.gross).minus(points.carerReduction).plus(points.addOns)
  deepStrictEqual(stands.toFixed(), sum(parts).toFixed(), 'gross − carer reduction + add-ons')
  ok(stands.minus(points.total).abs().lessThanOrEqualTo('0.005'))
})

holds(
  'what a carer gives never changes the gross, and never raises the total before add-ons',
  arbHeld,
  (drawn) => {
    const { carer } = drawn.answers
    if (carer === undefined) return
    const alone = allocation({ ...drawn, answers: { ...drawn.answers, carer: { willingAndAble: false } } })
    const { points } = allocation(drawn)
    deepStrictEqual(points.gross, alone.points.gross)
    deepStrictEqual(alone.points.carerReduction, '0.00')
    ok(decimal(points.carerReduction).greaterThanOrEqualTo(0))
    ok(decimal(points.carerReduction).lessThanOrEqualTo(points.gross))
  },
)

holds('money is absent exactly where a person is not eligible', arbHeld, (drawn) => {
  const result: AllocationResult = allocation(drawn)
  const { amountAnnual, contingencyAnnual, availableAnnual, amountWeekly, table } = result
  const parts = [amountAnnual, contingencyAnnual, availableAnnual, amountWeekly, table]
  ok(parts.every((part) => (part === null) === !drawn.eligible))
  deepStrictEqual(result.outcome === 'not-eligible', !drawn.eligible)
})

holds('a result is a function of its input, which it leaves as it was', arbHeld, (drawn) => {
  const frozen: Changes = deepFrozen(drawn)
  const before = JSON.stringify(frozen)
  const once = JSON.stringify(allocation(frozen))
  deepStrictEqual(JSON.stringify(allocation(frozen)), once)
  deepStrictEqual(JSON.stringify(allocation(JSON.parse(before))), once, 'stored and read again')
  deepStrictEqual(JSON.stringify(frozen), before)
})

holds('one plan serves many assessments, in any order', arbHeld, (drawn) => {
  const priced = { ref: questionnaireRef, plan: planScoring(drawn.questionnaire) }
  const prices = planTable(tableRef, drawn.table, priced)
  const input = { ...drawn, assessedOn: '2026-11-16' }
  const other = { ...input, eligible: !input.eligible, otherNeeds: !input.otherNeeds }
  const first = JSON.stringify(allocate(input, priced, prices))
  allocate(other, priced, prices)
  deepStrictEqual(JSON.stringify(allocate(input, priced, prices)), first)
})

const modes: readonly RoundingMode[] = ['half-up', 'half-even', 'up', 'down']
const arbNatural = fc.oneof(fc.bigInt({ min: 1n, max: 20n }), fc.bigInt({ min: 1n, max: 10n ** 40n }))
const arbQuotient = fc.record({
  numerator: fc.oneof(fc.constant(0n), arbNatural),
  denominator: arbNatural,
  to: fc.oneof(fc.constantFrom(1, 5, 10, 100, 500), fc.integer({ min: 1, max: 100000 })),
})

holds('a rounded fraction is what whole numbers give', arbQuotient, ({ numerator, denominator, to }) => {
  for (const mode of modes) {
    const whole = (value: bigint) => decimal(value.toString())
    const found = roundFraction(whole(numerator), whole(denominator), decimal(decimalOf(to, 2)), mode)
    const expected = rounded({ n: numerator, d: denominator }, { n: BigInt(to), d: 100n }, mode)
    deepStrictEqual(found.toFixed(2), decimalText(expected), mode)
  }
})

holds('a tie goes up, to the even step, up and down', fc.nat(10 ** 6), (steps) => {
  const found = modes.map((mode) => roundFraction(decimal(`${steps}.5`), decimal('1'), decimal('1'), mode))
  const even = steps % 2 === 0 ? steps : steps + 1
  deepStrictEqual(found.map(String), [steps + 1, even, steps + 1, steps].map(String))
})

holds('the canonical form does not depend on the order of keys', fc.jsonValue(), (value) => {
  const form = canonicalJson(value)
  deepStrictEqual(canonicalJson(reversed(value)), form)
  deepStrictEqual(canonicalJson(JSON.parse(form)), form)
  deepStrictEqual(JSON.parse(form), JSON.parse(JSON.stringify(value)))
})

function sum(values: readonly Decimal[]): Decimal {
  return values.reduce((total, value) => total.plus(value), ZERO)
}

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFrozen(part)
    Object.freeze(value)
  }
  return value
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, part]) => [key, reversed(part)] as const)
  return Object.fromEntries(entries.toReversed())
}
