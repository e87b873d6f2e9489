// How a questionnaire is prepared before it scores, so that no assessment parses a decimal or searches a list.
import type { AddOn, QuestionDomain, Questionnaire } from '../../contract/documents/questionnaire.ts'
import { type Decimal, decimal, formatPoints, ONE } from '../number/decimal.ts'
import { type PlannedOutcome, planOutcomes } from './outcomes.ts'

/** What an option counts: `text` as written in the questionnaire, `points` as shown in a working. */
export type Scored = {
  readonly value: Decimal
  readonly text: string
  readonly points: string
  readonly isOne: boolean
}
export type Options = ReadonlyMap<string, Scored>

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
  /** The share of unpaid support above which a case is referred; null where an earlier questionnaire does not say. */
  readonly referAbove: { readonly value: Decimal; readonly text: string } | null
  readonly outcomes: readonly PlannedOutcome[]
  readonly asked: Readonly<Record<'answers' | 'weightings' | 'support' | 'addOns', Asked>>
}

/** The questions of one section of an assessment, with the options each may be answered by. */
export type Asked = readonly (readonly [key: string, options: Options])[]

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
    referAbove: referAboveOf(carerSupport?.referAbove),
    outcomes: planOutcomes(questionnaire),
  }
}

function referAboveOf(text: string | undefined): ScoringPlan['referAbove'] {
  return text === undefined ? null : { value: decimal(text), text }
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
