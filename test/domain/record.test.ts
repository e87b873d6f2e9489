// The stored text of a record: either part is cut out of it byte for byte, whatever the caller's words contain.
import t from 'tap'
import {
  allocationText,
  assessmentText,
  intakeFacts,
  intakeRecord,
  loggedText,
  recordedText,
  recordText,
} from '../../src/domain/record.ts'
import { allocation, answers } from '../cases/documents.ts'

const intake = {
  ...answers,
  assessmentRef: 'A","assessment":{"x',
  revision: 1,
  personRef: 'P,"assessment":{',
  assessedOn: '2026-04-07',
  questionnaire: { key: 'sample', version: 1 },
  eligibility: { eligible: true, outcomesNotMet: [], wellbeingImpact: true, decidedOn: '2026-04-07' },
  otherNeeds: false,
}
const frame = {
  assessmentId: 'the-assessment',
  allocationId: 'the-allocation',
  corrects: null,
  supersedes: null,
  at: '2026-04-07T10:00:00.000Z',
  actor: { client: 'c', subject: 's' },
}
const record = intakeRecord(intake, allocation({}), frame)
const text = recordText(record)
const receipt = { eventId: 'the-event', leafHash: 'ab' }

t.test(
  'both parts are cut out whole, though a reference holds the very characters between them',
  async (t) => {
    t.strictSame(JSON.parse(assessmentText(text, null)), { ...record.assessment, correctedBy: null })
    const { receipt: given, supersededBy, ...stored } = JSON.parse(allocationText(text, receipt, null))
    t.strictSame(stored, record.allocation)
    t.strictSame({ given, supersededBy }, { given: receipt, supersededBy: null })
  },
)

t.test('an allocation says by what it is superseded', async (t) => {
  t.equal(JSON.parse(allocationText(text, receipt, 'the-next')).supersededBy, 'the-next')
})

t.test('an assessment says by what it is corrected', async (t) => {
  t.equal(JSON.parse(assessmentText(text, 'the-next')).correctedBy, 'the-next')
})

t.test('what the log tells says nothing of successors', async (t) => {
  t.strictSame(JSON.parse(loggedText(text, receipt)), {
    allocation: { ...record.allocation, receipt },
    assessment: record.assessment,
  })
})

t.test('the first answer is the whole record as new', async (t) => {
  const answer = JSON.parse(recordedText(text, receipt))
  t.strictSame(Object.keys(answer), ['allocation', 'assessment'])
  t.strictSame(answer.assessment, { ...record.assessment, correctedBy: null })
  t.equal(answer.allocation.supersededBy, null)
})

t.test('what stays in the log for ever names nobody', async (t) => {
  const facts = JSON.stringify(intakeFacts(record))
  for (const personal of [intake.personRef, intake.assessmentRef, 'washing']) {
    t.notOk(facts.includes(JSON.stringify(personal)), personal)
  }
  t.match(facts, /the-assessment/)
  t.match(facts, /the-allocation/)
})
