// From what is stored of a finished run to the data of its report. Everything is read, nothing is computed again: the
// report cannot say other than the results do.

import type { ChartName, CsvPart, ReportDepth } from '../../contract/calibration/report.ts'
import type { Budget, ComputedRequest } from '../../contract/calibration/run-request.ts'
import type { MethodResult, RunResults } from '../../contract/calibration/run-results.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import { Refusal } from '../../contract/refusal.ts'
import { decimal } from '../../domain/number/decimal.ts'
import { fractionInPercent } from '../../domain/number/in-words.ts'
import type { CalibrationReportData, CohortOfReport } from '../../pages/report/data.ts'
import { caseOfPerson, type PersonLine, peopleIn } from '../run/outcome-text.ts'
import { decodeResults } from '../run/results.ts'
import { bandsOf, costBandsOf } from '../run/run-request.ts'
import { comparedReport, type ReportBeside } from './compared-report.ts'
import { refusedMethods, reportMethods } from './report-methods.ts'

export type ReportSource = {
  readonly runId: string
  /** The run's results, and its people one a line, as they are stored. */
  readonly results: string
  readonly persons: string
  readonly authority: string
  readonly cohort: { readonly title: string; readonly rejectedRows: number }
  /** The questionnaire that the run's points stand on. */
  readonly questionnaire: Pick<Questionnaire, 'title' | 'userGroups' | 'scaleMaximum'>
  /** The name of the method that is proposed; null where the report only compares. */
  readonly proposed: string | null
  /** What the run is compared with, where it is. */
  readonly against?: ReportBeside
}

export type Rendering =
  | { readonly kind: 'report' | 'workbook'; readonly depth: ReportDepth }
  | { readonly kind: 'csv'; readonly part: CsvPart; readonly depth: ReportDepth }
  | { readonly kind: 'chart'; readonly name: ChartName; readonly depth: ReportDepth }

export type RenderingInput = ReportSource & { readonly what: Rendering }

/** Refuses a run whose methods were all refused, and a proposal that the run has no table for. */
export function reportData(source: ReportSource): CalibrationReportData {
  const results = decodeResults(source.results)
  const people = [...peopleIn(source.persons)]
  const { request } = results
  const included = people.filter(({ excluded }) => excluded === null)
  const methods = reportMethods(results.methods, included, request)
  const [first] = methods
  if (first === undefined) throw nothingFitted(results.methods)
  const { authority, cohort, questionnaire, proposed } = source
  if (proposed !== null && methods.every(({ key }) => key !== proposed)) throw noProposal(proposed, methods)
  const data: CalibrationReportData = {
    authority,
    title: `Calibration: ${cohort.title}`,
    cohort: cohortOf(source, results, people),
    userGroups: questionnaire.userGroups,
    budget: { target: first.impact.againstTarget?.target ?? '0', basis: basisOf(request) },
    methods,
    refused: refusedMethods(results.methods),
    proposed,
    transition: request.scenarios,
    bands: { costBands: costBandsOf(request.costBands), pointsBands: bandsOf(request.pointsBands) },
    published: request.published ?? null,
    provenance: provenanceOf(source, results),
  }
  if (source.against === undefined) return data
  const fitted = results.methods.flatMap(({ outcome }, i) => (outcome === 'fitted' ? i : []))
  return comparedReport(data, source.persons, request, fitted, source.against)
}

function cohortOf(
  { cohort: { title, rejectedRows } }: ReportSource,
  {
    syntheticNote,
    request,
    exclusions,
    summary,
    characteristics,
    pointsAndCost,
    items,
    sampling,
  }: RunResults,
  people: readonly PersonLine[],
): CohortOfReport {
  const cases = people.filter(({ excluded }) => excluded === null).map(caseOfPerson)
  const sampled = sampling?.outcome === 'fitted' ? sampling : null
  return {
    name: title,
    cases,
    existing: cases.map(({ cost }) => cost),
    existingIs: 'their present cost',
    syntheticNote: syntheticNote ?? null,
    rejectedRows,
    exclusionRules: request.exclusions,
    exclusion: {
      ...exclusions,
      excluded: people.flatMap(({ ref, excluded }) => (excluded === null ? [] : { ref, ...excluded })),
    },
    summary,
    sampling: sampled && {
      confidence: request.sampling?.confidence ?? '',
      margin: sampled.margin,
      mean: sampled.mean,
    },
    representativeness: sampled?.representativeness ?? null,
    characteristics,
    fitOfPoints: pointsAndCost,
    itemAnalysis: items,
  }
}

function provenanceOf(
  { runId, questionnaire }: ReportSource,
  { cohortHash, engineVersion, request, questionnaire: { key, version } }: RunResults,
): CalibrationReportData['provenance'] {
  return {
    cohortHash,
    runId,
    engineVersion,
    seed: request.trust?.seed ?? null,
    questionnaire: `${questionnaire.title} (${key}), version ${version}`,
    scaleMaximum: decimal(questionnaire.scaleMaximum).toFixed(),
  }
}

function basisOf({ budget, contingency, adjustments }: ComputedRequest): string {
  const held = decimal(contingency.fraction).isZero()
    ? ''
    : ` Of every amount, ${fractionInPercent(contingency.fraction)} is held back as contingency.`
  const after = adjustments.length === 0 ? '' : ' Amounts are after adjustments, the budget is before them.'
  return `${statementOf(budget)}${held}${after}`
}

function statementOf(budget: Budget): string {
  if (budget.basis === 'stated') return 'a sum that was stated for this run.'
  const { uplift, efficiency } = budget
  const parts = [
    ...(decimal(uplift).isZero() ? [] : [`an uplift of ${fractionInPercent(uplift)}`]),
    ...(decimal(efficiency).isZero() ? [] : [`efficiencies of ${fractionInPercent(efficiency)}`]),
  ]
  return `what the cohort costs now${parts.length === 0 ? '' : `, with ${parts.join(' and ')}`}.`
}

function nothingFitted(methods: readonly MethodResult[]): Refusal {
  const faults = methods.flatMap((method) => (method.outcome === 'refused' ? method.errors : []))
  return new Refusal(
    'calibration-impossible',
    'Every method of this run was refused, so there is nothing to report. Read why in errors[], and request another run.',
    { faults },
  )
}

function noProposal(name: string, methods: readonly { readonly key: string }[]): Refusal {
  const known = methods.map(({ key }) => key).join(', ')
  const detail = `The run has no table by a method called "${name}"; it has ${known}. Propose one of these, or none.`
  return new Refusal('calibration-impossible', detail, {
    faults: [{ pointer: '/query/proposed', code: 'parameter-out-of-range', detail }],
  })
}
