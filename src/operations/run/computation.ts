// A calibration run from its cohort to its results, in steps that tell how far it is. It depends on what it is given
// alone: the same cohort, request and seed give the same bytes, on any machine and however often it is begun again.

import type { Declared } from '../../contract/calibration/cohort.ts'
import type {
  CompleteRequest,
  ComputedRequest,
  SampleRequest,
} from '../../contract/calibration/run-request.ts'
import type { RunResults } from '../../contract/calibration/run-results.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import { RESULTS_VERSION } from '../../contract/limits.ts'
import type { Case } from '../../domain/calibration/cohort/case.ts'
import { allDeclared } from '../../domain/calibration/cohort/characteristics.ts'
import { rowRules } from '../../domain/calibration/cohort/cohort-row.ts'
import { type Collected, evidenceOf, settingsOf } from '../../domain/calibration/cohort/evidence.ts'
import { excludeCases } from '../../domain/calibration/cohort/exclusion.ts'
import { fitOfPoints } from '../../domain/calibration/cohort/fit-of-points.ts'
import { itemAnalysis } from '../../domain/calibration/cohort/item-analysis.ts'
import { representativeness } from '../../domain/calibration/cohort/representativeness.ts'
import { marginOf, meanInterval, peopleOf, sampleSize } from '../../domain/calibration/cohort/sampling.ts'
import { summary } from '../../domain/calibration/cohort/summary.ts'
import { planScoring, type ScoringPlan } from '../../domain/questionnaire/scoring-plan.ts'
import { casesIn, restated } from '../cohort/cohort-cases.ts'
import { curveGroups } from './method-curves.ts'
import { type MethodOutcome, methodOutcome } from './method-result.ts'
import { personLines } from './outcome-text.ts'
import { encodeResults, type ResultBytes } from './results.ts'
import { bandsOf, costBandsOf } from './run-request.ts'
import { fittedOrRefused } from './trust.ts'

export type RunInput = {
  readonly request: CompleteRequest
  readonly cohortHash: string
  /** How the rows were made, where they are about nobody. */
  readonly syntheticNote: string | null
  /** What the cohort declares of its people, and when they were collected. */
  readonly characteristics: readonly Declared[]
  readonly collected: Collected
  readonly engineVersion: string
  /** The questionnaire that the points stand on, and whether it is another than the cohort's own. */
  readonly questionnaire: VersionRef & { readonly content: Questionnaire; readonly restates: boolean }
  /** The cohort's parts as bytes; they are taken out as they are read. */
  readonly parts: Uint8Array<ArrayBuffer>[]
}

export type Progress = { readonly stage: string; readonly done: number; readonly total: number }

export function* computeRun(input: RunInput): Generator<Progress, ResultBytes> {
  // The id is what this service calls the cohort; what it is made of is its hash.
  const { cohortId: _, ...request } = input.request
  const { questionnaire } = input
  yield { stage: 'reading the cohort', done: 0, total: 1 }
  const plan = planScoring(questionnaire.content)
  const { scaleMaximum } = rowRules(plan, '52')
  const uploaded = casesIn(input.parts)
  const all = questionnaire.restates ? restated(uploaded, plan) : uploaded
  const { included, ...exclusion } = excludeCases(all, request.exclusions, scaleMaximum)
  yield { stage: 'describing the cohort', done: 0, total: 1 }
  const described = describe(request, included, plan)
  const groups = curveGroups(request, included)
  const characteristics = allDeclared(input.characteristics, included)
  const outcomes: MethodOutcome[] = []
  for (const [i, { name }] of request.methods.entries()) {
    const steps = methodOutcome(request, i, included, { groups, characteristics, scaleMaximum })
    let step = steps.next()
    for (; step.done !== true; step = steps.next()) yield { stage: name, ...step.value }
    outcomes.push(step.value)
  }
  yield { stage: 'writing the results', done: 0, total: 1 }
  const { excluded, totals, byRule, warnings } = exclusion
  const results: RunResults = {
    v: RESULTS_VERSION,
    evidence: evidenceOf(included, input.collected),
    settings: settingsOf(included),
    characteristics,
    ...provenance(input),
    request,
    exclusions: { totals, byRule, warnings },
    ...described,
    methods: outcomes.map(({ result }) => result),
  }
  return encodeResults(results, personLines(all, included, excluded, outcomes))
}

function provenance({ cohortHash, syntheticNote, engineVersion, questionnaire: { key, version } }: RunInput) {
  const invented = syntheticNote === null ? {} : { syntheticNote }
  return { cohortHash, ...invented, engineVersion, questionnaire: { key, version } }
}

function describe(request: ComputedRequest, cases: readonly Case[], plan: ScoringPlan) {
  const { costBands, pointsBands, sampling } = request
  const bands = { costBands: costBandsOf(costBands), pointsBands: bandsOf(pointsBands) }
  return {
    summary: summary(cases, bands),
    pointsAndCost: fitOfPoints(cases),
    items: cases.some(({ answers }) => answers !== null) ? itemAnalysis(cases, plan) : null,
    sampling: sampling === undefined ? null : fittedOrRefused(() => sampled(sampling, cases)),
  }
}

function sampled({ confidence, margin, population, mix }: SampleRequest, cases: readonly Case[]) {
  return {
    needed: sampleSize({ confidence, margin, population }),
    margin: marginOf({ confidence, population, size: peopleOf(cases) }),
    mean: meanInterval(cases, { confidence, population }),
    representativeness: mix === undefined ? null : representativeness(cases, mix),
  }
}
