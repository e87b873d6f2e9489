// One row of a cohort as it was sent, and the case it stands for; or every reason why it cannot be used. A row that is
// not used is told by its line and its reasons, and never by what it says.

import type { Answers, CarerAnswer } from '../../../contract/allocation/assessment.ts'
import type { CohortRowFaultCode } from '../../../contract/faults.ts'
import type { Frequency } from '../../../contract/limits.ts'
import { Refusal } from '../../../contract/refusal.ts'
import { hasNhsNumber } from '../../assessment/nhs-number.ts'
import { fractionOf } from '../../number/decimal-fraction.ts'
import type { Fraction } from '../../number/fraction.ts'
import { wholeNumber } from '../../number/whole-number.ts'
import { score } from '../../questionnaire/scoring.ts'
import type { ScoringPlan } from '../../questionnaire/scoring-plan.ts'
import { isSetting } from '../../table/setting.ts'
import { type Case, ONE_PERSON } from './case.ts'
import { type CharacteristicRules, NONE_DECLARED, readCharacteristics } from './characteristics.ts'
import { isFrequency, type Reading, readCost, readEstimate, readPoints, readWeight } from './row-number.ts'

/** Texts by their columns; an empty text is as good as none. */
export type RowText = Readonly<Record<string, string>>

export type RowRules = {
  readonly plan: ScoringPlan
  /** Hundredths of a point. */
  readonly scaleMaximum: number
  readonly weeksPerYear: Fraction
  readonly characteristics: CharacteristicRules
}

/** `questions` say at which questions the answers fail, as "code /answers/washing". */
export type RowReading =
  | { readonly case: Case }
  | { readonly faults: readonly CohortRowFaultCode[]; readonly questions: readonly string[] }

/** A line of the file, or a place in the list, with the reasons why it is not used. */
export type Rejection = {
  readonly line: number
  readonly codes: readonly CohortRowFaultCode[]
  readonly questions?: readonly string[]
}

const PLAIN = [
  'ref',
  'userGroup',
  'points',
  'costAnnual',
  'costAmount',
  'costFrequency',
  'ageBand',
  'setting',
  'team',
  'weight',
  'estimateAnnual',
  'carer.willingAndAble',
  'carer.overall',
] as const
/** What begins the column of a characteristic; its key follows. */
export const CHARACTERISTIC_COLUMN = 'characteristics.'
const PREFIXES = ['answers.', 'weightings.', 'addOns.', 'carer.support.', CHARACTERISTIC_COLUMN]

/** Whether a column is one that a cohort may have. */
export function isCohortColumn(name: string): boolean {
  return (
    (PLAIN as readonly string[]).includes(name) ||
    PREFIXES.some((prefix) => name.startsWith(prefix) && name.length > prefix.length)
  )
}

/** The rules for the rows of one cohort; `weeksPerYear` is a decimal string. */
export function rowRules(
  plan: ScoringPlan,
  weeksPerYear: string,
  characteristics: CharacteristicRules = NONE_DECLARED,
): RowRules {
  const scaleMaximum = wholeNumber(BigInt(plan.scaleMaximum.times(100).floor().toFixed(0)))
  return { plan, scaleMaximum, weeksPerYear: fractionOf(weeksPerYear), characteristics }
}

/** The case of a row. Points are taken as given or scored from full answers; costs become whole pence a year, once. */
export function readRow(row: RowText, rules: RowRules): RowReading {
  const faults = new Set<CohortRowFaultCode>()
  const questions: string[] = []
  const number = (reading: Reading): number => {
    if ('value' in reading) return reading.value
    faults.add(reading.fault)
    return 0
  }
  const userGroup = cell(row, 'userGroup')
  if (!rules.plan.userGroups.has(userGroup)) faults.add('user-group-unknown')
  const weight = cell(row, 'weight')
  const estimate = cell(row, 'estimateAnnual')
  const person: Case = {
    ref: refOf(row, faults),
    userGroup,
    ...scored(row, rules, number, { faults, questions }),
    cost: costOf(row, rules, number, faults),
    weight: weight === '' ? ONE_PERSON : number(readWeight(weight)),
    ageBand: coded(row, 'ageBand', /^[0-9]{1,3}(-[0-9]{1,3}|\+)$/, 'age-band-malformed', faults),
    setting: settingOf(row, faults),
    team: coded(row, 'team', CODE, 'team-malformed', faults),
    estimate: estimate === '' ? null : number(readEstimate(estimate)),
    characteristics: readCharacteristics(under(row, CHARACTERISTIC_COLUMN), rules.characteristics, faults),
  }
  return faults.size === 0 ? { case: person } : { faults: [...faults].sort(), questions }
}

/** Told of one row. */
const MOST_QUESTIONS = 20

const REF = /^[\x21-\x7e]{1,100}$/
const CODE = /^[A-Za-z0-9][A-Za-z0-9 _./-]{0,63}$/

function cell(row: RowText, column: string): string {
  return Object.hasOwn(row, column) ? String(row[column]).trim() : ''
}

function refOf(row: RowText, faults: Set<CohortRowFaultCode>): string {
  const ref = cell(row, 'ref')
  if (ref === '') faults.add('ref-missing')
  else if (hasNhsNumber(ref)) faults.add('ref-nhs-number')
  else if (!REF.test(ref)) faults.add('ref-malformed')
  return ref
}

function settingOf(row: RowText, faults: Set<CohortRowFaultCode>): string | null {
  const setting = cell(row, 'setting')
  if (setting === '') return null
  if (!isSetting(setting)) faults.add('setting-unknown')
  return setting
}

function coded(
  row: RowText,
  column: string,
  form: RegExp,
  fault: CohortRowFaultCode,
  faults: Set<CohortRowFaultCode>,
): string | null {
  const text = cell(row, column)
  if (text === '') return null
  if (hasNhsNumber(text)) faults.add('ref-nhs-number')
  else if (!form.test(text)) faults.add(fault)
  return text
}

function costOf(
  row: RowText,
  { weeksPerYear }: RowRules,
  number: (reading: Reading) => number,
  faults: Set<CohortRowFaultCode>,
): number {
  const [annual, amount, frequency] = [
    cell(row, 'costAnnual'),
    cell(row, 'costAmount'),
    cell(row, 'costFrequency'),
  ]
  const read = (text: string, often: Frequency) => number(readCost(text, often, weeksPerYear))
  if (annual !== '') {
    if (amount !== '' || frequency !== '') faults.add('cost-stated-twice')
    return read(annual, 'annual')
  }
  if (amount === '') faults.add('cost-missing')
  else if (frequency === '') faults.add('frequency-missing')
  else if (!isFrequency(frequency)) faults.add('frequency-unknown')
  else return read(amount, frequency)
  return 0
}

function scored(
  row: RowText,
  { plan, scaleMaximum }: RowRules,
  number: (reading: Reading) => number,
  { faults, questions }: { readonly faults: Set<CohortRowFaultCode>; readonly questions: string[] },
): Pick<Case, 'points' | 'answers'> {
  const points = cell(row, 'points')
  const answers = answersOf(row, faults)
  if (answers === null) {
    if (points === '') faults.add('points-missing')
    return { points: points === '' ? 0 : number(readPoints(points, scaleMaximum)), answers }
  }
  if (points !== '') faults.add('points-and-answers')
  try {
    return { points: number(pointsOf(plan, answers, scaleMaximum)), answers }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    for (const { code } of error.faults) faults.add(code as CohortRowFaultCode)
    questions.push(...error.faults.slice(0, MOST_QUESTIONS).map(({ code, pointer }) => `${code} ${pointer}`))
    return { points: 0, answers }
  }
}

/** Points of full answers in hundredths. Refuses `assessment-invalid`, as scoring does. */
export function pointsOf(plan: ScoringPlan, answers: Answers, scaleMaximum: number): Reading {
  return readPoints(score(plan, answers).total.toFixed(2), scaleMaximum)
}

// A row has answers when any of its cells of answers says something.
function answersOf(row: RowText, faults: Set<CohortRowFaultCode>): Answers | null {
  const answers = under(row, 'answers.')
  if (Object.keys(answers).length === 0) return null
  const carer = carerOf(row, faults)
  return {
    userGroup: cell(row, 'userGroup'),
    answers,
    weightings: under(row, 'weightings.'),
    addOns: under(row, 'addOns.'),
    ...(carer === null ? {} : { carer }),
  }
}

function carerOf(row: RowText, faults: Set<CohortRowFaultCode>): CarerAnswer | null {
  const willing = cell(row, 'carer.willingAndAble').toLowerCase()
  if (willing === '') return null
  if (willing !== 'true' && willing !== 'false') faults.add('carer-unreadable')
  const support = under(row, 'carer.support.')
  const overall = cell(row, 'carer.overall')
  return {
    willingAndAble: willing === 'true',
    ...(Object.keys(support).length === 0 ? {} : { support }),
    ...(overall === '' ? {} : { overall }),
  }
}

function under(row: RowText, prefix: string): Readonly<Record<string, string>> {
  const named = Object.keys(row).filter((column) => column.startsWith(prefix) && cell(row, column) !== '')
  return Object.fromEntries(named.map((column) => [column.slice(prefix.length), cell(row, column)]))
}
