// What each answer counted, before anything unpaid is thought of, and how the points were added up.

import type { ExplanationLine } from '../../contract/allocation/explanation.ts'
import type { WorkingDomain } from '../../contract/allocation/working.ts'
import { decimal } from '../number/decimal.ts'
import { inPoints, plain } from '../number/in-words.ts'
import { type ExplanationInput, keyed, rows, section, stepOf, stepsOf } from './line.ts'
import { isZero, listedTitles, quoted } from './words.ts'

const say = section('answers')
const tabulate = rows('answers')
const sayTotal = section('total')

export function answerLines(input: ExplanationInput): readonly ExplanationLine[] {
  const { allocation, questionnaire } = input
  const { key, version } = allocation.questionnaire
  const { result: gross } = stepOf(allocation, 'gross')
  const later = questionnaire.carerSupport === undefined ? '' : ' Unpaid help comes next.'
  return [
    say(
      `The questions are those of ${quoted(questionnaire.title)} (${key}, version ${version}). Anyone can read the points for each answer.`,
      { key, version: String(version) },
    ),
    ...stepsOf(allocation, 'domain').map((line) => domainLine(line, input)),
    ...questionnaire.weightings.map(({ key }) => weightingLine(key, input)),
    say(`Together, your answers come to ${inPoints(gross)}.${later}`, { gross }),
  ]
}

function domainLine(line: WorkingDomain, { questionnaire }: ExplanationInput): ExplanationLine {
  const { title, options } = keyed(questionnaire.domains, line.domain)
  const { label } = keyed(options, line.option)
  const counted = isZero(line.points) ? 'no points' : inPoints(line.points)
  const factors = line.factors.filter(({ factor }) => !decimal(factor).eq(1) && !isZero(line.points))
  const product = factors.map(({ factor }) => ` × ${plain(factor)}`).join('')
  const weighted =
    product === ''
      ? ''
      : ` These are multiplied, as explained below: ${plain(line.points)}${product} = ${inPoints(line.weighted)}.`
  return tabulate(`${title}: the answer was ${quoted(label)}, which counts ${counted}.${weighted}`, {
    domain: line.domain,
    option: line.option,
    points: line.points,
    ...Object.fromEntries(line.factors.map(({ weighting, factor }) => [`factor:${weighting}`, factor])),
    weighted: line.weighted,
  })
}

function weightingLine(weighting: string, { questionnaire, answers }: ExplanationInput): ExplanationLine {
  const { question, appliesTo, options } = keyed(questionnaire.weightings, weighting)
  const { key, label, factor } = keyed(options, answers.weightings[weighting] ?? '')
  const titles = questionnaire.domains
    .filter(({ weightingGroup }) => weightingGroup === appliesTo)
    .map(({ title }) => title)
  const effect = decimal(factor).eq(1)
    ? 'This changes no points.'
    : `So the points for ${listedTitles(titles)} were multiplied by ${plain(factor)}.`
  return say(`To the question ${quoted(question)} the answer was ${quoted(label)}. ${effect}`, {
    weighting,
    option: key,
    factor,
  })
}

export function totalLines({ allocation, questionnaire }: ExplanationInput): readonly ExplanationLine[] {
  const { gross, carerReduction, addOns } = allocation.points
  const { unrounded, result: total } = stepOf(allocation, 'total')
  const taken = isZero(carerReduction)
    ? 'Nothing came off'
    : `Unpaid help took off ${inPoints(carerReduction)}`
  const added = isZero(addOns) ? 'nothing was added' : `the extra questions added ${inPoints(addOns)}`
  const terms = [
    plain(gross),
    ...(isZero(carerReduction) ? [] : [` − ${plain(carerReduction)}`]),
    ...(isZero(addOns) ? [] : [` + ${plain(addOns)}`]),
  ]
  const sum = terms.length === 1 ? inPoints(unrounded) : `${terms.join('')} = ${inPoints(unrounded)}`
  const rounding = decimal(unrounded).eq(total)
    ? ''
    : ` This is rounded once, to hundredths of a point: ${inPoints(total)}.`
  return [
    sayTotal(
      `Your answers came to ${inPoints(gross)}. ${taken}, and ${added}. Your total is ${sum}.${rounding}`,
      { gross, carerReduction, addOns, unrounded, total },
    ),
    sayTotal(`The scale of these questions runs from 0 to ${inPoints(questionnaire.scaleMaximum)}.`, {
      scaleMaximum: questionnaire.scaleMaximum,
    }),
  ]
}
