// A correction is an addition that points back. What it corrects stays as it was, and the chain can be walked both
// ways; it is computed with what is in force for its date when it is made.
import { withService } from '../../support/folder.ts'
import { asAdmin, publish } from '../../support/service.ts'
import { changedTable, get, post, refused, smallIntake, withSmall } from '../driver.ts'

export const tests = withService(import.meta, (t, service) => {
  t.test('corrections', async (t) => {
    const alpha = await withSmall(service, 'alpha')
    const { author } = alpha
    const record = async (change = {}) =>
      (await post(service, author, '/v1/assessments', smallIntake(change))).json()
    // A correction keeps the reference, and has the next revision unless another is asked for.
    const correct = async (id: string, change: Record<string, unknown> = {}, headers = {}) =>
      post(service, author, `/v1/assessments/${id}/corrections`, await correctionOf(id, change), headers)
    const correctionOf = async (id: string, change: Record<string, unknown> = {}) => {
      const { assessmentRef, revision } = (await get(service, author, `/v1/assessments/${id}`)).json()
      return smallIntake({ assessmentRef, revision: revision + 1, ...change })
    }
    const allocation = async (id: string) => (await get(service, author, `/v1/allocations/${id}`)).json()

    await t.test('point back, are pointed at, and leave what they correct as it was', async (t) => {
      const first = await record()
      const before = await get(service, author, `/v1/allocations/${first.allocation.id}`)
      const assessment = () => get(service, author, `/v1/assessments/${first.assessment.id}`)
      const unchanged = await assessment()
      t.strictSame(unchanged.json(), first.assessment)
      t.equal(first.assessment.correctedBy, null)
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
      const corrected = await assessment()
      t.strictSame(corrected.json(), { ...first.assessment, correctedBy: second.assessment.id })
      t.not(corrected.headers.etag, unchanged.headers.etag, 'and so it is with the assessment')
      t.equal((await allocation(second.allocation.id)).supersededBy, null)
    })

    await t.test('can be corrected themselves, and only the latest', async (t) => {
      const first = (await record()).assessment
      const second = (await correct(first.id)).json().assessment
      const toSecond = await correct(first.id, { revision: 3 })
      refused(t, toSecond, 'already-corrected')
      t.equal(toSecond.headers.location, `/v1/assessments/${second.id}`)
      const third = (await correct(second.id)).json()
      t.equal(third.assessment.corrects, second.id)
      t.equal(third.allocation.supersedes, second.allocationId)
      for (const id of [first.id, second.id]) {
        const late = await correct(id, { revision: 4 })
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
      const answers = await Promise.all([2, 3, 4].map((revision) => correct(assessment.id, { revision })))
      const won = answers.filter(({ statusCode }) => statusCode === 201)
      t.equal(won.length, 1)
      for (const lost of answers.filter((one) => one !== won[0])) {
        refused(t, lost, 'already-corrected')
        t.equal(lost.headers.location, won[0]?.headers.location)
      }
    })

    await t.test(
      'keep to the person and the reference, rise in revision, and correct what is there',
      async (t) => {
        const { assessment } = await record()
        refused(t, await correct(assessment.id, { personRef: 'P-2' }), 'correction-person-differs')
        refused(t, await correct(assessment.id, { assessmentRef: 'another' }), 'correction-reference-differs')
        const same = await correct(assessment.id, { revision: 1 })
        refused(t, same, 'assessment-already-recorded')
        t.equal(same.headers.location, `/v1/assessments/${assessment.id}`)
        const third = await correct(assessment.id, { revision: 3 })
        t.equal(third.statusCode, 201, 'any higher revision will do')
        refused(t, await correct(third.json().assessment.id, { revision: 2 }), 'correction-revision-lower')
        const address = (id: string) => `/v1/assessments/${id}/corrections`
        const nowhere = address('019a8f6e-3c1d-7f00-8a2b-5d6c7e8f9a0b')
        refused(t, await post(service, author, nowhere, smallIntake()), 'not-found')
        refused(t, await post(service, author, address('not-an-id'), smallIntake()), 'request-invalid', [
          'value-format /path/id',
        ])
        for (const url of [nowhere, address(assessment.id)]) {
          const payload = smallIntake({ personRef: 'P-2' })
          const answer = await service.request({ method: 'POST', url, headers: author, payload })
          refused(t, answer, 'idempotency-key-missing', [], 'asked for before anything of the body counts')
        }
        const beta = await withSmall(service, 'beta')
        const others = await post(
          service,
          beta.author,
          `/v1/assessments/${assessment.id}/corrections`,
          smallIntake(),
        )
        refused(t, others, 'not-found')
      },
    )

    await t.test(
      'are answered to a retry as at first, even once they are corrected themselves',
      async (t) => {
        const { assessment } = await record()
        const key = { 'idempotency-key': 'correction-1' }
        const intake = await correctionOf(assessment.id)
        const send = () => post(service, author, `/v1/assessments/${assessment.id}/corrections`, intake, key)
        const first = await send()
        await correct(first.json().assessment.id)
        const again = await send()
        t.equal(again.statusCode, 201)
        t.equal(again.headers['idempotency-replayed'], 'true')
        t.equal(again.body, first.body)
      },
    )

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
      await publish(
        service,
        gamma,
        'calibration-tables',
        changedTable({ effectiveFrom: '2026-06-01', curves }),
      )
      const { assessmentRef } = first.assessment
      const second = await send(`/v1/assessments/${first.assessment.id}/corrections`, {
        assessmentRef,
        revision: 2,
      })
      const back = await send(`/v1/assessments/${second.assessment.id}/corrections`, {
        assessedOn: '2026-05-31',
        assessmentRef,
        revision: 3,
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

    await t.test('are the only way to a later revision, or an earlier one', async (t) => {
      const first = (await record({ revision: 2 })).assessment
      const again = (revision: number) =>
        post(
          service,
          author,
          '/v1/assessments',
          smallIntake({ assessmentRef: first.assessmentRef, revision }),
        )
      refused(t, await again(2), 'assessment-already-recorded')
      for (const revision of [1, 3]) {
        const answer = await again(revision)
        refused(t, answer, 'another-revision-recorded')
        t.equal(answer.headers.location, `/v1/assessments/${first.id}`)
      }
      const second = (await correct(first.id, { revision: 5 })).json().assessment
      for (const revision of [4, 6]) {
        const answer = await again(revision)
        refused(t, answer, 'another-revision-recorded')
        t.equal(answer.headers.location, `/v1/assessments/${second.id}`, 'told of the latest')
      }
      const same = await again(5)
      refused(t, same, 'assessment-already-recorded')
      t.equal(same.headers.location, `/v1/assessments/${second.id}`)
    })

    await t.test('nor do two revisions come in that arrive together', async (t) => {
      for (let round = 1; round <= 10; round += 1) {
        const assessmentRef = `raced-${round}`
        const answers = await Promise.all(
          [1, 2, 3, 4].map((revision) =>
            post(service, author, '/v1/assessments', smallIntake({ assessmentRef, revision })),
          ),
        )
        const won = answers.filter(({ statusCode }) => statusCode === 201)
        t.equal(won.length, 1)
        for (const lost of answers.filter((one) => one !== won[0])) {
          refused(t, lost, 'another-revision-recorded')
          t.equal(lost.headers.location, won[0]?.headers.location)
        }
      }
      const counted = await asAdmin(
        service.adminUrl,
        `select source_ref from openras.payload p join openras.event e using (authority_id, event_id)
         where not exists (select from openras.event c where c.about = e.event_id and c.place = 'correction')
         group by authority_id, source_ref having count(*) > 1 and source_ref is not null`,
      )
      t.strictSame(counted, [], 'no assessment has two current allocations')
    })
  })
})
