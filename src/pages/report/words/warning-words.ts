// What a fit's warnings mean to people who will never see its figures.
import type { Warning } from '../../../contract/calibration/figures.ts'

// A warning may count or describe single people: the public gets its meaning without the figures.
const PUBLIC: Readonly<Record<string, string>> = {
  'small-cohort': 'The cohort is small: one person can move the whole line.',
  'few-cases': 'The cohort is small: one person can move the whole line.',
  'quantile-nodes':
    'There are more points values than a table has rows, so the table uses evenly spread ones.',
  'above-cohort': 'Nobody in the cohort reaches the top of the scale. Cost people near it individually.',
  'cost-without-points':
    'Somebody with no points costs something now: the questions miss that need. Look into it before you publish.',
  'points-do-not-explain-cost':
    'People with more points do not cost more. Points do not explain cost here, and no table can change that.',
  'excluded-nobody': 'A rule leaves out a group or a setting that nobody in the cohort has.',
  'top-above-highest-cost': 'The highest amount is more than anybody costs now.',
  'resamples-failed':
    'The method could not be fitted to some of the redrawn cohorts, so the ranges understate the uncertainty.',
  'negative-intercept':
    'The straight line would start below £0, so people with few points get the lowest amount, however low it is.',
  'floor-scaled':
    'The lowest amount was scaled with all others to meet the budget, so it is not the sum that was requested.',
  'first-price-zero':
    'The first points are worth almost nothing: people with few points get less than the rest of the line suggests.',
  'price-falls':
    'Each extra point is worth less than the one before: people with more need get less for each point.',
  'curve-held-level':
    'The line would have fallen before the top of the scale, so it is held level there: the last points add almost no money.',
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
export function warningText({ code, detail }: Warning, persons: boolean): string {
  if (persons || TOTALS.has(code)) return detail
  return PUBLIC[code] ?? 'There is one more warning; the modeller’s report explains it.'
}
