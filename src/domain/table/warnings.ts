// What a publisher must have seen before a table is published. None of it is forbidden, so it is acknowledged and not
// refused: each by its code, with what clears it.

import type { CalibrationTable } from '../../contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import type { Warning } from '../../contract/documents/warning.ts'
import type { WarningCode } from '../../contract/faults.ts'
import { sampleSize } from '../calibration/cohort/sampling.ts'
import { COARSE, followsSingleCosts, STEPS } from '../disclosure/disclosed-curves.ts'
import { Decimal, decimal, ONE } from '../number/decimal.ts'
import { fractionInPercent, inPoints, inPoundsAndPence } from '../number/in-words.ts'
import { ageDefinedGroupsApart } from './calibration-table.ts'
import { cliffsOf } from './stretches.ts'
import { type TableAsRead, tableAsRead } from './table-as-read.ts'

/** What a table is looked at against: the day, and what is known of it beside its content. */
export type WarningContext = {
  /** The published questionnaire version that the table names; null when there is none. */
  readonly questionnaire: Questionnaire | null
  /** `YYYY-MM-DD`. */
  readonly today: string
  /** How many current allocations another table priced, for a date that this one covers. */
  readonly affected: number
  /** Whether the reports of this very revision are made. */
  readonly reported: boolean
}

/** Every warning, in the order of the catalogue. */
export function tableWarnings(table: CalibrationTable, context: WarningContext): readonly Warning[] {
  const read = tableAsRead(table)
  return [
    ...ofAdjustments(read),
    ...ofEvidence(read, context),
    ...ofCurves(read, context),
    ...ofCap(read),
    ...ofCohort(read),
    ...ofPeopleOutside(read),
    ...ofDates(read, context),
    ...ofFit(read),
    ...cliffs(read),
  ]
}

function warning(pointer: string, code: WarningCode, detail: string, figures?: Warning['figures']): Warning {
  return { pointer, code, detail, ...(figures === undefined ? {} : { figures }) }
}

function ofAdjustments({ adjustments }: TableAsRead): readonly Warning[] {
  return adjustments.flatMap(({ factor, name }, i) => {
    if (decimal(factor).greaterThanOrEqualTo(ONE)) return []
    const taken = ONE.minus(factor).toFixed()
    const detail = `"${name}" takes ${fractionInPercent(taken)} off every amount. Remove it, or acknowledge it.`
    return warning(`/adjustments/${i}`, 'efficiency-lowers', detail, { factor })
  })
}

function ofEvidence({ evidence }: TableAsRead, { reported }: WarningContext): readonly Warning[] {
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

function ofCurves(table: TableAsRead, { questionnaire }: WarningContext): readonly Warning[] {
  const apart = questionnaire === null ? [] : ageDefinedGroupsApart(table, questionnaire)
  const aged = apart.map((group) => {
    const i = table.curves.findIndex(({ userGroups }) => userGroups.includes(group))
    const detail = `The user group "${group}" is defined by age and has a curve of its own. Its ageReason says why.`
    return warning(`/curves/${i}`, 'age-defined-curve', detail)
  })
  const { method = '', parameters = {} } = table.provenance ?? {}
  if (!followsSingleCosts({ method: parameters.method ?? method }) || table.curves.every(isCoarse))
    return aged
  const detail = `The method follows single people’s costs, so the table may publish them. Use another, or ${STEPS} steps rounded to £${COARSE}.`
  return [...aged, warning('/curves', 'discloses-single-costs', detail)]
}

// As everybody may see such a curve.
function isCoarse({ knots }: CalibrationTable['curves'][number]): boolean {
  return (
    knots.length <= STEPS + 1 && knots.every(({ amountAnnual }) => decimal(amountAnnual).mod(COARSE).isZero())
  )
}

function ofCap({ cap }: TableAsRead): readonly Warning[] {
  if (cap !== undefined) return []
  return [warning('/cap', 'no-cap', 'No amount is too high for this table. Give a cap, or acknowledge it.')]
}

function ofCohort({ provenance }: TableAsRead): readonly Warning[] {
  const { syntheticNote, evidence, parameters } = provenance ?? {}
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
function populationIn(parameters: Readonly<Record<string, string>> = {}): number | null {
  const stated = parameters.population
  return stated !== undefined && /^[1-9][0-9]{0,9}$/.test(stated) ? Number(stated) : null
}

function ofPeopleOutside({ outside }: TableAsRead): readonly Warning[] {
  if (outside.length === 0) return []
  const groups = outside.map(({ userGroup }) => userGroup)
  const detail = `The table is not for ${groups.map((group) => `"${group}"`).join(', ')}. A person works out the cost for them.`
  return [warning('/outside', 'people-outside', detail, { userGroups: groups.length })]
}

function ofDates({ effectiveFrom, reviewBy }: TableAsRead, context: WarningContext): readonly Warning[] {
  const { today, affected } = context
  const found: Warning[] = []
  if (effectiveFrom <= today) {
    const current = affected === 1 ? '1 current allocation' : `${affected} current allocations`
    const detail = `The table begins on ${effectiveFrom}, not after today. Another table priced ${current} for its dates.`
    found.push(warning('/effectiveFrom', 'backdated', detail, { allocations: affected }))
  }
  if (reviewBy < today) {
    const detail = `The table was to be reviewed by ${reviewBy}, which is past. Give a later date.`
    found.push(warning('/reviewBy', 'past-its-year-at-birth', detail))
  }
  return found
}

/** Every cliff of curves that rise; where one does not, that is a fault, and nothing can be said of its steepness. */
function cliffs(table: TableAsRead): readonly Warning[] {
  if (!table.curves.every(isRising)) return []
  return cliffsOf(table).map(({ curve, atPoints, kind, riseAnnual }) => {
    const rise = inPoundsAndPence(riseAnnual)
    const detail =
      kind === 'step'
        ? `At ${inPoints(atPoints)} a little more need brings ${rise} more. Use a smoother curve, or acknowledge it.`
        : `From ${inPoints(atPoints)} the curve rises ${rise}, over three times as fast as beside it. Use a smoother curve.`
    return warning(`/curves/${curve}`, 'cliff', detail, { atPoints, kind, riseAnnual })
  })
}

function isRising({ knots }: CalibrationTable['curves'][number]): boolean {
  return knots.every((knot, i) => {
    const before = knots[i - 1]
    return (
      before === undefined ||
      (decimal(knot.points).greaterThan(before.points) &&
        decimal(knot.amountAnnual).greaterThanOrEqualTo(before.amountAnnual))
    )
  })
}

const HALF = new Decimal('0.5')

function ofFit({ provenance }: TableAsRead): readonly Warning[] {
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
