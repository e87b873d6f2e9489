// The methods in plain words, for readers who will never see a formula; and what a fit's warnings mean to them.
import type { Warning } from '../../domain/calibration/fitted-curve.ts'
import type { MethodRequest } from '../../domain/calibration/methods.ts'
import { inPounds } from '../figures-in-words.ts'

const READINGS = {
  line: 'line with a floor',
  'rising-price': 'rising price',
  'bounded-line': 'bounded line',
} as const

const MODES = {
  'tie-mean': 'average of equals',
  'percent-table': '1 % table',
  excel: 'spreadsheet',
  'mid-rank': 'middle rank',
} as const

/** A short name for a method: "Percentile (average of equals)". */
export function methodTitle(request: MethodRequest): string {
  if (request.method === 'fixed') return 'Fixed £ per point'
  if (request.method === 'isotonic') return 'Isotonic'
  if (request.method === 'incremental') return `Incremental (${READINGS[request.reading]})`
  const { mode = 'tie-mean', step = 1 } = request
  return `Percentile (${mode === 'percent-table' && step === 2 ? '2 % table' : MODES[mode]})`
}

/** What the method does, in a sentence. */
export function methodMeaning(request: MethodRequest): string {
  switch (request.method) {
    case 'fixed':
      return 'Every point is worth the same: the budget is divided by all points.'
    case 'percentile':
      return 'A person’s place among the points gives the cost at the same place among present costs.'
    case 'isotonic':
      return 'The line that stays closest to present costs while it never falls as points rise.'
    case 'incremental':
      if (request.reading === 'rising-price') return 'Each further point is worth more than the one before.'
      return request.reading === 'line'
        ? 'The amount follows a straight line through present costs, above a lowest amount.'
        : 'The amount follows a straight line, between a lowest and a highest amount for each point.'
  }
}

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
  'top-above-highest-cost': 'The highest amount is more than anybody costs now.',
  'resamples-failed':
    'The method could not be fitted to some of the redrawn cohorts; the bands look surer than they are.',
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

/** What a warning says to this reader. */
export function warningText({ code, detail }: Warning, rows: boolean): string {
  if (rows || TOTALS.has(code)) return detail.replace(/£(\d+(?:\.\d+)?)/g, (_, sum: string) => inPounds(sum))
  return PUBLIC[code] ?? `The method has a further warning (${code}); the modeller’s report says more.`
}
