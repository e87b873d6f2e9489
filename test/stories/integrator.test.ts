// The integrator's story: a case-management system records an assessment, loses the answer and asks again, corrects
// what a worker had mistaken, and the council's dashboard learns of all of it by polling.
import { get, post, refused, smallAnswers, smallIntake, withSmall } from '../http/driver.ts'
import { withService } from '../support/folder.ts'

export const tests = withService(import.meta, (t, service) => {
  t.test('an assessment is recorded, retried, corrected and polled', async (t) => {
    const council = await withSmall(service, 'avon')
    const system = council.author
    const intake = smallIntake({ assessmentRef: 'CMS-7', personRef: 'P-7' })

    const first = await post(service, system, '/v1/assessments', intake, { 'idempotency-key': 'CMS-7-1' })
    t.equal(first.statusCode, 201, first.body)
    const { assessment, allocation } = first.json()
    t.match(allocation, { outcome: 'indicative', amountAnnual: '12500.00', supersedes: null })
    t.equal(first.headers.location, `/v1/assessments/${assessment.id}`)

    t.comment('The answer is lost on the way. The same request again gives the same bytes.')
    const again = await post(service, system, '/v1/assessments', intake, { 'idempotency-key': 'CMS-7-1' })
    t.equal(again.body, first.body)
    t.equal(again.headers['idempotency-replayed'], 'true')
    const anew = await post(service, system, '/v1/assessments', intake)
    refused(t, anew, 'assessment-already-recorded')
    t.equal(anew.headers.location, first.headers.location, 'even the key forgotten, it is told where it is')

    t.comment(
      'The worker had mistaken an answer. A correction names what it corrects, and nothing is altered.',
    )
    const answers = { ...smallAnswers.answers, money: 'much' }
    const corrected = await post(service, system, `${first.headers.location}/corrections`, {
      ...intake,
      revision: 2,
      answers,
    })
    t.equal(corrected.statusCode, 201, corrected.body)
    t.match(corrected.json(), {
      assessment: { corrects: assessment.id, revision: 2 },
      allocation: { amountAnnual: '17500.00', supersedes: allocation.id },
    })
    const old = (await get(service, system, `/v1/allocations/${allocation.id}`)).json()
    t.match(old, { amountAnnual: '12500.00', supersededBy: corrected.json().allocation.id })

    t.comment('The dashboard polls what counts today, page by page.')
    await post(service, system, '/v1/assessments', smallIntake({ personRef: 'P-8' }))
    const people: [string, string][] = []
    let page = await get(service, system, '/v1/allocations?current=true&limit=1')
    for (;;) {
      const { data, nextCursor } = page.json()
      for (const { personRef, amountAnnual } of data) people.push([personRef, amountAnnual])
      if (nextCursor === null) break
      page = await get(service, system, `/v1/allocations?current=true&limit=1&cursor=${nextCursor}`)
    }
    t.strictSame(people.sort(), [
      ['P-7', '17500.00'],
      ['P-8', '12500.00'],
    ])
  })
})
