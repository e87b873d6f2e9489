// Small documents that may be published as they stand, and the sum made from them. Each test changes the one
// thing it is about, so that what it shows stands beside what it expects.

import { readFileSync } from 'node:fs'
import type { AllocationResult } from '../../src/contract/allocation/allocation.ts'
import type { Answers, StatedEligibility } from '../../src/contract/allocation/assessment.ts'
import type { CalibrationTable } from '../../src/contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../src/contract/documents/questionnaire.ts'
import { type Fault, Refusal } from '../../src/contract/refusal.ts'
import { allocate } from '../../src/domain/allocation/allocation.ts'
import { planTable } from '../../src/domain/allocation/price.ts'
import { planScoring } from '../../src/domain/questionnaire/scoring-plan.ts'

/** Three domains, £1,000 a point: washing is weighted and adjustable, company adjustable, money neither. */
export const questionnaire: Questionnaire = {
  title: 'A small questionnaire',
  population: 'adult',
  userGroups: [
    { key: 'adults', title: 'Adults', ageDefined: false },
    { key: 'elders', title: 'Older people', ageDefined: true },
  ],
  domains: [
    {
      key: 'washing',
      title: 'Washing',
      question: 'How much help do you need to wash?',
      careActOutcomes: ['2(2)(b)'],
      carerAdjustable: true,
      weightingGroup: 'care',
      options: options('0.00', '4.00', '10.00'),
    },
    {
      key: 'company',
      title: 'Company',
      question: 'How much help do you need to see people?',
      careActOutcomes: ['2(2)(g)'],
      carerAdjustable: true,
      options: options('0.00', '3.50', '10.00'),
    },
    {
      key: 'money',
      title: 'Money',
      question: 'How much help do you need with money?',
      careActOutcomes: [],
      carerAdjustable: false,
      options: options('0.00', '5.00', '10.00'),
    },
  ],
  weightings: [
    {
      key: 'two_people',
      question: 'Are two people needed?',
      appliesTo: 'care',
      options: [
        { key: 'no', label: 'No', factor: '1' },
        { key: 'yes', label: 'Yes', factor: '1.5' },
      ],
    },
  ],
  carerSupport: {
    scope: 'per-domain',
    options: [
      { key: 'none', label: 'None of it', retainedFraction: '1' },
      { key: 'half', label: 'Half of it', retainedFraction: '0.5' },
      { key: 'all', label: 'All of it', retainedFraction: '0' },
    ],
    referAbove: '0.5',
  },
  addOns: [
    {
      key: 'travel',
      question: 'Is it far?',
      condition: 'always',
      options: [
        { key: 'near', label: 'No', points: '0.00' },
        { key: 'far', label: 'Yes', points: '5.00' },
      ],
    },
    {
      key: 'breaks',
      question: 'Does the carer need breaks?',
      condition: 'carer-reduction-positive',
      options: [
        { key: 'no', label: 'No', points: '0.00' },
        { key: 'yes', label: 'Yes', points: '2.00' },
      ],
    },
  ],
  referralRules: [
    {
      key: 'two-and-much',
      all: [
        { question: 'washing', option: 'much' },
        { question: 'two_people', option: 'yes' },
        { question: 'travel', option: 'far' },
      ],
      reason: 'Points describe this badly.',
    },
  ],
  scaleMaximum: '30.00',
  source: 'Written for the tests.',
  rationale: 'Round numbers.',
}

function options(none: string, some: string, much: string) {
  return [
    { key: 'none', label: 'None', points: none },
    { key: 'some', label: 'Some', points: some },
    { key: 'much', label: 'Much', points: much },
  ]
}

export const table: CalibrationTable = {
  title: 'A small table',
  financialYear: '2026-27',
  effectiveFrom: '2026-04-01',
  questionnaire: { key: 'small', version: 1 },
  reviewBy: '2027-03-31',
  curves: [
    {
      userGroups: 'all',
      interpolation: 'linear',
      knots: [
        { points: '0.00', amountAnnual: '0.00' },
        { points: '30.00', amountAnnual: '30000.00' },
      ],
    },
  ],
  belowFirst: 'line-from-zero',
  aboveLast: 'refer-and-hold',
  adjustments: [],
  contingency: {
    fraction: '0.20',
    release: { howToAsk: 'Ask your social worker.', decidedBy: 'A team manager', withinDays: 10 },
  },
  rounding: { to: '0.01', mode: 'half-up' },
  weeksPerYear: '52',
  source: 'Written for the tests.',
  rationale: 'Round numbers.',
}

/** 4.00 + 3.50 + 5.00 = 12.50 points, no carer. */
export const answers: Answers = {
  userGroup: 'adults',
  answers: { washing: 'some', company: 'some', money: 'some' },
  weightings: { two_people: 'no' },
  carer: { willingAndAble: false },
  addOns: { travel: 'near', breaks: 'no' },
}

/** The only user group and domain a question of money needs: `points` come out as its total. */
export function scoring(points: string, scaleMaximum = '100.00'): [Questionnaire, Answers] {
  const { carerSupport: _, ...rest } = questionnaire
  const domain = {
    key: 'points',
    title: 'Points',
    question: 'How many?',
    careActOutcomes: [],
    carerAdjustable: false,
    options: [{ key: 'these', label: 'These', points }],
  }
  return [
    { ...rest, domains: [domain], weightings: [], referralRules: [], addOns: [], scaleMaximum },
    { userGroup: 'adults', answers: { points: 'these' }, weightings: {}, addOns: {} },
  ]
}

/** The small table with one curve through these knots. */
export function through(
  ...pairs: readonly (readonly [points: string, amountAnnual: string])[]
): CalibrationTable {
  const knots = pairs.map(([points, amountAnnual]) => ({ points, amountAnnual }))
  return { ...table, curves: [{ userGroups: 'all', interpolation: 'linear', knots }] }
}

export type Changes = {
  readonly questionnaire?: Questionnaire
  readonly table?: CalibrationTable | null
  readonly answers?: Answers
  readonly eligible?: boolean
  readonly stated?: StatedEligibility
  readonly otherNeeds?: boolean
  readonly assessedOn?: string
  readonly setting?: string
}

export const questionnaireRef = { key: 'small', version: 1, contentHash: `sha256:${'0'.repeat(64)}` }
export const tableRef = { key: 'small-table', version: 3, contentHash: `sha256:${'1'.repeat(64)}` }

/** The allocation for the small documents, but for what is changed. */
export function allocation(changes: Changes = {}): AllocationResult {
  const plan = planScoring(changes.questionnaire ?? questionnaire)
  const priced = { ref: questionnaireRef, plan }
  const prices = changes.table === undefined ? table : changes.table
  const input = {
    answers: changes.answers ?? answers,
    eligible: changes.eligible ?? true,
    otherNeeds: changes.otherNeeds ?? false,
    stated: changes.stated ?? {},
    assessedOn: changes.assessedOn ?? '2026-11-16',
    ...(changes.setting === undefined ? {} : { setting: changes.setting }),
  }
  return allocate(input, priced, prices && planTable(tableRef, prices, priced))
}

/** The allocation of exactly so many points. */
export function allocationOf(points: string, prices: CalibrationTable, scale?: string): AllocationResult {
  const [asked, given] = scoring(points, scale)
  return allocation({ questionnaire: asked, answers: given, table: prices })
}

/** The refusal that `act` ends in; anything else, an answer too, is thrown on. */
export function refusal(act: () => unknown): Refusal {
  try {
    act()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('expected a refusal and found none')
}

/** `code pointer`, as the tables of cases name a fault. */
export function named(faults: readonly Fault[]): string[] {
  return faults.map(({ code, pointer }) => `${code} ${pointer}`)
}

/** A JSON file by its path from the root of the repository. */
export function json<T>(path: string): T {
  return JSON.parse(text(path))
}

/** A text file by its path from the root of the repository. */
export function text(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
}
