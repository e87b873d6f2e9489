// A run's data counted again over the parts that its readers may see (domain/disclosure/joined-cohort.ts).

import type { Impact } from '../../contract/calibration/impact.ts'
import { impact } from '../../domain/calibration/effects/impact.ts'
import { reasonableness } from '../../domain/calibration/effects/reasonableness.ts'
import { joinedCohort } from '../../domain/disclosure/joined-cohort.ts'
import { type Audience, mayShow } from '../../domain/disclosure/may-show.ts'
import type { CalibrationReportData, MethodOfReport } from './data.ts'

/** The same run, counted again over the joined parts; whoever sees single people sees it as it is. */
export function joinedReport(data: CalibrationReportData, audience: Audience): CalibrationReportData {
  if (mayShow(1, audience)) return data
  const { cases, userGroups, bands } = joinedCohort({ ...data, ...data.cohort }, audience)
  const joined = { ...data, userGroups, bands, cohort: { ...data.cohort, cases } }
  return { ...joined, methods: data.methods.map((method) => counted(method, joined)) }
}

function counted(
  method: MethodOfReport,
  {
    bands,
    cohort: { cases, existing, existingAvailable = existing, unchangedWithin = 0 },
  }: CalibrationReportData,
): MethodOfReport {
  const recounted = (amounts: readonly number[], now: readonly number[], { all, againstTarget }: Impact) => ({
    ...impact(cases, amounts, { ...bands, target: null, existing: now, unchangedWithin }),
    all,
    againstTarget,
  })
  const { impactAvailable, amountsAvailable } = method
  const judged = method.tolerance && reasonableness(cases, method.amounts, method.tolerance, { existing })
  return {
    ...method,
    impact: recounted(method.amounts, existing, method.impact),
    impactAvailable: impactAvailable && recounted(amountsAvailable ?? [], existingAvailable, impactAvailable),
    reasonableness: method.reasonableness && judged,
  }
}
