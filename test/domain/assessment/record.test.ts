// The stored text of a record: either part is cut out of it byte for byte, whatever the caller's words contain.

import t from 'tap'
import { Allocation } from '../../../src/contract/allocation/allocation.ts'
import {
  allocationText,
  assessmentText,
  intakeFacts,
  intakeRecord,
  joinedRecord,
  loggedText,
  recordedText,
  recordParts,
} from '../../../src/domain/assessment/record.ts'
import { sharedSchemas } from '../../../src/http/core/openapi/shared-schemas.ts'
import { allocation, answers } from '../../cases/documents.ts'

const intake = {
  ...answers,
  assessmentRef: 'A","assessment":{"x',
  revision: 1,
  personRef: 'P,"assessment":{',
  teamRef: 'T',
  ageBand: '75-84',
  assessedOn: '2026-04-07',
  questionnaire: { key: 'sample', version: 1 },
  eligibility: { eligible: true, outcomesNotMet: [], wellbeingImpact: true, decidedOn: '2026-04-07' },
  otherNeeds: false,
}
const frame = {
  id: 'the-intake',
  corrects: null,
  at: '2026-04-07T10:00:00.000Z',
  actor: { client: 'c', subject: 's' },
}
const record = intakeRecord(intake, allocation({}), frame)
const parts = recordParts(record)
const text = joinedRecord(parts)
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

t.test('no member of an allocation, at any depth, is called as the part that follows it', async (t) => {
  const names = new Set<string>()
  const open: unknown[] = []
  collect(Allocation as unknown as Form)
  t.ok(names.size > 50 && names.has('working') && names.has('cumulative'), `${names.size} names were found`)
  t.notOk(names.has('assessment'))
  t.strictSame(open, [], 'and every object is closed, so that no other name can come in')

  function collect(form: Form): void {
    const named = sharedSchemas.find(({ $id }) => form.$ref === `${$id}#`)
    if (form.$ref !== undefined && named === undefined) throw new Error(`${form.$ref} is not known here`)
    if (named !== undefined) collect(named as unknown as Form)
    if (form.patternProperties !== undefined) open.push(form)
    if (form.oneOf === undefined && form.type === 'object' && form.additionalProperties !== false)
      open.push(form)
    for (const [name, member] of Object.entries(form.properties ?? {})) {
      names.add(name)
      collect(member)
    }
    for (const member of [
      ...(form.anyOf ?? []),
      ...(form.oneOf ?? []),
      ...(form.items === undefined ? [] : [form.items]),
    ])
      collect(member)
  }
})

type Form = {
  readonly $ref?: string
  readonly type?: string
  readonly additionalProperties?: unknown
  readonly patternProperties?: unknown
  readonly properties?: Readonly<Record<string, Form>>
  readonly anyOf?: readonly Form[]
  readonly oneOf?: readonly Form[]
  readonly items?: Form
}

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

t.test('who it is about stands apart from what is said, and both together are the record', async (t) => {
  t.strictSame(JSON.parse(text), record)
  t.strictSame(JSON.parse(parts.refs), {
    personRef: intake.personRef,
    assessmentRef: intake.assessmentRef,
    teamRef: 'T',
    ageBand: '75-84',
  })
  for (const personal of [intake.personRef, intake.assessmentRef, 'T', '75-84'])
    t.notOk(parts.body.includes(JSON.stringify(personal)), personal)
  const { assessment } = JSON.parse(parts.body)
  t.notOk('personRef' in assessment || 'ageBand' in assessment)
})

t.test('who has no table has none in the facts', async (t) => {
  const none = { ...record, allocation: { ...record.allocation, table: null } }
  t.equal(intakeFacts(none).table, null)
})

t.test('what stays in the log for ever names nobody', async (t) => {
  const facts = JSON.stringify(intakeFacts(record))
  for (const personal of [intake.personRef, intake.assessmentRef, 'washing']) {
    t.notOk(facts.includes(JSON.stringify(personal)), personal)
  }
})
