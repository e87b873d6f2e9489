// A run's data counted again over the parts that its readers may see (domain/disclosure/joined-cohort.ts).

import type { Impact } from '../../contract/calibration/impact.ts'
import type { Case } from '../../domain/calibration/cohort/case.ts'
import { impact } from '../../domain/calibration/effects/impact.ts'
import { reasonableness } from '../../domain/calibration/effects/reasonableness.ts'
import { joinedCohort } from '../../domain/disclosure/joined-cohort.ts'
import { type Audience, mayShow } from '../../domain/disclosure/may-show.ts'
import type { CalibrationReportData, MethodOfReport } from './data.ts'

/** The same run, counted again over the joined parts; whoever sees single people sees it as it is. */
export function joinedReport(data: CalibrationReportData, audience: Audience): CalibrationReportData {
  if (mayShow(1, audience)) return data
  const { existing } = data.cohort
  const { cases, userGroups, bands } = joinedCohort({ ...data, ...data.cohort }, audience)
  return {
    ...data,
    userGroups,
    bands,
    cohort: { ...data.cohort, cases },
    methods: data.methods.map((method) => counted(method, cases, existing, bands)),
  }
}

function counted(
  method: MethodOfReport,
  cases: readonly Case[],
  existing: readonly number[],
  bands: CalibrationReportData['bands'],
): MethodOfReport {
  const recounted = (amounts: readonly number[], { all, againstTarget }: Impact) => ({
    ...impact(cases, amounts, { ...bands, target: null, existing }),
    all,
    againstTarget,
  })
  const { impactAvailable, amountsAvailable } = method
  const judged = method.tolerance && reasonableness(cases, method.amounts, method.tolerance, { existing })
  return {
    ...method,
    impact: recounted(method.amounts, method.impact),
    impactAvailable: impactAvailable && recounted(amountsAvailable ?? [], impactAvailable),
    reasonableness: method.reasonableness && judged,
  }
}
