// Turns answers into points. Policy (Care Act 2014 s.10; domain research 1.3): needs are scored first as if there
// were no carer (gross), then reduced only by what a willing and able carer gives (net); the two stand side by side.
import { type Decimal, decimal, formatPoints, ONE, round2, ZERO } from './decimal.ts'
import { checked, DomainError, type Fault } from './errors.ts'
import { type AddOn, answerPointer, type QuestionDomain, type Questionnaire } from './questionnaire.ts'

/** All that may count towards points: nothing about age, cost or who the person is can be put in here. */
export type Answers = {
  readonly userGroup: string
  readonly answers: Readonly<Record<string, string>>
  readonly weightings: Readonly<Record<string, string>>
  readonly carer?: CarerAnswer
  readonly addOns: Readonly<Record<string, string>>
}

export type CarerAnswer = {
  readonly willingAndAble: boolean
  readonly support?: Readonly<Record<string, string>>
  readonly overall?: string
}

export type AppliedFactor = { readonly weighting: string; readonly option: string; readonly factor: string }

/** `weighted = points × factors`; `net = weighted × retainedFraction` when the support counts, else `weighted`. */
export type DomainLine = {
  readonly step: 'domain'
  readonly domain: string
  readonly option: string
  readonly points: string
  readonly factors: readonly AppliedFactor[]
  readonly weighted: string
  readonly support: SupportApplied | null
  readonly net: string
}
/** `counted` is false where an answer about support was given but no carer is willing and able. */
export type SupportApplied = {
  readonly option: string
  readonly retainedFraction: string
  readonly counted: boolean
}

export type ScoreLine =
  | DomainLine
  | { readonly step: 'gross'; readonly result: string }
  | { readonly step: 'carer-reduction'; readonly willingAndAble: boolean | null; readonly result: string }
  | {
      readonly step: 'add-on'
      readonly addOn: string
      readonly option: string
      readonly points: string
      readonly condition: AddOn['condition']
      readonly counted: boolean
    }
  | { readonly step: 'total'; readonly unrounded: string; readonly result: string }

export type Score = {
  readonly gross: Decimal
  readonly carerReduction: Decimal
  readonly addOns: Decimal
  readonly total: Decimal
  readonly lines: readonly ScoreLine[]
}

/** `text` as written in the questionnaire; `points` as shown in a working. */
type Scored = {
  readonly value: Decimal
  readonly text: string
  readonly points: string
  readonly isOne: boolean
}
type Options = ReadonlyMap<string, Scored>

/** A questionnaire prepared once for scoring many assessments: decimals parsed, options indexed. */
export type ScoringPlan = {
  readonly questionnaire: Questionnaire
  readonly userGroups: ReadonlySet<string>
  readonly domains: readonly {
    readonly domain: QuestionDomain
    readonly options: Options
  }[]
  readonly weightings: readonly {
    readonly key: string
    readonly appliesTo: string
    readonly options: Options
  }[]
  readonly support: Options
  readonly supportScope: 'per-domain' | 'overall' | null
  readonly addOns: readonly { readonly addOn: AddOn; readonly options: Options }[]
  readonly scaleMaximum: Decimal
  readonly asked: Readonly<Record<'answers' | 'weightings' | 'support' | 'addOns', Asked>>
}

/** The questions of one section of an assessment, with the options each may be answered by. */
type Asked = readonly (readonly [key: string, options: Options])[]

export function planScoring(questionnaire: Questionnaire): ScoringPlan {
  const plan = indexQuestionnaire(questionnaire)
  const asked = {
    answers: plan.domains.map(({ domain, options }) => [domain.key, options] as const),
    weightings: plan.weightings.map(({ key, options }) => [key, options] as const),
    support: plan.domains.flatMap(({ domain }) =>
      domain.carerAdjustable ? [[domain.key, plan.support] as const] : [],
    ),
    addOns: plan.addOns.map(({ addOn, options }) => [addOn.key, options] as const),
  }
  return { ...plan, asked }
}

function indexQuestionnaire(questionnaire: Questionnaire): Omit<ScoringPlan, 'asked'> {
  const { domains, weightings, carerSupport, addOns } = questionnaire
  return {
    questionnaire,
    userGroups: new Set(questionnaire.userGroups.map(({ key }) => key)),
    domains: domains.map((domain) => ({
      domain,
      options: indexed(domain.options, ({ points }) => points),
    })),
    weightings: weightings.map(({ key, appliesTo, options }) => ({
      key,
      appliesTo,
      options: indexed(options, ({ factor }) => factor),
    })),
    support: indexed(carerSupport?.options ?? [], ({ retainedFraction }) => retainedFraction),
    supportScope: carerSupport?.scope ?? null,
    addOns: addOns.map((addOn) => ({ addOn, options: indexed(addOn.options, ({ points }) => points) })),
    scaleMaximum: decimal(questionnaire.scaleMaximum),
  }
}

function indexed<O extends { readonly key: string }>(
  options: readonly O[],
  text: (option: O) => string,
): Options {
  return new Map(
    options.map((option) => {
      const value = decimal(text(option))
      return [option.key, { value, text: text(option), points: formatPoints(value), isOne: value.eq(ONE) }]
    }),
  )
}

/**
 * Points for one set of answers: `total = round2(Σ net + add-ons)`, half-up, once. Refuses `assessment-invalid`
 * with every fault found: each question needs one of its own options, and nothing else may be answered.
 */
export function score(plan: ScoringPlan, answers: Answers): Score {
  const faults = answerFaults(plan, answers)
  if (faults.length > 0) {
    throw new DomainError(
      'assessment-invalid',
      'The assessment does not answer the questionnaire it names.',
      faults,
    )
  }
  const factors = plan.weightings.map((weighting) =>
    applied(weighting, picked(answers.weightings, weighting.key)),
  )
  const lines: ScoreLine[] = []
  let gross = ZERO
  let reduction = ZERO
  for (const asked of plan.domains) {
    const { weighted, net, line } = scoreDomain(plan, asked, answers, factors)
    if (!weighted.isZero()) gross = gross.plus(weighted)
    if (net !== weighted) reduction = reduction.plus(weighted.minus(net))
    lines.push(line)
  }
  lines.push({ step: 'gross', result: formatPoints(gross) })
  lines.push({
    step: 'carer-reduction',
    willingAndAble: answers.carer?.willingAndAble ?? null,
    result: formatPoints(reduction),
  })
  const addOns = scoreAddOns(plan, answers, reduction, lines)
  const unrounded = gross.minus(reduction).plus(addOns)
  const total = round2(unrounded)
  lines.push({ step: 'total', unrounded: formatPoints(unrounded), result: formatPoints(total) })
  return { gross, carerReduction: reduction, addOns, total, lines }
}

type Applied = { readonly appliesTo: string; readonly factor: Scored; readonly line: AppliedFactor }

function applied({ key, appliesTo, options }: ScoringPlan['weightings'][number], option: string): Applied {
  const factor = checked(options.get(option))
  return { appliesTo, factor, line: { weighting: key, option, factor: factor.text } }
}

function scoreDomain(
  plan: ScoringPlan,
  { domain, options }: ScoringPlan['domains'][number],
  answers: Answers,
  factors: readonly Applied[],
): { weighted: Decimal; net: Decimal; line: DomainLine } {
  const option = picked(answers.answers, domain.key)
  const points = checked(options.get(option))
  const own = factors.filter(({ appliesTo }) => appliesTo === domain.weightingGroup)
  const weighted = own.reduce((product, { factor }) => times(product, factor), points.value)
  const support = domain.carerAdjustable ? supportOf(plan, domain.key, answers.carer) : null
  const net = support?.line.counted === true ? times(weighted, support.fraction) : weighted
  const shown = weighted === points.value ? points.points : formatPoints(weighted)
  const line = {
    step: 'domain',
    domain: domain.key,
    option,
    points: points.points,
    factors: own.map(({ line }) => line),
    weighted: shown,
    support: support?.line ?? null,
    net: net === weighted ? shown : formatPoints(net),
  } as const
  return { weighted, net, line }
}

// Most factors are 1 and many points 0: leaving those alone keeps the engine fast and the sum the same.
function times(points: Decimal, factor: Scored): Decimal {
  return factor.isOne || points.isZero() ? points : points.times(factor.value)
}

function supportOf(
  plan: ScoringPlan,
  domain: string,
  carer: CarerAnswer | undefined,
): { fraction: Scored; line: SupportApplied } | null {
  const option =
    plan.supportScope === 'overall' ? carer?.overall : carer?.support && answer(carer.support, domain)
  if (carer === undefined || option === undefined) return null
  const fraction = checked(plan.support.get(option))
  return { fraction, line: { option, retainedFraction: fraction.text, counted: carer.willingAndAble } }
}

function scoreAddOns(plan: ScoringPlan, answers: Answers, reduction: Decimal, lines: ScoreLine[]): Decimal {
  let sum = ZERO
  for (const { addOn, options } of plan.addOns) {
    const option = picked(answers.addOns, addOn.key)
    const points = checked(options.get(option))
    const counted = addOn.condition === 'always' || reduction.greaterThan(ZERO)
    if (counted) sum = sum.plus(points.value)
    const { key, condition } = addOn
    lines.push({ step: 'add-on', addOn: key, option, points: points.points, condition, counted })
  }
  return sum
}

/** Every way in which the answers do not fit the questionnaire, in the order of the questionnaire. */
export function answerFaults(plan: ScoringPlan, answers: Answers): readonly Fault[] {
  const group = answers.userGroup
  return [
    ...(plan.userGroups.has(group)
      ? []
      : [unknown('/userGroup', 'user-group-unknown', `user group "${group}"`, [...plan.userGroups])]),
    ...sectionFaults('answers', answers.answers, plan.asked.answers),
    ...sectionFaults('weightings', answers.weightings, plan.asked.weightings),
    ...carerFaults(plan, answers.carer),
    ...sectionFaults('addOns', answers.addOns, plan.asked.addOns),
  ]
}

function sectionFaults(
  section: string,
  given: Readonly<Record<string, string>>,
  asked: Asked,
  required = true,
): Fault[] {
  const faults: Fault[] = []
  let met = 0
  for (const [key, options] of asked) {
    const option = answer(given, key)
    if (option !== undefined) met += 1
    if (option === undefined) {
      if (required) faults.push(missing(section, key, options))
    } else if (!options.has(option)) {
      faults.push(
        unknown(answerPointer(section, key), 'option-unknown', `option "${option}"`, [...options.keys()]),
      )
    }
  }
  if (Object.keys(given).length > met) faults.push(...unasked(section, given, asked))
  return faults
}

function missing(section: string, key: string, options: Options): Fault {
  const detail = `"${key}" has no answer. Choose one of: ${[...options.keys()].join(', ')}. Where nothing applies, that too is an answer to be chosen.`
  const code = section.startsWith('carer') ? 'carer-support-missing' : 'answer-missing'
  return { pointer: answerPointer(section, key), code, detail }
}

function unasked(section: string, given: Readonly<Record<string, string>>, asked: Asked): Fault[] {
  const keys = new Set(asked.map(([key]) => key))
  return Object.keys(given)
    .filter((key) => !keys.has(key))
    .map((key) => ({
      pointer: answerPointer(section, key),
      code: 'answer-not-asked',
      detail: `This questionnaire does not ask this here. It asks: ${[...keys].join(', ') || 'nothing'}.`,
    }))
}

function unknown(pointer: string, code: Fault['code'], what: string, known: readonly string[]): Fault {
  return { pointer, code, detail: `Found the ${what}; expected one of: ${known.join(', ')}.` }
}

function carerFaults(plan: ScoringPlan, carer: CarerAnswer | undefined): Fault[] {
  const scope = plan.supportScope
  if (scope === null) {
    if (carer === undefined) return []
    return [
      {
        pointer: '/carer',
        code: 'carer-not-asked',
        detail: 'This questionnaire does not ask about a carer. Leave "carer" out.',
      },
    ]
  }
  if (carer === undefined) {
    const detail =
      'Say whether a carer is willing and able: "carer": { "willingAndAble": false } where there is none.'
    return [{ pointer: '/carer', code: 'carer-missing', detail }]
  }
  return scope === 'overall' ? overallFaults(plan, carer) : perDomainFaults(plan, carer)
}

function perDomainFaults(plan: ScoringPlan, carer: CarerAnswer): Fault[] {
  const misplaced = scopeFaults(carer.overall, '/carer/overall', 'for each domain in "support"')
  return [
    ...misplaced,
    ...sectionFaults('carer/support', carer.support ?? {}, plan.asked.support, carer.willingAndAble),
  ]
}

function overallFaults(plan: ScoringPlan, { willingAndAble, support, overall }: CarerAnswer): Fault[] {
  const misplaced = scopeFaults(support, '/carer/support', 'once, in "overall"')
  const given: Readonly<Record<string, string>> = overall === undefined ? {} : { overall }
  return [...misplaced, ...sectionFaults('carer', given, [['overall', plan.support]], willingAndAble)]
}

function scopeFaults(given: unknown, pointer: string, expected: string): Fault[] {
  if (given === undefined) return []
  return [
    {
      pointer,
      code: 'carer-support-scope',
      detail: `This questionnaire asks about unpaid support ${expected}.`,
    },
  ]
}

// Own properties only: a question may be keyed "constructor", and an absent answer must stay absent.
function answer(given: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(given, key) ? given[key] : undefined
}

function picked(given: Readonly<Record<string, string>>, key: string): string {
  return checked(answer(given, key))
}
