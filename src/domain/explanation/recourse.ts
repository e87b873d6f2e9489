// What would change the figure, how to check it without trusting anybody, and which figure came before or after it.

import type { ExplanationLine } from '../../contract/allocation/explanation.ts'
import type { NearestChange } from '../allocation/nearest-changes.ts'
import { decimal, formatMoney, PENNY, roundFraction } from '../number/decimal.ts'
import { inPoints, inPoundsAndPence } from '../number/in-words.ts'
import { present } from '../present.ts'
import type { PointsStep } from '../questionnaire/least-points.ts'
import { askedIn, shownChanges } from './changes.ts'
import type { ExplanationInput, PricedInput } from './line.ts'
import { rows, section, stepOf, stepsOf } from './line.ts'
import { isNegative, quoted } from './words.ts'

const HUNDREDTH = '0.01'

const sayChange = section('changes')
const tabulate = rows('changes')
const sayCheck = section('check')
const tabulateCheck = rows('check')
const saySupersession = section('supersession')

export function changeLines(input: PricedInput): readonly ExplanationLine[] {
  const { changes, searchedAll } = input.changes
  const shown = shownChanges(changes)
  const falls = shown.filter(({ changeAnnual }) => isNegative(changeAnnual))
  const none = (effect: string) =>
    searchedAll
      ? `No other answer to a single question would ${effect}.`
      : `None of the answers nearest to yours, changed alone, would ${effect}.`
  return [
    pointsLine(input),
    ...(shown.length === 0
      ? [sayChange(none('change the figure'))]
      : [
          sayChange('What if one answer were different? This helps you check.'),
          ...shown.map((change) => changeLine(change, input)),
          ...(falls.length === shown.length ? [sayChange(none('give more'))] : []),
          ...(falls.length === 0 ? [sayChange(none('give less'))] : []),
        ]),
  ]
}

function pointsLine(input: PricedInput): ExplanationLine {
  const { allocation, leastPoints } = input
  const { more, fewer } = leastPoints
  const { total } = allocation.points
  const step = (found: PointsStep, word: string) =>
    `${inPoints(found.difference)} ${word} would give ${inPoundsAndPence(found.amountAnnual)} a year`
  const figures = { total, ...figuresOf('more', more), ...figuresOf('fewer', fewer) }
  if (more?.difference === HUNDREDTH && fewer?.difference === HUNDREDTH) {
    return sayChange(`You have ${inPoints(total)}. ${worthText(input)}`, figures)
  }
  const up = more === null ? 'More points would not give more by this table.' : `${step(more, 'more')}.`
  const down = fewer === null ? 'Fewer points would not give less.' : `${step(fewer, 'fewer')}.`
  return sayChange(`You have ${inPoints(total)}. ${up} ${down}`, figures)
}

// £ a further point: (a1 − a0) · Π factors ÷ (p1 − p0), to the penny, a half up.
function worthText({ allocation }: PricedInput): string {
  const { from, to } = stepOf(allocation, 'curve')
  // Above the last knot no further point gives more.
  const end = present(to)
  const rise = decimal(end.amountAnnual).minus(from?.amountAnnual ?? '0')
  const factors = stepsOf(allocation, 'adjustment').reduce(
    (product, { factor }) => product.times(factor),
    rise,
  )
  const width = decimal(end.points).minus(from?.points ?? '0')
  return `Each point is worth ${inPoundsAndPence(formatMoney(roundFraction(factors, width, PENNY, 'half-up')))}.`
}

function figuresOf(name: string, step: PointsStep | null): Readonly<Record<string, string>> {
  if (step === null) return {}
  return { [`${name}:points`]: step.points, [`${name}:amountAnnual`]: step.amountAnnual }
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
  return tabulate(
    `${conditionText(change, questionnaire)}, the total would be ${inPoints(total)} and the figure ${inPoundsAndPence(amountAnnual)} a year: ${inPoundsAndPence(changeAnnual)} ${direction}.${then}`,
    { section, question, from, to, points: total, amountAnnual, changeAnnual },
  )
}

function conditionText(change: NearestChange, questionnaire: PricedInput['questionnaire']): string {
  if (change.question === 'willingAndAble') return 'If nobody helped you for no pay'
  const { question, from, to } = askedIn(change, questionnaire)
  return `If the answer for ${quoted(question)} were ${quoted(to)} instead of ${quoted(from)}`
}

/** What anybody needs to do the sum again: the engine, and the fingerprint of each published document. */
export function checkLines({ allocation }: ExplanationInput): readonly ExplanationLine[] {
  const { questionnaire, table, engineVersion } = allocation
  const published = [questionnaire, ...(table === null ? [] : [table])]
  return [
    sayCheck('Anyone can do the sum again from what the council has published.'),
    tabulateCheck(`The rules of the sum are OpenRAS engine version ${engineVersion}.`, { engineVersion }),
    ...published.map(({ key, version, contentHash }, i) =>
      tabulateCheck(
        `The ${i === 0 ? 'questions' : 'table'} (${key}, version ${version}) ${i === 0 ? 'have' : 'has'} the fingerprint ${contentHash}.`,
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
