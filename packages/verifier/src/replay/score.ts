// Points: what is needed as if nobody helped, less what a willing and able carer gives, and the additions.
import { type Assessment, type Choices, Differs, type Option, type Questionnaire } from './documents.ts'
import {
  compared,
  type Exact,
  exact,
  isZero,
  minus,
  ONE,
  PENNY,
  plus,
  rounded,
  times,
  ZERO,
} from './exact.ts'

export type Score = {
  readonly gross: Exact
  readonly reduction: Exact
  readonly addOns: Exact
  readonly total: Exact
  /** Of each domain with points whose support counts: which support it is. */
  readonly supported: ReadonlyMap<string, string>
}

export function scored(questionnaire: Questionnaire, assessment: Assessment): Score {
  const { domains, weightings, addOns } = questionnaire
  const { answers, carer } = assessment
  if (!questionnaire.userGroups.some(({ key }) => key === assessment.userGroup))
    throw new Differs('the user group is none of the questionnaire')
  allAsked(answers, domains)
  allAsked(assessment.weightings, weightings)
  allAsked(assessment.addOns, addOns)
  checkCarer(questionnaire, carer)
  const supported = new Map<string, string>()
  let [gross, reduction, added] = [ZERO, ZERO, ZERO]
  for (const domain of domains) {
    let weighted = exact(chosen(domain.options, own(answers, domain.key)).points)
    for (const { key, appliesTo, options } of weightings)
      if (appliesTo === domain.weightingGroup)
        weighted = times(weighted, exact(chosen(options, own(assessment.weightings, key)).factor))
    gross = plus(gross, weighted)
    const option = domain.carerAdjustable ? supportOf(questionnaire, domain.key, carer) : undefined
    if (option === undefined) continue
    const retained = exact(chosen(questionnaire.carerSupport?.options ?? [], option).retainedFraction)
    if (carer?.willingAndAble !== true) continue
    reduction = plus(reduction, times(weighted, minus(ONE, retained)))
    if (!isZero(weighted)) supported.set(domain.key, option)
  }
  for (const { key, condition, options } of addOns) {
    const points = exact(chosen(options, own(assessment.addOns, key)).points)
    if (condition === 'always' || compared(reduction, ZERO) > 0) added = plus(added, points)
  }
  const total = rounded(plus(minus(gross, reduction), added), ONE, PENNY, 'half-up')
  return { gross, reduction, addOns: added, total, supported }
}

function supportOf({ carerSupport }: Questionnaire, domain: string, carer: Assessment['carer']) {
  return carerSupport?.scope === 'overall' ? carer?.overall : own(carer?.support ?? {}, domain)
}

// Whatever a question is called, it has an answer only where one was given.
function own(given: Choices, key: string): string | undefined {
  return Object.hasOwn(given, key) ? given[key] : undefined
}

// Each question once, and no other.
function allAsked(given: Choices, asked: readonly { readonly key: string }[]): void {
  if (Object.keys(given).length !== asked.length || asked.some(({ key }) => !Object.hasOwn(given, key)))
    throw new Differs('the answers are not those that the questionnaire asks for')
}

function checkCarer({ carerSupport, domains }: Questionnaire, carer: Assessment['carer']): void {
  if ((carerSupport === undefined) !== (carer === undefined))
    throw new Differs('the answers about a carer are not those that the questionnaire asks for')
  if (carerSupport === undefined || carer === undefined) return
  const isOverall = carerSupport.scope === 'overall'
  const asked = isOverall
    ? ['overall']
    : domains.flatMap(({ key, carerAdjustable }) => (carerAdjustable ? key : []))
  const given = isOverall
    ? { ...(carer.overall === undefined ? {} : { overall: carer.overall }) }
    : (carer.support ?? {})
  const misplaced = isOverall ? carer.support : carer.overall
  const isWhole = !carer.willingAndAble || asked.every((key) => Object.hasOwn(given, key))
  if (misplaced !== undefined || !isWhole || Object.keys(given).some((key) => !asked.includes(key)))
    throw new Differs('the support is not stated as the questionnaire asks for it')
}

function chosen(options: readonly Option[], key: string | undefined): Option {
  const option = options.find((one) => one.key === key)
  if (option === undefined) throw new Differs('an answer is none of its question')
  return option
}
