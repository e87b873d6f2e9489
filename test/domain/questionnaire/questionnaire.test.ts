// What publication refuses in a questionnaire: each fault by its code and pointer, and both sides of each limit.

import t from 'tap'
import type { Questionnaire } from '../../../src/contract/documents/questionnaire.ts'
import type { QuestionnaireFaultCode } from '../../../src/contract/faults.ts'
import { questionnaireFaults } from '../../../src/domain/questionnaire/questionnaire-faults.ts'
import { json, named, questionnaire } from '../../cases/documents.ts'
import { questionnaireCases } from '../../cases/questionnaire-faults.ts'

for (const { why, of, faults } of questionnaireCases) {
  t.test(`publication of a questionnaire: ${why}`, async (t) => {
    t.strictSame(named(questionnaireFaults(of)), faults)
  })
}

t.test('every code of a fault in a questionnaire is exercised', async (t) => {
  const codes: Record<QuestionnaireFaultCode, true> = {
    'key-duplicate': true,
    'scale-exceeded': true,
    'weighting-group-unknown': true,
    'carer-support-undefined': true,
    'factor-out-of-range': true,
    'referral-rule-unknown-question': true,
    'referral-rule-unknown-option': true,
    'referral-rule-contradicts-itself': true,
    'refer-above-missing': true,
    'refer-above-out-of-range': true,
  }
  const exercised = new Set(questionnaireCases.flatMap(({ faults }) => faults.map((f) => f.split(' ')[0])))
  t.strictSame([...exercised].sort(), Object.keys(codes).sort())
})

t.test('a fault says what was found, what was expected, and what to do', async (t) => {
  const [fault] = questionnaireFaults({ ...questionnaire, scaleMaximum: '29.99' })
  t.match(fault?.detail, /add up to 30 points, above the scale maximum of 29\.99.*Raise.*or lower/)
})

t.test('the sample questionnaires may be published', async (t) => {
  for (const name of ['adult', 'carer']) {
    const sample = json<Questionnaire>(`examples/questionnaire-${name}.json`)
    t.strictSame(questionnaireFaults(sample), [], name)
  }
})
