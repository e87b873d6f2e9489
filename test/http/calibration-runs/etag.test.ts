// What is made from a finished run on request is known again by its tag, until a release may make it otherwise or the
// council has another name.
import type { Test } from 'tap'
import { createApp } from '../../../src/app.ts'
import { createLogger } from '../../../src/logger.ts'
import { withService } from '../../support/folder.ts'
import { TEST_LOG_KEY } from '../../support/log-key.ts'
import { asAdmin, publish } from '../../support/service.ts'
import { smallQuestionnaire } from '../driver.ts'
import { ran, runner, sealedCohort } from './driver.ts'

export const tests = withService(import.meta, async (t, service) => {
  runner(t, service)
  const avon = await service.authority('avon')
  await publish(service, avon, 'questionnaires', smallQuestionnaire)
  const cohortId = await sealedCohort(service, avon.author, {
    query: 'title=Small&questionnaire=small&questionnaireVersion=1&weeksPerYear=52&seal=true',
    file: 'ref,userGroup,points,costAnnual\nA,adults,10,12000\nB,adults,20,14000\nC,elders,30,22000',
  })
  const { id } = await ran(service, avon.author, {
    cohortId,
    groups: 'all',
    budget: { basis: 'stated', amountAnnual: '48000' },
    methods: [{ method: 'fixed' }],
  })

  const DRAWN = ['report?depth=persons', 'export.xlsx?depth=persons', 'charts/scenario-costs.svg'].map(
    (form) => `/v1/calibration-runs/${id}/${form}`,
  )
  const FORMS = [
    ...DRAWN,
    ...['export.csv', 'impact', 'scenarios'].map((form) => `/v1/calibration-runs/${id}/${form}`),
    `/v1/cohorts/${cohortId}/summary`,
  ]

  /** The same database, served by a release of its own. */
  async function served(t: Test, release: string) {
    const app = await createApp({
      database: service.database,
      threads: service.threads,
      logger: createLogger('silent'),
      logKey: TEST_LOG_KEY,
      release,
      credentialChecks: [],
      publicEstimatesPerMinute: 1,
      uploadsAtOnce: 2,
      refusalsPerMinute: 20,
      trustProxy: 0,
      stopping: () => false,
    })
    t.teardown(() => app.close())
    return async (url: string, etag?: string) => {
      const known = etag === undefined ? {} : { 'if-none-match': etag }
      const answer = await app.inject({ url, headers: { ...avon.author, ...known } })
      return { status: answer.statusCode, etag: String(answer.headers.etag) }
    }
  }

  const first = await served(t, '1.0.0')
  const tagOf = new Map<string, string>()

  t.test('a tag holds for a release, and the next asks for everything anew', async (t) => {
    const [again, next] = [await served(t, '1.0.0'), await served(t, '1.0.1')]
    for (const url of FORMS) {
      const { status, etag } = await first(url)
      t.equal(status, 200, url)
      t.match(etag, /^"[A-Za-z0-9_-]{43}"$/)
      tagOf.set(url, etag)
      t.strictSame(await again(url, etag), { status: 304, etag }, `${url}, another replica`)
      const later = await next(url, etag)
      t.equal(later.status, 200, `${url}, another release`)
      t.not(later.etag, etag)
    }
    t.equal(new Set(tagOf.values()).size, FORMS.length, 'each form has a tag of its own')
  })

  t.test('a council that takes another name gets its report with it', async (t) => {
    for (const url of DRAWN) t.equal((await first(url, tagOf.get(url))).status, 304, url)
    await asAdmin(
      service.adminUrl,
      `insert into openras.authority (authority_id, revision, title, challenge_route, recorded_at)
       select authority_id, revision + 1, 'Another name', challenge_route, now() from openras.authority
       where authority_id = $1 order by revision desc limit 1`,
      [avon.id],
    )
    for (const url of DRAWN) t.equal((await first(url, tagOf.get(url))).status, 200, url)
  })
})
