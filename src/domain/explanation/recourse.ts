// What would change the figure, how to challenge it, how to check it without trusting anybody, and which figure came
// before or after it. Policy: points and amount are both open to challenge (Care and Support guidance 11.24).

import type { ExplanationLine } from '../../contract/allocation/explanation.ts'
import type { NearestChange } from '../allocation/nearest-changes.ts'
import { decimal } from '../number/decimal.ts'
import { inPoints, inPoundsAndPence } from '../number/in-words.ts'
import type { PointsStep } from '../questionnaire/least-points.ts'
import type { ExplanationInput, PricedInput } from './line.ts'
import { keyed, section } from './line.ts'
import { isNegative, quoted, sentence } from './words.ts'

const SHOWN = 3
const HUNDREDTH = '0.01'

const sayChange = section('changes')
const sayChallenge = section('challenge')
const saySupersession = section('supersession')

export function changeLines(input: PricedInput): readonly ExplanationLine[] {
  const { changes, searchedAll } = input.changes
  const rises = nearest(changes, 1)
  const falls = nearest(changes, -1)
  const shown = [...rises, ...falls]
  const none = (effect: string) =>
    searchedAll
      ? `No other answer to a single question would ${effect}.`
      : `None of the answers nearest to yours, changed alone, would ${effect}.`
  return [
    pointsLine(input),
    ...(shown.length === 0
      ? [sayChange(none('change the figure'))]
      : [
          sayChange(
            'Here are single answers that would change the figure, the smallest changes first. They are here to help you check, not to suggest other answers.',
          ),
          ...shown.map((change) => changeLine(change, input)),
          ...(rises.length === 0 ? [sayChange(none('give more'))] : []),
          ...(falls.length === 0 ? [sayChange(none('give less'))] : []),
        ]),
  ]
}

function pointsLine({ allocation, leastPoints: { more, fewer } }: PricedInput): ExplanationLine {
  const { total } = allocation.points
  const step = (found: PointsStep, word: string) =>
    `${inPoints(found.difference)} ${word} would give ${inPoundsAndPence(found.amountAnnual)} a year`
  const figures = { total, ...figuresOf('more', more), ...figuresOf('fewer', fewer) }
  if (more?.difference === HUNDREDTH && fewer?.difference === HUNDREDTH) {
    const text = `You have ${inPoints(total)}. By this table the figure changes with every hundredth of a point.`
    return sayChange(text, figures)
  }
  const up = more === null ? 'More points would not give more by this table.' : `${step(more, 'more')}.`
  const down = fewer === null ? 'Fewer points would not give less.' : `${step(fewer, 'fewer')}.`
  return sayChange(
    `You have ${inPoints(total)}. The least that would change the figure by the table alone is this. ${up} ${down}`,
    figures,
  )
}

function figuresOf(name: string, step: PointsStep | null): Readonly<Record<string, string>> {
  if (step === null) return {}
  return { [`${name}:points`]: step.points, [`${name}:amountAnnual`]: step.amountAnnual }
}

function nearest(changes: readonly NearestChange[], sign: 1 | -1): readonly NearestChange[] {
  return changes.filter(({ changeAnnual }) => decimal(changeAnnual).comparedTo(0) === sign).slice(0, SHOWN)
}

function changeLine(change: NearestChange, { questionnaire, allocation }: PricedInput): ExplanationLine {
  const { section, question, from, to, points: total, amountAnnual, changeAnnual, outcome } = change
  const direction = isNegative(changeAnnual) ? 'less' : 'more'
  const then =
    outcome === allocation.outcome
      ? ''
      : outcome === 'indicative'
        ? ' The points alone would then be enough of a guide.'
        : ' A person would then also work out the cost item by item.'
  return sayChange(
    `${conditionText(change, questionnaire)}, the total would be ${inPoints(total)} and the figure ${inPoundsAndPence(amountAnnual)} a year: ${inPoundsAndPence(changeAnnual)} ${direction}.${then}`,
    { section, question, from, to, points: total, amountAnnual, changeAnnual },
  )
}

function conditionText(
  { section, question, from, to }: NearestChange,
  { domains, weightings, addOns, carerSupport }: PricedInput['questionnaire'],
): string {
  const instead = (options: readonly { readonly key: string; readonly label: string }[]) =>
    `were ${quoted(keyed(options, to).label)} instead of ${quoted(keyed(options, from).label)}`
  if (section === 'answers') {
    const { title, options } = keyed(domains, question)
    return `If the answer for ${quoted(title)} ${instead(options)}`
  }
  if (section === 'carer') {
    if (question === 'willingAndAble') return 'If no unpaid carer were willing and able to support you'
    const part = carerSupport?.scope === 'overall' ? '' : ` for ${quoted(keyed(domains, question).title)}`
    return `If the answer about unpaid support${part} ${instead(carerSupport?.options ?? [])}`
  }
  const asked = section === 'weightings' ? keyed(weightings, question) : keyed(addOns, question)
  return `If the answer to ${quoted(asked.question)} ${instead(asked.options)}`
}

export function challengeLines({ allocation, authority }: ExplanationInput): readonly ExplanationLine[] {
  const eligible = allocation.outcome !== 'not-eligible'
  return [
    sayChallenge(
      eligible
        ? 'You can challenge the points, the amount, or both. You can say that an answer is wrong, that a need was missed, or that the money is not enough to meet your needs.'
        : 'You can challenge the decision that you are not eligible, and you can challenge the points. You can say that an answer is wrong or that a need was missed.',
    ),
    sayChallenge(
      `This is how ${authority.title} deals with challenges: ${sentence(authority.challengeRoute)}`,
    ),
    sayChallenge('You can ask somebody to help you, such as a friend, a relative or an advocate.'),
    ...recomputingLines(allocation, eligible),
  ]
}

function recomputingLines(
  { questionnaire, table, engineVersion }: ExplanationInput['allocation'],
  eligible: boolean,
): readonly ExplanationLine[] {
  const published = [questionnaire, ...(table === null ? [] : [table])]
  return [
    sayChallenge(
      `Anybody can work ${eligible ? 'this figure' : 'these points'} out again from what the council has published. The rules of the sum are OpenRAS engine version ${engineVersion}.`,
      { engineVersion },
    ),
    ...published.map(({ key, version, contentHash }, i) =>
      sayChallenge(
        `The fingerprint ${contentHash} belongs to the ${i === 0 ? 'questions' : 'table'}: ${key}, version ${version}.`,
        { key, version: String(version), contentHash },
      ),
    ),
  ]
}

export function supersessionLines({ allocation }: ExplanationInput): readonly ExplanationLine[] {
  const { supersedes, supersededBy } = allocation
  return [
    ...(supersedes === null
      ? []
      : [
          saySupersession(
            `This allocation corrects an earlier one, ${supersedes}. The earlier one is kept as it was, and no longer counts.`,
            { supersedes },
          ),
        ]),
    ...(supersededBy === null
      ? []
      : [
          saySupersession(
            `This allocation was corrected later. The one that counts instead is ${supersededBy}, and this one is kept as it was.`,
            { supersededBy },
          ),
        ]),
  ]
}
