// The other answers that could have been given to each question, nearest first, and the whole of the answers with one
// of them in place.

import type { Answers, CarerAnswer } from '../../contract/allocation/assessment.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'

/** One question that was answered: `others` are its other options, by their distance from the one chosen. */
export type OtherAnswers = {
  readonly section: 'answers' | 'weightings' | 'carer' | 'addOns'
  /** A key of the section; of a carer's answers a domain, `overall` or `willingAndAble`. */
  readonly question: string
  readonly from: string
  readonly others: readonly string[]
  answered(to: string): Answers
}

type Options = readonly { readonly key: string }[]

/** Every question with another answer, in questionnaire order. Support is asked of a willing and able carer only. */
export function otherAnswers(questionnaire: Questionnaire, answers: Answers): readonly OtherAnswers[] {
  const { domains, weightings, addOns, carerSupport } = questionnaire
  const { carer } = answers
  return [
    ...sectionQuestions('answers', domains, answers),
    ...sectionQuestions('weightings', weightings, answers),
    ...(carerSupport !== undefined && carer?.willingAndAble
      ? carerQuestions(domains, carerSupport.options, answers, carer)
      : []),
    ...sectionQuestions('addOns', addOns, answers),
  ]
}

function sectionQuestions(
  section: 'answers' | 'weightings' | 'addOns',
  questions: readonly { readonly key: string; readonly options: Options }[],
  answers: Answers,
): readonly OtherAnswers[] {
  return questions.flatMap(({ key, options }) =>
    asked(section, key, answers[section][key], options, (to) => ({
      ...answers,
      [section]: { ...answers[section], [key]: to },
    })),
  )
}

function carerQuestions(
  domains: Questionnaire['domains'],
  options: Options,
  answers: Answers,
  carer: CarerAnswer,
): readonly OtherAnswers[] {
  const { support = {}, overall } = carer
  const changed = (change: Partial<CarerAnswer>): Answers => ({ ...answers, carer: { ...carer, ...change } })
  return [
    ...domains
      .filter(({ carerAdjustable }) => carerAdjustable)
      .flatMap(({ key }) =>
        asked('carer', key, support[key], options, (to) => changed({ support: { ...support, [key]: to } })),
      ),
    ...asked('carer', 'overall', overall, options, (to) => changed({ overall: to })),
    {
      section: 'carer',
      question: 'willingAndAble',
      from: 'true',
      others: ['false'],
      answered: () => changed({ willingAndAble: false }),
    },
  ]
}

function asked(
  section: OtherAnswers['section'],
  question: string,
  from: string | undefined,
  options: Options,
  answered: OtherAnswers['answered'],
): readonly OtherAnswers[] {
  const index = options.findIndex(({ key }) => key === from)
  if (from === undefined || index < 0) return []
  const others = options
    .map(({ key }, i) => ({ key, distance: Math.abs(i - index) }))
    .filter(({ distance }) => distance > 0)
    .sort((a, b) => a.distance - b.distance)
    .map(({ key }) => key)
  return [{ section, question, from, others, answered }]
}
