// The examples that integrators are shown do what the documentation says of them.
import { readFileSync } from 'node:fs'
import { withService } from '../support/folder.ts'
import { example, record } from '../support/service.ts'
import { post } from './driver.ts'

const documents = ['README.md', 'CONTRIBUTING.md']
  .map((file) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'))
  .join('\n')

export const tests = withService(import.meta, (t, service) => {
  t.test('the examples are accepted as they are', async (t) => {
    const avon = await service.authority('avon', { sampled: true })
    const recorded = await record(service, avon, example('assessment'))
    t.equal(recorded.statusCode, 201, recorded.body)
    const { assessment, allocation } = recorded.json()
    for (const url of ['/v1/estimates', `/public/${avon.id}/estimates`]) {
      const estimated = await post(service, avon.author, url, example('estimate'))
      t.equal(estimated.statusCode, 200, estimated.body)
      t.equal(estimated.json().amountAnnual, allocation.amountAnnual, 'it is the estimate of the assessment')
    }
    const corrections = `/v1/assessments/${assessment.id}/corrections`
    const corrected = await post(service, avon.author, corrections, example('correction'))
    t.equal(corrected.statusCode, 201, corrected.body)
    t.equal(corrected.json().allocation.supersedes, allocation.id)
    for (const name of ['assessment', 'estimate', 'correction'])
      t.ok(documents.includes(`examples/${name}.json`), `${name} is shown`)
  })

  t.test('an estimate asks of eligibility only what the sum uses', async (t) => {
    const avon = await service.authority('avon', { sampled: true })
    const estimate = (eligibility: object) =>
      post(service, avon.author, '/v1/estimates', { ...example('estimate'), eligibility })
    const whole = example<{ eligibility: object }>('assessment').eligibility
    t.equal((await estimate({ eligible: true })).body, (await estimate(whole)).body)
    t.match((await estimate({ eligible: false })).json(), { outcome: 'not-eligible', amountAnnual: null })
    t.match((await estimate({})).json().errors, [{ pointer: '/eligibility/eligible', code: 'field-missing' }])
    t.match((await estimate({ eligible: true, decidedOn: 'x' })).json().errors, [
      { pointer: '/eligibility/decidedOn', code: 'value-format' },
    ])
  })
})
