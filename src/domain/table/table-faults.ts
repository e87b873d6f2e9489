// What publication refuses in a calibration table. Policy: a table is monotone and never negative, covers each user
// group exactly once, and says why its levels are what they are (domain research 2.6, 4).

import type { CalibrationTable, Curve } from '../../contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import type { FaultCode } from '../../contract/faults.ts'
import { MOST_POUNDS } from '../../contract/limits.ts'
import type { Fault } from '../../contract/refusal.ts'
import { Decimal, decimal, ONE, PENNY } from '../number/decimal.ts'
import { coverageFaults, reasonFaults } from './coverage-faults.ts'
import { evidenceFaults } from './evidence-faults.ts'
import { isSetting, settingUnknown } from './setting.ts'

/** What a table is held against when somebody asks to publish it. */
export type PublicationContext = {
  /** The published questionnaire version that the table names; null when there is none. */
  readonly questionnaire: Questionnaire | null
  /** The day of publication, `YYYY-MM-DD`. */
  readonly today: string
}

/** Everything that would make a table wrong to publish; empty when it may be published. */
export function tableFaults(table: CalibrationTable, context: PublicationContext): readonly Fault[] {
  return [
    ...questionnaireFaults(table, context.questionnaire),
    ...table.curves.flatMap((curve, i) => knotFaults(curve, `/curves/${i}`)),
    ...dateFaults(table, context),
    ...numberFaults(table),
    ...sizeFaults(table),
    ...(table.settings ?? []).flatMap((word, i) => (isSetting(word) ? [] : settingUnknown(`/settings/${i}`))),
    ...releaseFaults(table),
    ...evidenceFaults(table.evidence ?? []),
  ]
}

function fault(pointer: string, code: FaultCode, detail: string): Fault {
  return { pointer, code, detail }
}

function questionnaireFaults(table: CalibrationTable, questionnaire: Questionnaire | null): Fault[] {
  if (questionnaire === null) {
    const { key, version } = table.questionnaire
    const detail = `The questionnaire "${key}" version ${version} is not published. Publish it first, or name a published version.`
    return [fault('/questionnaire', 'questionnaire-version-unknown', detail)]
  }
  return [
    ...coverageFaults(table, questionnaire),
    ...table.curves.flatMap((curve, i) => reasonFaults(curve, table, questionnaire, `/curves/${i}`)),
    ...table.curves.flatMap((curve, i) => scaleFaults(curve, questionnaire.scaleMaximum, `/curves/${i}`)),
  ]
}

function scaleFaults({ knots }: Curve, scaleMaximum: string, pointer: string): Fault[] {
  return knots.flatMap(({ points }, i) =>
    decimal(points).lessThanOrEqualTo(scaleMaximum)
      ? []
      : fault(
          `${pointer}/knots/${i}/points`,
          'knot-above-scale',
          `${points} points is above the questionnaire's scale maximum of ${scaleMaximum}. Lower this knot or leave it out.`,
        ),
  )
}

function knotFaults({ knots }: Curve, pointer: string): Fault[] {
  return knots.flatMap((knot, i) => {
    const before = knots[i - 1]
    if (before === undefined) return []
    const at = `${pointer}/knots/${i}`
    const faults: Fault[] = []
    if (decimal(knot.points).lessThanOrEqualTo(before.points)) {
      faults.push(
        fault(
          `${at}/points`,
          'knots-not-increasing',
          `${knot.points} points comes after ${before.points}. Put the knots in rising order of points.`,
        ),
      )
    }
    if (decimal(knot.amountAnnual).lessThan(before.amountAnnual)) {
      faults.push(
        fault(
          `${at}/amountAnnual`,
          'curve-not-monotone',
          `£${knot.amountAnnual} is below the £${before.amountAnnual} before it, so more points would give less money. Raise this amount or lower that one.`,
        ),
      )
    }
    return faults
  })
}

function dateFaults(table: CalibrationTable, { today }: PublicationContext): Fault[] {
  const { effectiveFrom, effectiveBefore, backdatingReason } = table
  const faults: Fault[] = []
  if (effectiveFrom <= today && backdatingReason === undefined) {
    const detail = `${effectiveFrom} is not after today, ${today}. Give a backdatingReason, or choose a later date.`
    faults.push(fault('/backdatingReason', 'backdating-without-reason', detail))
  }
  if (effectiveBefore !== undefined && effectiveBefore <= effectiveFrom) {
    const detail = `The table would end on ${effectiveBefore}, before it begins on ${effectiveFrom}. Choose a later effectiveBefore, or leave it out.`
    faults.push(fault('/effectiveBefore', 'effective-period-empty', detail))
  }
  return faults
}

// An efficiency lowers and an inflation raises: a factor on the wrong side of 1 is a misnamed adjustment.
const FACTOR_RANGES = {
  inflation: [new Decimal(1), new Decimal(10)],
  efficiency: [new Decimal('0.000001'), new Decimal(1)],
  'local-cost': [new Decimal('0.000001'), new Decimal(10)],
} as const

// Money that is held with no word on how to get it is a cut.
function releaseFaults({ contingency }: CalibrationTable): Fault[] {
  if (contingency.release !== undefined || decimal(contingency.fraction).isZero()) return []
  const detail =
    'Money is held ready, and nobody is told how to get it. Give howToAsk, decidedBy and withinDays in release.'
  return [fault('/contingency/release', 'release-not-stated', detail)]
}

const ROUNDING_MAXIMUM = new Decimal(1000)
const WEEKS = [new Decimal(52), new Decimal(53)] as const

function numberFaults({ adjustments, contingency, rounding, weeksPerYear }: CalibrationTable): Fault[] {
  const to = decimal(rounding.to)
  return [
    ...adjustments.flatMap(({ kind, factor }, i) => {
      const [lowest, highest] = FACTOR_RANGES[kind]
      return within(factor, lowest, highest)
        ? []
        : fault(
            `/adjustments/${i}/factor`,
            'factor-out-of-range',
            `Found the ${kind} factor ${factor}; expected from ${lowest} to ${highest}. Change the factor, or the kind.`,
          )
    }),
    ...(decimal(contingency.fraction).lessThan(ONE)
      ? []
      : [
          fault(
            '/contingency/fraction',
            'contingency-out-of-range',
            `Found the contingency ${contingency.fraction}; expected 0 or more and below 1. Give a share such as 0.1.`,
          ),
        ]),
    ...(within(rounding.to, PENNY, ROUNDING_MAXIMUM) && to.mod(PENNY).isZero()
      ? []
      : [
          fault(
            '/rounding/to',
            'rounding-impossible',
            `Found rounding to £${rounding.to}; expected a multiple of £0.01 up to £${ROUNDING_MAXIMUM}. Give one such as 0.01 or 10.`,
          ),
        ]),
    ...(within(weeksPerYear, WEEKS[0], WEEKS[1])
      ? []
      : [
          fault(
            '/weeksPerYear',
            'weeks-per-year-out-of-range',
            `Found ${weeksPerYear} weeks a year; expected from ${WEEKS[0]} to ${WEEKS[1]}. Give a number such as 52.`,
          ),
        ]),
  ]
}

// Amounts have twelve digits before the point. Factors that each are in range may together go beyond that.
const AMOUNT_MAXIMUM = new Decimal(MOST_POUNDS)

function sizeFaults({ curves, adjustments }: CalibrationTable): Fault[] {
  const amounts = curves.flatMap(({ knots }) => knots.map(({ amountAnnual }) => decimal(amountAnnual)))
  let highest = Decimal.max(0, ...amounts)
  return adjustments.flatMap(({ name, factor }, i) => {
    const before = highest
    highest = highest.times(factor)
    if (highest.lessThanOrEqualTo(AMOUNT_MAXIMUM) || before.greaterThan(AMOUNT_MAXIMUM)) return []
    const detail = `"${name}" would raise the highest amount above the limit of £${AMOUNT_MAXIMUM}. Lower the factor or the amounts.`
    return fault(`/adjustments/${i}/factor`, 'amount-out-of-range', detail)
  })
}

function within(text: string, lowest: Decimal, highest: Decimal): boolean {
  const value = decimal(text)
  return value.greaterThanOrEqualTo(lowest) && value.lessThanOrEqualTo(highest)
}
