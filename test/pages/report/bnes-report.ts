// A whole report's data from the synthetic cohort of 2012, made by the domain's own functions: three methods, their
// impact, scenarios, bands and cross-validation. Ages and estimates are invented, evenly, so that their tables have rows.

import type { MethodRequest } from '../../../src/contract/calibration/method.ts'
import { currentSpend } from '../../../src/domain/calibration/budget/budget.ts'
import type { Case } from '../../../src/domain/calibration/cohort/case.ts'
import { excludeCases } from '../../../src/domain/calibration/cohort/exclusion.ts'
import { fitOfPoints } from '../../../src/domain/calibration/cohort/fit-of-points.ts'
import { representativeness } from '../../../src/domain/calibration/cohort/representativeness.ts'
import { marginOf, meanInterval } from '../../../src/domain/calibration/cohort/sampling.ts'
import { summary } from '../../../src/domain/calibration/cohort/summary.ts'
import { sidesOf } from '../../../src/domain/calibration/effects/effects.ts'
import { estimateAgreement } from '../../../src/domain/calibration/effects/estimate-agreement.ts'
import { impact } from '../../../src/domain/calibration/effects/impact.ts'
import { reasonableness } from '../../../src/domain/calibration/effects/reasonableness.ts'
import { FIRST_YEAR, scenarios } from '../../../src/domain/calibration/effects/scenarios.ts'
import { fit } from '../../../src/domain/calibration/methods/fit.ts'
import type { MethodInput } from '../../../src/domain/calibration/methods/method-input.ts'
import {
  amountsOf,
  publishedKnots,
  roundingDifference,
} from '../../../src/domain/calibration/methods/published.ts'
import { accuracyOf } from '../../../src/domain/calibration/trust/accuracy.ts'
import { bootstrap } from '../../../src/domain/calibration/trust/bootstrap.ts'
import { crossValidate } from '../../../src/domain/calibration/trust/cross-validation.ts'
import { leaveOneOut } from '../../../src/domain/calibration/trust/leave-one-out.ts'
import { poundsOf } from '../../../src/domain/number/figures.ts'
import { type Fraction, ZERO } from '../../../src/domain/number/fraction.ts'
import { cliffsOf } from '../../../src/domain/table/stretches.ts'
import type { CalibrationReportData, FitOfReport, MethodOfReport } from '../../../src/pages/report/data.ts'
import { methodTitle } from '../../../src/pages/report/words/method-words.ts'
import { bnes, bnesCostBands } from '../../domain/calibration/effects/impact-cases.ts'

const AGES = ['65 to 74', '75 to 84', '85 and over'] as const
const SCALE = 10_000
const SEED = 20121109

export const POINTS_BANDS = [
  { label: '0 to under 10', below: 1000 },
  { label: '10 to under 20', below: 2000 },
  { label: '20 to under 30', below: 3000 },
  { label: '30 to under 45', below: 4500 },
  { label: '45 and more', below: null },
]

export const REQUESTS: readonly (MethodRequest & { readonly neutral: boolean })[] = [
  { method: 'fixed', neutral: true },
  { method: 'percentile', mode: 'percent-table', neutral: false },
  {
    method: 'bounded-line',
    line: { slope: '1423.2848', intercept: '-28247.009' },
    floorPrice: '161.6524',
    ceilingPrice: '872.5909',
    neutral: true,
  },
]

const BANDS = { costBands: bnesCostBands, pointsBands: POINTS_BANDS }
const NO_TRUST = { bands: null, crossValidation: null, leaveOneOut: null }

const CHARACTERISTICS = [
  {
    key: 'sex',
    title: 'Sex',
    values: [
      { key: 'female', title: 'Women' },
      { key: 'male', title: 'Men' },
    ],
  },
]

/** The cohort of 2012 with invented ages and sexes. */
export const CASES: readonly Case[] = bnes.map((person, i) => ({
  ...person,
  ageBand: /Older|Over/.test(person.userGroup) ? (AGES[i % 3] ?? null) : '18 to 64',
  estimate: i % 2 === 0 ? person.cost + 50_000 : null,
  characteristics: i % 10 === 9 ? null : { sex: i % 3 === 0 ? 'male' : 'female' },
}))

/** The report's data for some cases; the first request is proposed. */
export function reportData(
  cases = CASES,
  requests = REQUESTS,
  {
    bands = BANDS,
    trust = true,
    held = ZERO,
  }: { bands?: CalibrationReportData['bands']; trust?: boolean; held?: Fraction } = {},
): CalibrationReportData {
  const target = currentSpend(cases)
  const people = cases.length
  return {
    authority: 'Bath & North East Somerset',
    title: 'Resource allocation: which method, and at what cost',
    cohort: {
      name: 'Reconstructed cohort 2012',
      cases,
      existing: cases.map(({ cost }) => cost),
      existingIs: 'their present cost',
      syntheticNote: 'Its people were found by search, so that they agree with every total printed in 2012.',
      rejectedRows: 3,
      exclusionRules: [
        { rule: 'weekly-cost-above', limit: '2000', weeksPerYear: '52', reason: 'Costed individually.' },
      ],
      exclusion: excludeCases(cases, [
        { rule: 'weekly-cost-above', limit: '2000', weeksPerYear: '52', reason: 'Costed individually.' },
      ]),
      summary: summary(cases, bands),
      sampling: {
        confidence: '0.95',
        margin: marginOf({ confidence: '0.95', population: null, size: String(people) }),
        mean: meanInterval(cases, { confidence: '0.95', population: null }),
      },
      representativeness: people < 100 ? null : representativeness(cases, POPULATION),
      characteristics: CHARACTERISTICS,
      fitOfPoints: fitOfPoints(cases),
      itemAnalysis: null,
    },
    userGroups: [
      { key: 'Older People', title: 'Older people', ageDefined: true },
      {
        key: 'Mental Health Over 65',
        title: 'Mental health, 65 and over',
        ageDefined: true,
      },
      { key: 'Mental Health Under 65', title: 'Mental health, under 65', ageDefined: true },
      { key: 'Learning Difficulties', title: 'Learning disability', ageDefined: false },
      { key: 'Physical Disabilities', title: 'Physical disability', ageDefined: false },
    ],
    budget: { target: poundsOf(target), basis: 'What the cohort costs now.' },
    methods: requests.map((request, i) => methodOf(request, cases, i, { bands, trust, held })),
    refused: [],
    proposed: 'method-1',
    transition: FIRST_YEAR,
    bands,
    published: null,
    provenance: {
      cohortHash: 'c0ffee'.repeat(10),
      runId: '01890a5d-ac96-774b-bcce-b302099a8057',
      engineVersion: '0.1.0',
      seed: SEED,
      questionnaire: 'B&NES 2012, version 1',
      scaleMaximum: '100',
    },
  }
}

const POPULATION = {
  'Older People': 1400,
  'Physical Disabilities': 380,
  'Learning Difficulties': 460,
  'Mental Health Under 65': 300,
  'Mental Health Over 65': 260,
}

function methodOf(
  { neutral, ...request }: MethodRequest & { readonly neutral: boolean },
  cases: readonly Case[],
  index: number,
  { bands, trust, held }: { bands: CalibrationReportData['bands']; trust: boolean; held: Fraction },
): MethodOfReport {
  const target = currentSpend(cases)
  const input: MethodInput = { cases, scaleMaximum: SCALE, target, neutral, surplus: 'redistribute' }
  const found = fit(request, input)
  const knots = publishedKnots(found, 1)
  const amounts = amountsOf(knots, cases, 1)
  const { available } = sidesOf(amounts, held)
  const own = trust ? trustOf(request, input) : NO_TRUST
  const tolerance = { percent: '50', pounds: '5000' }
  const { coefficients, warnings } = found
  return {
    key: `method-${index + 1}`,
    title: methodTitle(request),
    request,
    fits: [{ userGroup: null, knots, coefficients, warnings, ...own }],
    together: null,
    amounts,
    amountsAvailable: available,
    impact: impact(cases, amounts, { ...bands, target }),
    impactAvailable: available && impact(cases, available, { ...bands, target }),
    scenarios: scenarios(cases, amounts, FIRST_YEAR),
    scenariosAvailable: available && scenarios(cases, available, FIRST_YEAR),
    accuracy: accuracyOf(own.crossValidation, cases),
    cliffs: cliffsOf({
      belowFirst: 'line-from-zero',
      adjustments: [],
      rounding: { to: '0.01', mode: 'half-up' },
      curves: [{ interpolation: 'linear', knots }],
    }),
    tolerance,
    reasonableness: reasonableness(cases, amounts, tolerance),
    estimateAgreement: estimateAgreement(cases, amounts),
    roundingDifference: poundsOf(roundingDifference(found, amounts, cases)),
    unspent: poundsOf(found.unspent),
  }
}

type Trust = Pick<FitOfReport, 'bands' | 'crossValidation' | 'leaveOneOut'>

const known = new WeakMap<readonly Case[], Map<string, Trust>>()

/** Computed once for the same cases: it takes most of the time of a report's data. */
function trustOf(request: MethodRequest, input: MethodInput): Trust {
  const { cases, neutral } = input
  const ofCases = known.get(cases) ?? new Map<string, Trust>()
  known.set(cases, ofCases)
  const key = JSON.stringify([request, neutral])
  const trust = ofCases.get(key) ?? computedTrust(request, input)
  ofCases.set(key, trust)
  return trust
}

function computedTrust(request: MethodRequest, input: MethodInput): Trust {
  const trust = { ...input, request, targetFollows: 'spend' as const, seed: SEED }
  const grid = Array.from({ length: 41 }, (_, i) => i * 250)
  return {
    bands: bootstrap({ ...trust, resamples: 1000, grid }),
    crossValidation: input.cases.length < 20 ? null : crossValidate(trust),
    leaveOneOut: leaveOneOut(trust),
  }
}
