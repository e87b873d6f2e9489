// The people the figures rest on: how many, who was left out and why, and whether they stand for everybody.
import type { Exclusion } from '../../../contract/calibration/run-request.ts'
import { type Audience, mayShow } from '../../../domain/disclosure/may-show.ts'
import { decimal } from '../../../domain/number/decimal.ts'
import { fractionInPercent, inPounds, listed, plain, plural } from '../../../domain/number/in-words.ts'
import type { CohortOfReport } from '../data.ts'
import type { DisclosedReport } from '../disclosed-report.ts'
import { list, paragraph, type Section, section } from '../section.ts'

/** The cohort in a few sentences. */
export function cohort(view: DisclosedReport): Section {
  const { summary, name } = view.data.cohort
  const { all } = summary
  const average = all.averageCost === null ? '' : `, ${inPounds(all.averageCost)} each on average`
  return section('cohort', 'The people behind these figures', [
    paragraph(
      `${name}: ${plain(all.people)} people who cost ${inPounds(all.cost)} a year together${average}. ` +
        `They have ${plain(all.points)} points in all` +
        `${all.poundsPerPoint === null ? '.' : `, so a point costs ${inPounds(all.poundsPerPoint, 2)} now.`}`,
    ),
    list([...leftOut(view), ...certainty(view)]),
  ])
}

function leftOut({ data: { cohort: own }, audience }: DisclosedReport): readonly string[] {
  const rejected = own.rejectedRows
  return [
    rejected === 0
      ? 'Every row of the upload could be used.'
      : `${mayShow(rejected, audience) ? plural(rejected, 'row', 'rows') : 'Fewer than 10 rows'} of the upload could not be used; the reasons are kept with the cohort.`,
    exclusionSentence(own, audience),
  ]
}

function exclusionSentence({ exclusionRules, exclusion }: CohortOfReport, audience: Audience): string {
  const { excluded } = exclusion.totals
  const offScale = exclusion.byRule.some(({ rule }) => rule === 'points-off-scale')
  if (exclusionRules.length === 0 && !offScale) return 'Nobody was left out by a rule.'
  const declared = listed([...exclusionRules.map(ruleText), ...(offScale ? ['points above the scale'] : [])])
  if (excluded.rows === 0) return `The rules declared beforehand (${declared}) left nobody out.`
  if (!mayShow(excluded.rows, audience))
    return `Rules declared beforehand (${declared}) left fewer than 10 people out.`
  return `Rules declared beforehand (${declared}) left ${plain(excluded.people)} people out, who cost ${inPounds(excluded.cost)} a year.`
}

/** A rule as a council states it. */
export function ruleText(rule: Exclusion): string {
  if (rule.rule === 'weekly-cost-above') return `packages above ${inPounds(rule.limit)} a week`
  if (rule.rule === 'setting') return `the settings ${listed(rule.settings)}`
  return `the groups ${listed(rule.userGroups)}`
}

function certainty({ data: { cohort: own } }: DisclosedReport): readonly string[] {
  const { sampling, representativeness } = own
  const mean = sampling?.mean
  return [
    ...(sampling
      ? [
          `With this many people, a share is known to within ±${plain(decimal(sampling.margin).times(100).toDecimalPlaces(1).toFixed())} percentage points, with ${fractionInPercent(sampling.confidence)} confidence.`,
        ]
      : []),
    ...(mean
      ? [
          `The average cost of all the people they represent lies between ${inPounds(mean.low)} and ${inPounds(mean.high)} a year, with the same confidence.`,
        ]
      : []),
    ...(representativeness?.pValue ? [mixSentence(representativeness.pValue)] : []),
  ]
}

// The statistic itself would let the sizes of hidden groups be worked out; whether it is large does not.
function mixSentence(pValue: string): string {
  return decimal(pValue).lessThan('0.05')
    ? 'The mix of groups differs from the population by more than chance explains: read group figures with care.'
    : 'The mix of groups differs from the population by no more than chance explains.'
}
