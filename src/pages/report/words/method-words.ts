// The methods in plain words, for readers who will never see a formula.
import type { MethodRequest } from '../../../contract/calibration/method.ts'
import type { MethodOfReport } from '../data.ts'

const TITLES = {
  fixed: 'Fixed £ per point',
  line: 'Incremental (line with a floor)',
  'rising-price': 'Incremental (rising price)',
  'bounded-line': 'Incremental (bounded line)',
  isotonic: 'Isotonic',
} as const

const MODES = {
  'tie-mean': 'average of equals',
  'percent-table': '1% table',
  excel: 'spreadsheet',
  'mid-rank': 'middle rank',
} as const

/** A short name for a method: "Percentile (average of equals)". */
export function methodTitle(request: MethodRequest): string {
  if (request.method !== 'percentile') return TITLES[request.method]
  const { mode = 'tie-mean', step = 1 } = request
  return `Percentile (${mode === 'percent-table' && step === 2 ? '2% table' : MODES[mode]})`
}

/** What the method does, in a sentence; where it depends on the cohort, what it did. */
export function methodMeaning({ request, fits }: Pick<MethodOfReport, 'request' | 'fits'>): string {
  switch (request.method) {
    case 'fixed':
      return 'Every point is worth the same: the budget divided by all points.'
    case 'percentile':
      return 'A person’s rank by points gives the cost at the same rank of present costs.'
    case 'isotonic':
      return 'The line closest to present costs that never falls as points rise.'
    case 'line':
      return 'The amount follows a straight line through present costs, and is never below a lowest amount.'
    case 'rising-price':
      return risingMeaning(fits)
    case 'bounded-line':
      return 'The amount follows a straight line, between a lowest and a highest price per point.'
  }
}

const FALLS =
  'Each extra point is worth less than the one before: people with more need get less for each point.'

// The method is named after the price it looks for, and the cohort may have another.
function risingMeaning(fits: MethodOfReport['fits']): string {
  const falling = fits.filter(hasFallingPrice)
  if (falling.length === 0)
    return fits.every(({ coefficients }) => coefficients.beta === '0')
      ? 'Every point is worth the same.'
      : 'Each extra point is worth more than the one before.'
  return falling.length === fits.length
    ? `The method looked for a rising price and found a falling one. ${FALLS}`
    : `The method looked for a rising price and, for some groups, found a falling one. For them, ${FALLS.charAt(0).toLowerCase()}${FALLS.slice(1)}`
}

/** Whether people with more points get less for each of them. */
export function hasFallingPrice({ warnings }: MethodOfReport['fits'][number]): boolean {
  return warnings.some(({ code }) => code === 'price-falls')
}
