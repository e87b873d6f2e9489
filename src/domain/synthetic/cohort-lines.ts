// A synthetic council as the CSV file of a cohort: the columns in the questionnaire's order, and a line a person.
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import type { SyntheticPerson } from './council.ts'

/** The lines of the file, its header first. No cell holds a comma, a quotation mark or the end of a line. */
export function* cohortLines(
  { domains }: Questionnaire,
  people: Iterable<SyntheticPerson>,
): Generator<string, void, undefined> {
  const questions = domains.map(({ key }) => key)
  yield headerOf(questions).join(',')
  for (const person of people) yield rowOf(questions, person).join(',')
}

function headerOf(questions: readonly string[]): readonly string[] {
  return [
    'ref',
    'userGroup',
    ...questions.map((key) => `answers.${key}`),
    'weightings.two_person',
    'carer.willingAndAble',
    ...questions.map((key) => `carer.support.${key}`),
    'addOns.carer_sustainability',
    'costAnnual',
    'ageBand',
    'setting',
    'team',
    'estimateAnnual',
    ...['sex', 'ethnicity', 'disability', 'area'].map((key) => `characteristics.${key}`),
  ]
}

function rowOf(questions: readonly string[], person: SyntheticPerson): readonly (string | undefined)[] {
  const { answers, weightings, carer, addOns, userGroup } = person.answers
  const { sex, ethnicity, disability, area } = person.characteristics
  return [
    referenceOf('SYN', person),
    userGroup,
    ...questions.map((key) => answers[key]),
    weightings.two_person,
    carer === undefined ? '' : String(carer.willingAndAble),
    ...questions.map((key) => carer?.support?.[key]),
    addOns.carer_sustainability,
    `${person.cost}.00`,
    person.ageBand,
    person.setting,
    person.team,
    person.estimate === null ? '' : `${person.estimate}.00`,
    sex,
    ethnicity,
    disability,
    area,
  ]
}

/** SYN-00001 of a person, SYN-A-00001 of an assessment. */
export function referenceOf(kind: 'SYN' | 'SYN-A', { refNumber }: SyntheticPerson): string {
  return `${kind}-${String(refNumber).padStart(5, '0')}`
}
