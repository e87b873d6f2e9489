// What unpaid support took off, domain by domain, or why it took nothing off; and what was added to keep it going.
// Policy: support counts only while a carer is willing and able (Care Act 2014 s.10), and every ignored answer is said.

import type { ExplanationLine } from '../../contract/allocation/explanation.ts'
import type { AppliedSupport, WorkingDomain } from '../../contract/allocation/working.ts'
import { decimal, formatPoints } from '../number/decimal.ts'
import { fractionInPercent, inPoints, plain } from '../number/in-words.ts'
import { type ExplanationInput, keyed, rows, section, stepOf, stepsOf } from './line.ts'
import { isZero, listedTitles, quoted } from './words.ts'

const say = section('unpaid-support')
const tabulate = rows('unpaid-support')

export function unpaidSupportLines(input: ExplanationInput): readonly ExplanationLine[] {
  const { willingAndAble } = stepOf(input.allocation, 'carer-reduction')
  return [...supportLines(input, willingAndAble), ...addOnLines(input)]
}

function supportLines(input: ExplanationInput, willingAndAble: boolean | null): readonly ExplanationLine[] {
  if (willingAndAble === null) {
    return [say('These questions do not ask about unpaid help. So nothing was taken off for it.')]
  }
  return willingAndAble ? countedLines(input) : ignoredLines(input)
}

type Supported = WorkingDomain & { readonly support: AppliedSupport }

function supported({ allocation }: ExplanationInput): readonly Supported[] {
  return stepsOf(allocation, 'domain').filter((line): line is Supported => line.support !== null)
}

function title({ questionnaire }: ExplanationInput, { domain }: WorkingDomain): string {
  return keyed(questionnaire.domains, domain).title
}

function label({ questionnaire }: ExplanationInput, { option }: AppliedSupport): string {
  return keyed(questionnaire.carerSupport?.options ?? [], option).label
}

function countedLines(input: ExplanationInput): readonly ExplanationLine[] {
  const { result: carerReduction } = stepOf(input.allocation, 'carer-reduction')
  const inAll = isZero(carerReduction)
    ? 'In all, unpaid help took off no points.'
    : `In all, unpaid help took off ${inPoints(carerReduction)}.`
  return [
    say(
      'Someone helps you for no pay. Points come off only for what they do. We count it only while they want to do it and are able to.',
    ),
    ...overallLine(input),
    ...supported(input)
      .filter(({ weighted, net }) => weighted !== net)
      .map((line) => reductionLine(line, input)),
    ...untouchedLines(input),
    say(inAll, { carerReduction }),
  ]
}

function overallLine(input: ExplanationInput): readonly ExplanationLine[] {
  const [first] = supported(input)
  if (input.questionnaire.carerSupport?.scope !== 'overall' || first === undefined) return []
  return [
    say(`One answer covers all your support: ${quoted(label(input, first.support))}.`, {
      retainedFraction: first.support.retainedFraction,
    }),
  ]
}

function reductionLine(line: Supported, input: ExplanationInput): ExplanationLine {
  const { support, weighted, net } = line
  const reduction = formatPoints(decimal(weighted).minus(net))
  const given =
    input.questionnaire.carerSupport?.scope === 'overall'
      ? 'this'
      : `the answer about unpaid support was ${quoted(label(input, support))}. This`
  const kept = isZero(net)
    ? 'keeps none'
    : `keeps ${inPoints(net)}, which is ${fractionInPercent(support.retainedFraction)} of ${plain(weighted)}`
  return tabulate(`${title(input, line)}: ${given} takes off ${inPoints(reduction)} and ${kept}.`, {
    domain: line.domain,
    weighted,
    retainedFraction: support.retainedFraction,
    reduction,
    net,
  })
}

function untouchedLines(input: ExplanationInput): readonly ExplanationLine[] {
  const lines = stepsOf(input.allocation, 'domain').filter(({ weighted, net }) => weighted === net)
  const scored = lines.filter(({ weighted }) => !isZero(weighted))
  return [
    ...untouched(
      input,
      scored.filter(({ support }) => support !== null),
      'because, by the answers given, unpaid support covers none of these',
    ),
    ...untouched(
      input,
      scored.filter(({ support }) => support === null),
      'because unpaid support is never counted there',
    ),
    ...untouched(
      input,
      lines.filter(({ weighted }) => isZero(weighted)),
      'where there were no points to take off',
    ),
  ]
}

function untouched(
  input: ExplanationInput,
  lines: readonly WorkingDomain[],
  why: string,
): readonly ExplanationLine[] {
  if (lines.length === 0) return []
  return [tabulate(`Nothing came off for ${listedTitles(lines.map((line) => title(input, line)))}, ${why}.`)]
}

function ignoredLines(input: ExplanationInput): readonly ExplanationLine[] {
  return [
    say('Nobody helps you for no pay now who wants to and is able to. So nothing was taken off.', {
      carerReduction: '0.00',
    }),
    ...ignoredAnswers(input).map((answers) =>
      say(`There were answers about unpaid help all the same. They did not count: ${answers}.`),
    ),
  ]
}

/** The answers that would have counted, had a carer been willing and able: one list, or none. */
function ignoredAnswers(input: ExplanationInput): readonly string[] {
  const given = supported(input)
  const [first] = given
  if (first === undefined) return []
  if (input.questionnaire.carerSupport?.scope === 'overall') return [quoted(label(input, first.support))]
  const lowering = given.filter(({ support }) => !decimal(support.retainedFraction).eq(1))
  if (lowering.length === 0) return ['none of them would have taken points off']
  return [
    lowering
      .map((line) => `${quoted(label(input, line.support))} for ${quoted(title(input, line))}`)
      .join('; '),
  ]
}

function addOnLines({ allocation, questionnaire }: ExplanationInput): readonly ExplanationLine[] {
  return stepsOf(allocation, 'add-on').map(({ addOn, option, points: worth, condition, counted }) => {
    const { question, options } = keyed(questionnaire.addOns, addOn)
    const asked = `To the question ${quoted(question)} the answer was ${quoted(keyed(options, option).label)}.`
    return tabulate(`${asked} ${addOnEffect(worth, condition, counted)}`, {
      addOn,
      option,
      points: worth,
      counted: counted ? worth : '0.00',
    })
  })
}

function addOnEffect(worth: string, condition: 'always' | 'carer-reduction-positive', counted: boolean) {
  if (isZero(worth)) return 'This adds no points.'
  if (!counted) {
    return `This would add ${inPoints(worth)}, but it is not counted: it counts only where unpaid support took points off.`
  }
  return condition === 'always'
    ? `This adds ${inPoints(worth)}.`
    : `This adds ${inPoints(worth)}, to help that unpaid support keep going. It counts because unpaid support took points off.`
}
