// What of a table rests on too little: evidence that nobody has, too few people, people who are nobody, a fit that is bad
// or untested.

import type { Provenance } from '../../contract/documents/provenance.ts'
import type { Warning } from '../../contract/documents/warning.ts'
import { sampleSize } from '../calibration/cohort/sampling.ts'
import { Decimal, decimal } from '../number/decimal.ts'
import { fractionInPercent } from '../number/in-words.ts'
import { wholeNumber } from '../number/whole-number.ts'
import type { TableAsRead } from './table-as-read.ts'
import { warning } from './warning.ts'

/** What nobody has looked at, or has not yet had to read: `reported` says that this revision has its reports. */
export function warningsOfEvidence(
  { evidence }: Pick<TableAsRead, 'evidence'>,
  reported: boolean,
): readonly Warning[] {
  const kinds = new Set(evidence.map(({ kind }) => kind))
  const unreported = kinds.has('impact-report') && !reported
  const found: Warning[] = []
  if (!kinds.has('impact-report')) {
    const detail = 'No evidence says who gains and who loses. Name a calibration run, then make the reports.'
    found.push(warning('/evidence', 'no-impact-report', detail))
  } else if (unreported) {
    found.push(warning('/evidence', 'no-impact-report', MAKE_REPORTS))
  }
  if (!kinds.has('equality-analysis')) {
    const detail = 'The evidence names no equality analysis. Name its document.'
    found.push(warning('/evidence', 'no-equality-analysis', detail))
  } else if (unreported) {
    found.push(warning('/evidence', 'no-equality-analysis', MAKE_REPORTS))
  }
  const consulted = evidence.some((one) => one.kind === 'consultation' && one.from !== undefined)
  if (!consulted) {
    const detail =
      'The evidence has no consultation with its dates and address. Give them, or acknowledge it.'
    found.push(warning('/evidence', 'no-consultation', detail))
  }
  return found
}

const MAKE_REPORTS = 'This revision has no reports yet. Make the reports, and read them.'

/** What the people whom a table was made from cannot tell. */
export function warningsOfCohort(provenance: Provenance | undefined): readonly Warning[] {
  if (provenance === undefined) return []
  const { syntheticNote, evidence, parameters } = provenance
  const found: Warning[] = []
  if (syntheticNote !== undefined) {
    const detail = `It was calibrated on rows about no real person: ${syntheticNote}`
    found.push(warning('/provenance/syntheticNote', 'synthetic-cohort', detail))
  }
  if (evidence === undefined) return found
  const { size } = sampleSize({ confidence: '0.95', margin: '0.09', population: populationIn(parameters) })
  if (decimal(evidence.people).lessThan(size)) {
    const detail = `The table was made from ${evidence.people} people. A margin of 9% at 95% confidence needs ${size}.`
    const figures = { people: evidence.people, needed: size }
    found.push(warning('/provenance/evidence/people', 'sample-too-small', detail, figures))
  }
  return found
}

// A run that asked how its sample stands to its population has stated how large that is.
function populationIn({ population: stated }: Provenance['parameters']): number | null {
  return stated !== undefined && /^[1-9][0-9]{0,9}$/.test(stated) ? wholeNumber(BigInt(stated)) : null
}

const HALF = new Decimal('0.5')

/** How near the table came to people it was not made from. */
export function warningsOfFit(provenance: Provenance | undefined): readonly Warning[] {
  const within25 = provenance?.accuracy?.within25
  if (within25 !== undefined && decimal(within25).greaterThanOrEqualTo(HALF)) return []
  const [pointer, detail] =
    within25 === undefined
      ? ['/provenance', 'Nobody has tested how near the table comes to people it was not made from.']
      : [
          '/provenance/accuracy/within25',
          `The table came within 25% for ${fractionInPercent(within25)} of people it was not made from.`,
        ]
  return [warning(pointer, 'fits-badly', detail, within25 === undefined ? undefined : { within25 })]
}
