// A correction is an addition that points back. What it corrects stays as it was, and the chain can be walked both
// ways; it is computed with what is in force for its date when it is made.
import t from 'tap'
import { publish, startService } from '../../support/service.ts'
import { changedTable, get, post, refused, smallIntake, withSmall } from '../driver.ts'

t.test('corrections', async (t) => {
  const service = await startService(t)
  const alpha = await withSmall(service, 'alpha')
  const { author } = alpha
  const record = async (change = {}) =>
    (await post(service, author, '/v1/assessments', smallIntake(change))).json()
  const correct = (id: string, change = {}, headers = {}) =>
    post(service, author, `/v1/assessments/${id}/corrections`, smallIntake(change), headers)
  const allocation = async (id: string) => (await get(service, author, `/v1/allocations/${id}`)).json()

  await t.test('point back, are pointed at, and leave what they correct as it was', async (t) => {
    const first = await record()
    const before = await get(service, author, `/v1/allocations/${first.allocation.id}`)
    const answer = await correct(first.assessment.id, {
      answers: { washing: 'much', company: 'some', money: 'some' },
    })
    t.equal(answer.statusCode, 201)
    const second = answer.json()
    t.equal(answer.headers.location, `/v1/assessments/${second.assessment.id}`)
    t.equal(second.assessment.corrects, first.assessment.id)
    t.equal(second.allocation.supersedes, first.allocation.id)
    t.equal(second.allocation.amountAnnual, '18500.00')
    const after = await get(service, author, `/v1/allocations/${first.allocation.id}`)
    t.strictSame(after.json(), { ...first.allocation, supersededBy: second.allocation.id })
    t.not(after.headers.etag, before.headers.etag, 'who has the old form is sent the new')
    t.strictSame(
      (await get(service, author, `/v1/assessments/${first.assessment.id}`)).json(),
      first.assessment,
    )
    t.equal((await allocation(second.allocation.id)).supersededBy, null)
  })

  await t.test('can be corrected themselves, and only the latest', async (t) => {
    const first = (await record()).assessment
    const second = (await correct(first.id)).json().assessment
    const toSecond = await correct(first.id)
    refused(t, toSecond, 'already-corrected')
    t.equal(toSecond.headers.location, `/v1/assessments/${second.id}`)
    const third = (await correct(second.id)).json()
    t.equal(third.assessment.corrects, second.id)
    t.equal(third.allocation.supersedes, second.allocationId)
    for (const id of [first.id, second.id]) {
      const late = await correct(id)
      refused(t, late, 'already-corrected')
      t.equal(
        late.headers.location,
        `/v1/assessments/${third.assessment.id}`,
        'told of the latest of the chain',
      )
    }
    t.equal((await allocation(first.allocationId)).supersededBy, second.allocationId)
    t.equal((await allocation(second.allocationId)).supersededBy, third.allocation.id)
    t.equal((await allocation(third.allocation.id)).supersededBy, null)
  })

  await t.test('at the same moment: one is made', async (t) => {
    const { assessment } = await record()
    const answers = await Promise.all([1, 2, 3].map(() => correct(assessment.id)))
    const won = answers.filter(({ statusCode }) => statusCode === 201)
    t.equal(won.length, 1)
    for (const lost of answers.filter((one) => one !== won[0])) {
      refused(t, lost, 'already-corrected')
      t.equal(lost.headers.location, won[0]?.headers.location)
    }
  })

  await t.test('keep to the person, have a reference of their own, and correct what is there', async (t) => {
    const { assessment } = await record()
    refused(t, await correct(assessment.id, { personRef: 'P-2' }), 'correction-person-differs')
    const { assessmentRef, revision } = assessment
    const same = await correct(assessment.id, { assessmentRef, revision })
    refused(t, same, 'assessment-already-recorded')
    t.equal(same.headers.location, `/v1/assessments/${assessment.id}`)
    t.equal(
      (await correct(assessment.id, { assessmentRef, revision: 2 })).statusCode,
      201,
      'a new revision will do',
    )
    refused(t, await correct('019a8f6e-3c1d-7f00-8a2b-5d6c7e8f9a0b'), 'not-found')
    refused(t, await correct('not-an-id'), 'request-invalid', ['value-format /path/id'])
    const beta = await withSmall(service, 'beta')
    const others = await post(
      service,
      beta.author,
      `/v1/assessments/${assessment.id}/corrections`,
      smallIntake(),
    )
    refused(t, others, 'not-found')
  })

  await t.test('are answered to a retry as at first, even once they are corrected themselves', async (t) => {
    const { assessment } = await record()
    const key = { 'idempotency-key': 'correction-1' }
    const intake = smallIntake()
    const send = () => post(service, author, `/v1/assessments/${assessment.id}/corrections`, intake, key)
    const first = await send()
    await correct(first.json().assessment.id)
    const again = await send()
    t.equal(again.statusCode, 201)
    t.equal(again.headers['idempotency-replayed'], 'true')
    t.equal(again.body, first.body)
  })

  await t.test('use the table in force for their date when they are made', async (t) => {
    const gamma = await withSmall(service, 'gamma')
    const send = async (url: string, change: object) =>
      (await post(service, gamma.author, url, smallIntake({ assessedOn: '2026-06-15', ...change }))).json()
    const first = await send('/v1/assessments', {})
    const knots = [
      { points: '0.00', amountAnnual: '0.00' },
      { points: '30.00', amountAnnual: '60000.00' },
    ]
    const curves = [{ userGroups: 'all', interpolation: 'linear', knots }] as const
    await publish(service, gamma, 'calibration-tables', changedTable({ effectiveFrom: '2026-06-01', curves }))
    const second = await send(`/v1/assessments/${first.assessment.id}/corrections`, {})
    const back = await send(`/v1/assessments/${second.assessment.id}/corrections`, {
      assessedOn: '2026-05-31',
    })
    t.strictSame(
      [first, second, back].map(({ allocation: one }) => [one.table.version, one.amountAnnual]),
      [
        [1, '12500.00'],
        [2, '25000.00'],
        [1, '12500.00'],
      ],
      'the new table for the date it covers, the old for one before',
    )
    const stored = await get(service, gamma.author, `/v1/allocations/${first.allocation.id}`)
    t.equal(stored.json().table.version, 1, 'what is stored keeps its table')
  })
})
