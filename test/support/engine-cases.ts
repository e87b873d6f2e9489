// Questionnaires, tables and people for the compiled engine, drawn from a seed: numbers whose sums meet halves of a
// hundredth and of a penny often, points that stand on knots, and now and then answers that do not fit.
import type { Answers, CarerAnswer } from '../../src/contract/allocation/assessment.ts'
import type { CalibrationTable, Curve } from '../../src/contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../src/contract/documents/questionnaire.ts'
import type { Setting } from '../../src/contract/setting.ts'
import type { AllocationInput } from '../../src/domain/allocation/allocation.ts'
import { decimalOf } from './arbitrary-parts.ts'

export type EngineCase = {
  readonly questionnaire: Questionnaire
  readonly table: CalibrationTable
  readonly people: readonly AllocationInput[]
}

const FACTORS = ['1', '1', '1.5', '0.5', '0.333', '1.005', '1.25', '2', '0.995']
const FINE_FACTORS = ['0.99999999', '1.00000001', '9.87654321']
const FRACTIONS = ['1', '0', '0.5', '0.25', '0.333', '0.125', '0.67', '0.005']
const ADJUSTMENTS = ['1.03', '0.97', '1.005', '0.333', '1.5', '0.9999']
const SETTINGS: readonly Setting[] = ['own-home', 'supported-living', 'extra-care']
const OUTCOMES = ['2(2)(a)', '2(2)(b)', '2(2)(g)', '2(2)(j)'] as const

/** Mulberry32: what tests draw from, and nothing else. */
export function chances(seed: number) {
  let state = seed >>> 0
  const below = (bound: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound
  }
  return {
    below,
    oneIn: (many: number) => below(many) === 0,
    pick: <T>(from: readonly T[]): T => from[below(from.length)] as T,
    list: <T>(least: number, most: number, of: (i: number) => T): T[] =>
      Array.from({ length: least + below(most - least + 1) }, (_, i) => of(i)),
  }
}

type Chances = ReturnType<typeof chances>

export function engineCase(seed: number, people: number): EngineCase {
  const chance = chances(seed)
  const questionnaire = drawQuestionnaire(chance)
  const table = drawTable(chance, questionnaire)
  return {
    questionnaire,
    table,
    people: Array.from({ length: people }, () => drawPerson(chance, questionnaire)),
  }
}

function drawQuestionnaire(chance: Chances): Questionnaire {
  const { below, oneIn, pick, list } = chance
  const places = pick([0, 1, 2, 2, 3])
  const factors = oneIn(12) ? FINE_FACTORS : FACTORS
  const points = () => (oneIn(4) ? '0' : decimalOf(below(12 * 10 ** places), places))
  const options = <N extends string>(name: N, of: () => string) =>
    list(
      1,
      4,
      (i) =>
        ({ key: `o${i}`, label: `${i}`, [name]: of() }) as { key: string; label: string } & Record<N, string>,
    )
  const supported = !oneIn(4)
  const weighted = list(0, 2, (i) => `w${i}`)
  const domains = list(1, 8, (i) => ({
    key: `d${i}`,
    title: 'Drawn',
    question: 'How much?',
    careActOutcomes: oneIn(3) ? [pick(OUTCOMES)] : [],
    carerAdjustable: supported && !oneIn(3),
    ...(weighted.length > 0 && oneIn(2) ? { weightingGroup: pick(weighted) } : {}),
    options: options('points', points),
  }))
  const weightings = list(0, 3, (i) => ({
    key: `f${i}`,
    question: 'Which?',
    appliesTo: pick(['w0', 'w1']),
    options: options('factor', () => pick(factors)),
  }))
  const addOns = list(0, 3, (i) => ({
    key: `a${i}`,
    question: 'Any?',
    condition: pick(['always', 'carer-reduction-positive'] as const),
    options: options('points', points),
  }))
  const asked = [...domains, ...weightings, ...addOns]
  const condition = () => {
    if (supported && oneIn(2))
      return { support: oneIn(3) ? 'overall' : pick(domains).key, option: `o${below(3)}` }
    return { question: pick(asked).key, option: `o${below(3)}` }
  }
  const highest = domains.reduce(
    (sum, domain) => sum + Math.max(...domain.options.map((option) => Number(option.points))),
    0,
  )
  return {
    title: 'Drawn',
    population: pick(['adult', 'adult', 'carer', 'child']),
    userGroups: list(1, 3, (i) => ({ key: `g${i}`, title: `${i}`, ageDefined: false })),
    domains,
    weightings,
    ...(supported
      ? {
          carerSupport: {
            scope: pick(['per-domain', 'overall'] as const),
            options: options('retainedFraction', () => pick(FRACTIONS)),
            ...(oneIn(4) ? {} : { referAbove: pick(['0.5', '0.75', '0.333', '0.05']) }),
          },
        }
      : {}),
    addOns,
    referralRules: list(0, 2, (i) => ({ key: `r${i}`, all: list(1, 2, condition), reason: 'Drawn.' })),
    scaleMaximum: decimalOf(Math.max(1, Math.ceil(highest * 100) + pick([0, 0, 500])), 2),
    source: 'Drawn.',
    rationale: 'Drawn.',
  }
}

function drawTable(chance: Chances, { userGroups, scaleMaximum }: Questionnaire): CalibrationTable {
  const { below, oneIn, pick, list } = chance
  const keys = userGroups.map(({ key }) => key)
  const outside = keys.length > 1 && oneIn(4) ? keys.slice(-1) : []
  const inside = keys.filter((key) => !outside.includes(key))
  // Some curves end within the scale, most near its end.
  const third = Math.ceil(Number(scaleMaximum) / 3) * 100
  const curve = (of: Curve['userGroups']): Curve => {
    let [points, pence] = [below(3) * 100, below(2) * below(100_000)]
    const knots = list(oneIn(4) ? 1 : 4, 6, () => {
      const knot = { points: decimalOf(points, 2), amountAnnual: decimalOf(pence, 2) }
      points += pick([50, 100, 400, 33, third, third])
      pence += pick([0, 1, 125, 5_000, 100_001, 250_000])
      return knot
    })
    return { userGroups: of, interpolation: pick(['linear', 'linear', 'step']), knots }
  }
  return {
    title: 'Drawn',
    financialYear: '2026-27',
    effectiveFrom: '2026-04-01',
    reviewBy: '2027-03-31',
    questionnaire: { key: 'drawn', version: 1 },
    curves: oneIn(2) ? [curve('all')] : inside.map((key) => curve([key])),
    ...(outside.length === 0
      ? {}
      : { outside: outside.map((userGroup) => ({ userGroup, reason: 'Drawn.' })) }),
    ...(oneIn(3) ? { settings: SETTINGS.slice(0, 2) } : {}),
    belowFirst: pick(['line-from-zero', 'hold', 'zero']),
    aboveLast: pick(['refer-and-hold', 'refer-and-hold', 'refuse']),
    adjustments: list(0, 3, (i) => ({
      name: `Drawn ${i}`,
      kind: pick(['inflation', 'efficiency', 'local-cost']),
      factor: pick(ADJUSTMENTS),
      reason: 'Drawn.',
    })),
    ...(oneIn(2) ? { cap: { amountAnnual: decimalOf(below(500_000), 2) } } : {}),
    contingency: { fraction: pick(['0', '0.2', '0.125', '0.333']) },
    rounding: {
      to: pick(['0.01', '0.05', '0.50', '1', '52', '0.07']),
      mode: pick(['half-up', 'half-even', 'up', 'down']),
    },
    weeksPerYear: pick(['52', '52.14', '52.1429']),
    source: 'Drawn.',
    rationale: 'Drawn.',
    ...(oneIn(2) ? { provenance: drawProvenance(chance, scaleMaximum) } : {}),
  }
}

function drawProvenance({ below }: Chances, pointsTo: string): NonNullable<CalibrationTable['provenance']> {
  const evidence = { people: '134', rows: 134, pointsFrom: decimalOf(below(2000), 2), pointsTo }
  return {
    calibrationRunId: 'drawn',
    method: 'fixed',
    cohortHash: 'drawn',
    parameters: {},
    engineVersion: '1',
    evidence: { ...evidence, collectedFrom: null, collectedBefore: null },
  }
}

function drawPerson(chance: Chances, questionnaire: Questionnaire): AllocationInput {
  const { below, oneIn, pick } = chance
  const { userGroups, domains, weightings, addOns } = questionnaire
  const answered = (asked: readonly Asked[]) =>
    Object.fromEntries(asked.map(({ key, options }) => [key, pick(options).key]))
  const carer = drawCarer(chance, questionnaire)
  const answers: Answers = {
    userGroup: pick(userGroups).key,
    answers: answered(domains),
    weightings: answered(weightings),
    ...(carer === undefined ? {} : { carer }),
    addOns: answered(addOns),
  }
  return {
    answers: oneIn(25) ? spoiled(chance, answers) : answers,
    eligible: !oneIn(8),
    ...(oneIn(3)
      ? {}
      : {
          stated: {
            outcomesNotMet: OUTCOMES.filter(() => oneIn(2)),
            wellbeingImpact: !oneIn(3),
            decidedOn: pick(['2025-02-28', '2026-03-01']),
          },
        }),
    otherNeeds: oneIn(5),
    assessedOn: pick(['2026-04-01', '2026-11-16', '2027-04-02']),
    ...(below(3) === 0 ? { setting: pick(SETTINGS) } : {}),
  }
}

type Asked = { readonly key: string; readonly options: readonly { readonly key: string }[] }

function drawCarer(
  { oneIn, pick }: Chances,
  { carerSupport, domains }: Questionnaire,
): CarerAnswer | undefined {
  if (carerSupport === undefined) return undefined
  const willingAndAble = !oneIn(3)
  const option = () => pick(carerSupport.options).key
  const isKept = () => willingAndAble || oneIn(2)
  if (carerSupport.scope === 'overall')
    return isKept() ? { willingAndAble, overall: option() } : { willingAndAble }
  const stated = domains.filter(({ carerAdjustable }) => carerAdjustable && isKept())
  const support = Object.fromEntries(stated.map(({ key }) => [key, option()]))
  return stated.length === 0 && oneIn(2) ? { willingAndAble } : { willingAndAble, support }
}

/** One thing that does not fit. */
function spoiled({ pick, oneIn }: Chances, answers: Answers): Answers {
  const { carer, ...uncared } = answers
  const section = pick(['answers', 'weightings', 'addOns'] as const)
  const given = answers[section]
  const key = Object.keys(given)[0] ?? 'd9'
  const { [key]: _, ...rest } = given
  const { willingAndAble = true } = carer ?? {}
  return pick<() => Answers>([
    () => ({ ...answers, userGroup: 'nobody' }),
    () => ({ ...answers, [section]: rest }),
    () => ({ ...answers, [section]: { ...given, [key]: 'o9' } }),
    () => ({ ...answers, [section]: { ...given, more: 'o0' } }),
    () => (oneIn(2) ? uncared : { ...answers, carer: { willingAndAble: true } }),
    () => ({ ...answers, carer: { ...carer, willingAndAble, overall: pick(['o0', 'o9']) } }),
    () => ({
      ...answers,
      carer: { ...carer, willingAndAble, support: { ...carer?.support, d0: pick(['o0', 'o9']), d9: 'o0' } },
    }),
  ])()
}
