// Random questionnaires, tables and answers. All of them may be published and submitted as they stand: nothing that
// is drawn is thrown away, so that a thousand draws are a thousand cases.

import fc from 'fast-check'
import type { Answers, CarerAnswer } from '../../src/contract/allocation/assessment.ts'
import type { CalibrationTable, Curve } from '../../src/contract/documents/calibration-table.ts'
import type {
  AddOn,
  CarerSupport,
  QuestionDomain,
  Questionnaire,
} from '../../src/contract/documents/questionnaire.ts'
import {
  arbAdjustment,
  arbCurve,
  arbDecimal,
  arbFactor,
  arbFraction,
  arbKeys,
  arbOptions,
  arbPoints,
  arbRounding,
  decimalOf,
  tenThousandths,
} from './arbitrary-parts.ts'

const arbDomain = fc.record({
  carerAdjustable: fc.boolean(),
  group: fc.constantFrom(null, 'care', 'trips'),
  options: arbOptions('points', arbPoints),
})

const arbWeightings = fc.array(arbOptions('factor', arbFactor), { minLength: 1, maxLength: 2 })

const arbAddOn = fc.record({
  condition: fc.constantFrom('always', 'carer-reduction-positive'),
  options: arbOptions('points', arbPoints),
})

const arbCarerSupport: fc.Arbitrary<CarerSupport> = fc.record({
  scope: fc.constantFrom('per-domain', 'overall'),
  options: arbOptions('retainedFraction', arbFraction),
  referAbove: arbDecimal(1, 9999, 4),
})

const arbParts = fc.record({
  names: arbKeys(12, 12),
  groups: arbKeys(1, 3),
  aged: fc.boolean(),
  domains: fc.array(arbDomain, { minLength: 1, maxLength: 6 }),
  weightings: fc.record({ care: arbWeightings, trips: arbWeightings }),
  carerSupport: fc.option(arbCarerSupport, { nil: undefined }),
  addOns: fc.array(arbAddOn, { maxLength: 2 }),
  rules: fc.array(fc.array(fc.tuple(fc.nat(11), fc.nat(3)), { minLength: 1, maxLength: 2 }), {
    maxLength: 2,
  }),
  slack: fc.nat(200000),
})

/** A questionnaire that may be published. */
export const arbQuestionnaire: fc.Arbitrary<Questionnaire> = arbParts.map((parts) => {
  const names = parts.names.values()
  const name = () => names.next().value ?? ''
  const asked = parts.carerSupport !== undefined
  const domains: QuestionDomain[] = parts.domains.map(({ group, carerAdjustable, options }) => ({
    ...titled(name()),
    careActOutcomes: [],
    carerAdjustable: asked && carerAdjustable,
    ...(group === null ? {} : { weightingGroup: group }),
    options,
  }))
  // Every group that a domain is in has its weightings, and no other group has any.
  const weightings = (['care', 'trips'] as const).flatMap((appliesTo) =>
    domains.some(({ weightingGroup }) => weightingGroup === appliesTo)
      ? parts.weightings[appliesTo].map((options) => ({ ...titled(name()), appliesTo, options }))
      : [],
  )
  const addOns: AddOn[] = parts.addOns.map(({ condition, options }) => ({
    ...titled(name()),
    condition: asked ? condition : 'always',
    options,
  }))
  return {
    title: 'Drawn',
    population: 'adult',
    userGroups: parts.groups.map((key) => ({ key, title: key, ageDefined: parts.aged })),
    domains,
    weightings,
    ...(parts.carerSupport === undefined ? {} : { carerSupport: parts.carerSupport }),
    addOns,
    referralRules: parts.rules.map((all, i) => ({
      key: `rule-${i}`,
      all: conditions([...domains, ...weightings, ...addOns], all),
      reason: 'Drawn.',
    })),
    scaleMaximum: decimalOf(highest(domains) + parts.slack, 4),
    source: 'Drawn.',
    rationale: 'Drawn.',
  }
})

function titled(key: string) {
  return { key, title: key, question: key }
}

type Asked = { readonly key: string; readonly options: readonly { readonly key: string }[] }

function conditions(questions: readonly Asked[], all: readonly (readonly [number, number])[]) {
  const chosen = new Map<string, string>()
  for (const [question, option] of all) {
    const asked = questions[question % questions.length]
    const answer = asked?.options[option % asked.options.length]
    if (asked !== undefined && answer !== undefined) chosen.set(asked.key, answer.key)
  }
  return [...chosen].map(([question, option]) => ({ question, option }))
}

function highest(domains: readonly QuestionDomain[]): number {
  const sum = (total: number, value: number) => total + value
  return domains
    .map(({ options }) => Math.max(...options.map(({ points }) => tenThousandths(points))))
    .reduce(sum)
}

const RELEASE = { howToAsk: 'Drawn.', decidedBy: 'Drawn', withinDays: 10 }

/** A calibration table that may be published for a questionnaire. */
export function arbTable({ userGroups, scaleMaximum }: Questionnaire): fc.Arbitrary<CalibrationTable> {
  const groups = userGroups.map(({ key }) => key)
  const scale = Math.trunc(tenThousandths(scaleMaximum) / 100)
  const [curve, length] = [arbCurve(scale), groups.length]
  return fc
    .record({
      title: fc.constant('Drawn'),
      financialYear: fc.constant('2026-27'),
      effectiveFrom: fc.constant('2026-04-01'),
      questionnaire: fc.constant({ key: 'drawn', version: 1 }),
      curves: fc.array(curve, { minLength: length, maxLength: length }),
      owners: fc.option(fc.array(fc.nat(length - 1), { minLength: length, maxLength: length })),
      belowFirst: fc.constantFrom('line-from-zero' as const, 'hold' as const, 'zero' as const),
      aboveLast: fc.constantFrom('refer-and-hold' as const, 'refuse' as const),
      adjustments: fc.array(arbAdjustment, { maxLength: 4 }),
      cap: fc.option(arbDecimal(0, 3000000, 2)),
      contingency: fc.record({ fraction: arbDecimal(0, 9999, 4), release: fc.constant(RELEASE) }),
      rounding: arbRounding,
      weeksPerYear: fc.constantFrom('52', '52.14', '52.1429', '53'),
      source: fc.constant('Drawn.'),
      rationale: fc.constant('Drawn.'),
    })
    .map(({ cap, owners, curves, ...table }) => ({
      ...table,
      ...(cap === null ? {} : { cap: { amountAnnual: cap } }),
      curves: owned(curves, groups, owners),
    }))
}

// Group i belongs to curve owners[i]; without owners the first curve is for all.
function owned(
  curves: readonly Omit<Curve, 'userGroups'>[],
  groups: readonly string[],
  owners: readonly number[] | null,
): readonly Curve[] {
  if (owners === null) return curves.slice(0, 1).map((curve) => ({ ...curve, userGroups: 'all' }))
  return curves
    .map((curve, i) => ({ ...curve, userGroups: groups.filter((_, group) => owners[group] === i) }))
    .filter(({ userGroups }) => userGroups.length > 0)
}

/** Answers that a questionnaire accepts. */
export function arbAnswers(questionnaire: Questionnaire): fc.Arbitrary<Answers> {
  const { userGroups, domains, weightings, addOns, carerSupport } = questionnaire
  return fc
    .record({
      userGroup: fc.constantFrom(...userGroups.map(({ key }) => key)),
      answers: arbSection(domains),
      weightings: arbSection(weightings),
      carer: carerSupport === undefined ? fc.constant(null) : arbCarer(domains, carerSupport),
      addOns: arbSection(addOns),
    })
    .map(({ carer, ...answers }) => (carer === null ? answers : { ...answers, carer }))
}

// From entries, which make a property of `__proto__` where an assignment would not.
function arbSection(asked: readonly Asked[]): fc.Arbitrary<Record<string, string>> {
  const entries = asked.map(({ key, options }) =>
    fc.tuple(fc.constant(key), fc.constantFrom(...options.map((option) => option.key))),
  )
  return fc.tuple(...entries).map((chosen) => Object.fromEntries(chosen))
}

function arbCarer(
  domains: readonly QuestionDomain[],
  { scope, options }: CarerSupport,
): fc.Arbitrary<CarerAnswer> {
  const adjustable = domains
    .filter(({ carerAdjustable }) => carerAdjustable)
    .map(({ key }) => ({ key, options }))
  const all = arbSection(scope === 'overall' ? [{ key: 'overall', options }] : adjustable)
  // Where no carer is willing and able, each statement about support may be left out.
  return fc.record({ willingAndAble: fc.boolean(), all, kept: fc.func(fc.boolean()) }).map((drawn) => {
    const { willingAndAble } = drawn
    const said = Object.entries(drawn.all).filter(([key]) => willingAndAble || drawn.kept(key))
    if (scope === 'overall') return { willingAndAble, ...Object.fromEntries(said) }
    return { willingAndAble, support: Object.fromEntries(said) }
  })
}

/** A questionnaire, a table for it and answers to it. */
export const arbCase = arbQuestionnaire.chain((questionnaire) =>
  fc.record({
    questionnaire: fc.constant(questionnaire),
    table: arbTable(questionnaire),
    answers: arbAnswers(questionnaire),
    eligible: fc.constantFrom(true, true, true, true, false),
    otherNeeds: fc.boolean(),
  }),
)
