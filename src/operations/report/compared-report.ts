// A run's report as a comparison: the same sections and charts, where what people have now is what the table in force or
// another run gives them.

import type { ComputedRequest } from '../../contract/calibration/run-request.ts'
import { effectsOf, sidesOf } from '../../domain/calibration/effects/effects.ts'
import { reasonableness } from '../../domain/calibration/effects/reasonableness.ts'
import { fractionOf } from '../../domain/number/decimal-fraction.ts'
import type { CalibrationReportData, MethodOfReport } from '../../pages/report/data.ts'
import { type Beside, comparedPeople } from '../run/compared-people.ts'
import { isHeld, unchangedWithin } from '../run/comparison.ts'
import { amountOf, caseOfPerson } from '../run/outcome-text.ts'

/** What a comparison is with, for its people and for its readers. */
export type ReportBeside = { readonly beside: Beside; readonly name: string; readonly existingIs: string }

/** The places of the methods among the run's are those of `fitted`. */
export function comparedReport(
  data: CalibrationReportData,
  persons: string,
  request: ComputedRequest,
  fitted: readonly number[],
  { beside, name, existingIs }: ReportBeside,
): CalibrationReportData {
  const { people, existing, existingAvailable, leftOut } = comparedPeople(persons, beside)
  const cases = people.map(caseOfPerson)
  const held = isHeld(request, beside)
  const options = {
    ...data.bands,
    target: null,
    unchangedWithin: unchangedWithin(request, beside),
    scenarios: request.scenarios,
    characteristics: [],
  }
  const compared = (method: MethodOfReport, place: number): MethodOfReport => {
    const amounts = people.map((person) => amountOf(person, place))
    const planned = held
      ? (sidesOf(amounts, fractionOf(request.contingency.fraction)).available ?? amounts)
      : null
    const whole = effectsOf(cases, amounts, { ...options, existing })
    const available = planned && effectsOf(cases, planned, { ...options, existing: existingAvailable })
    const { againstTarget } = method.impact
    return {
      ...method,
      amounts,
      amountsAvailable: planned,
      impact: { ...whole.impact, againstTarget },
      impactAvailable: available?.impact ?? null,
      scenarios: whole.scenarios,
      scenariosAvailable: available?.scenarios ?? null,
      reasonableness: reasonableness(cases, amounts, request.tolerance, { existing }),
      estimateAgreement: null,
    }
  }
  const left = leftOut === 0 ? '' : ' People whom it does not price are left out.'
  return {
    ...data,
    title: `${data.title}, compared`,
    comparedWith: `Compared with ${name}: “now” is what it gives.${left}`,
    cohort: {
      ...data.cohort,
      ...{ cases, existing, existingAvailable, existingIs },
      unchangedWithin: options.unchangedWithin,
    },
    methods: data.methods.map((method, i) => compared(method, fitted[i] ?? 0)),
  }
}
