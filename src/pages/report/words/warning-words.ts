// What a fit's warnings mean to people who will never see its figures.
import type { Warning } from '../../../domain/calibration/methods/fitted-curve.ts'
import { inPounds } from '../../../domain/number/in-words.ts'

// A warning may count or describe single people: the public gets its meaning without the figures.
const PUBLIC: Readonly<Record<string, string>> = {
  'small-cohort': 'The cohort is small: one person can move the whole line.',
  'few-cases': 'The cohort is small: one person can move the whole line.',
  'quantile-nodes':
    'There are more different points than a table has rows; the table uses evenly spread ones.',
  'above-cohort': 'Nobody in the cohort reaches the top of the scale. Cost people near it individually.',
  'cost-without-points':
    'Somebody with no points costs something now: the questions do not see that need. Look at it before publishing.',
  'points-do-not-explain-cost':
    'People with more points do not cost more: points do not explain cost here, and no table makes them.',
  'excluded-nobody': 'A rule leaves out a group or a setting that nobody in the cohort has.',
  'top-above-highest-cost': 'The highest amount is more than anybody costs now.',
  'resamples-failed':
    'The method could not be fitted to some of the redrawn cohorts; the bands look surer than they are.',
  'negative-intercept':
    'The straight line would begin below £0, so people with few points get the lowest amount, however little it is.',
  'floor-scaled':
    'The lowest amount was moved with all others to meet the budget: it is not the sum that was asked for.',
  'first-price-zero':
    'The first points are worth next to nothing: people with few points get less than the rest of the line suggests.',
  'price-falls':
    'A point is worth less the more points there are: people with more need get less for each point.',
  'curve-held-level':
    'The line would have fallen before the top of the scale. It is held level there: the last points add hardly any money.',
}

/** Their figures are totals, and may be shown to anybody. */
const TOTALS = new Set([
  'adjusted',
  'budget-unreachable',
  'cap-refers',
  'floors-above-budget',
  'not-neutral',
  'surplus-to-contingency',
  'surplus-dropped',
])

/** Whether there are words for a warning. */
export function hasPublicWords(code: string): boolean {
  return TOTALS.has(code) || Object.hasOwn(PUBLIC, code)
}

/** What a warning says to this reader. */
export function warningText({ code, detail }: Warning, rows: boolean): string {
  if (rows || TOTALS.has(code)) return detail.replace(/£(\d+(?:\.\d+)?)/g, (_, sum: string) => inPounds(sum))
  return PUBLIC[code] ?? 'There is a further warning; the modeller’s report says what it is.'
}
