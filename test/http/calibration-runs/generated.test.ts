// Requests generated from the OpenAPI document itself: whatever the contract allows is refused by name or computed to
// an end, and never makes the service or a run fail.
import { createGenerator } from 'json-schema-faker'
import { PROBLEMS } from '../../../src/contract/problems.ts'
import { withService } from '../../support/folder.ts'
import { publish } from '../../support/service.ts'
import { type Answer, databaseRefusals, post } from '../driver.ts'
import { bnesQuestionnaire } from './bnes.ts'
import { ended, ran, runner, sealedCohort } from './driver.ts'

export const tests = withService(import.meta, async (t, service) => {
  const before = await databaseRefusals(service)
  runner(t, service)
  const avon = await service.authority('avon')
  await publish(service, avon, 'questionnaires', bnesQuestionnaire)
  const cohortId = await sealedCohort(service, avon.author)
  const { components } = service.app.swagger() as unknown as { components: object }
  const generator = createGenerator({
    seed: 20_261_121,
    optionalsProbability: 0.4,
    maxItems: 3,
    maxDepth: 20,
  })

  const generated = async (name: string) =>
    (await generator.generate({ $ref: `#/components/schemas/${name}`, components })) as Record<
      string,
      unknown
    >

  function known(answer: Answer): string {
    if (answer.statusCode < 300) return 'accepted'
    const { code } = answer.json<{ code: keyof typeof PROBLEMS }>()
    if (PROBLEMS[code] === undefined || answer.statusCode >= 500) throw new Error(answer.body)
    return code
  }

  t.test('runs as the contract allows them end by name, and none by a mistake', async (t) => {
    let accepted = 0
    for (let number = 0; number < 40; number += 1) {
      const {
        trust: _,
        questionnaire: _1,
        exclusions: _2,
        ...every
      } = await generated('CalibrationRunRequest')
      // Groups and shares drawn at random are refused at the door: of every two requests, one goes without them.
      const { sampling: _3, costBands: _4, bounds: _5, ...some } = every
      const request =
        number % 2 === 0 ? every : { ...some, budget: { basis: 'spend', uplift: '0.02', efficiency: '0.01' } }
      const answer = await post(service, avon.author, '/v1/calibration-runs', { ...request, cohortId })
      if (known(answer) !== 'accepted') continue
      accepted += 1
      const run = await ended(service, avon.author, answer.json<{ id: string }>().id)
      if (run.problem?.code === 'internal-error') t.fail(JSON.stringify(request))
      if (JSON.stringify(run.results)?.includes('NaN')) t.fail(JSON.stringify(request))
    }
    t.ok(accepted > 5, `${accepted} were computed`)
  })

  t.test('uploads, drafts and applications are accepted or refused by name', async (t) => {
    const { id } = await ran(service, avon.author, {
      cohortId,
      groups: 'all',
      budget: { basis: 'stated', amountAnnual: '1000' },
      methods: [{ method: 'fixed' }],
    })
    const outcomes = new Set<string>()
    for (let number = 0; number < 30; number += 1) {
      const questionnaire = { key: 'bnes', version: 1 }
      const upload = { ...(await generated('CohortUpload')), questionnaire, weeksPerYear: '52' }
      outcomes.add(known(await post(service, avon.author, '/v1/cohorts', upload)))
      const draft = { ...(await generated('DraftTableRequest')), method: 'fixed', key: 'generated' }
      const drafted = await post(service, avon.author, `/v1/calibration-runs/${id}/draft-table`, draft)
      outcomes.add(known(drafted))
      const tried = `/v1/calibration-tables/generated/versions/${number + 1}/application`
      known(await post(service, avon.author, tried, await generated('TableApplicationRequest')))
    }
    t.ok(outcomes.has('accepted'), [...outcomes].join(', '))
  })

  t.test('the database refused nothing that the schemas had let through', async (t) => {
    t.strictSame(await databaseRefusals(service), before)
  })
})
