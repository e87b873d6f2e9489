// The single changes of an answer that an explanation shows, and what they are called.

import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import type { NearestChange } from '../allocation/nearest-changes.ts'
import { decimal } from '../number/decimal.ts'
import { keyed } from './line.ts'

const SHOWN = 3

/** The nearest that would give more, then the nearest that would give less. */
export function shownChanges(changes: readonly NearestChange[]): readonly NearestChange[] {
  return [...nearest(changes, 1), ...nearest(changes, -1)]
}

function nearest(changes: readonly NearestChange[], sign: 1 | -1): readonly NearestChange[] {
  return changes.filter(({ changeAnnual }) => decimal(changeAnnual).comparedTo(0) === sign).slice(0, SHOWN)
}

export type AskedChange = { readonly question: string; readonly from: string; readonly to: string }

/** The question of a change, and its two answers, as people read them. */
export function askedIn(
  { section, question, from, to }: NearestChange,
  { domains, weightings, addOns, carerSupport }: Questionnaire,
): AskedChange {
  const of = (asked: string, options: readonly { readonly key: string; readonly label: string }[]) => ({
    question: asked,
    from: keyed(options, from).label,
    to: keyed(options, to).label,
  })
  if (section === 'answers') {
    const { title, options } = keyed(domains, question)
    return of(title, options)
  }
  if (section === 'carer') {
    if (question === 'willingAndAble')
      return { question: 'Somebody helps you for no pay', from: 'Yes', to: 'No' }
    const { scope, options } = carerSupport ?? { scope: 'domains', options: [] }
    return of(`Unpaid help${scope === 'overall' ? '' : `: ${keyed(domains, question).title}`}`, options)
  }
  const asked = section === 'weightings' ? keyed(weightings, question) : keyed(addOns, question)
  return of(asked.question, asked.options)
}
