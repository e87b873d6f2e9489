// A cohort about nobody says so once, when it is sent, and whatever is made of it goes on saying it: no figure of it can
// be taken for one about real people.
import { unzipped } from '../../pages/unzipped.ts'
import { withService } from '../../support/folder.ts'
import { publish } from '../../support/service.ts'
import { type Answer, askPublication, get, post, refused, smallQuestionnaire } from '../driver.ts'
import { ran, runner, sealedCohort } from './driver.ts'

export const tests = withService(import.meta, async (t, service) => {
  runner(t, service)
  const avon = await service.authority('avon')
  await publish(service, avon, 'questionnaires', smallQuestionnaire)

  const NOTE = 'Made from a printed table of 2012.'
  const QUERY = 'title=Small&questionnaire=small&questionnaireVersion=1&weeksPerYear=52&seal=true'
  const FILE = 'ref,userGroup,points,costAnnual\nA,adults,10,12000\nB,adults,20,14000\nC,elders,30,22000'
  const REQUEST = {
    groups: 'all',
    budget: { basis: 'stated', amountAnnual: '48000' },
    methods: [{ method: 'fixed' }],
  }

  const cohorts = {
    real: await sealedCohort(service, avon.author, { file: FILE, query: QUERY }),
    synthetic: await sealedCohort(service, avon.author, {
      file: FILE,
      query: `${QUERY}&syntheticNote=${encodeURIComponent(NOTE)}`,
    }),
  }
  const runs = {
    real: await ran(service, avon.author, { ...REQUEST, cohortId: cohorts.real }),
    synthetic: await ran(service, avon.author, { ...REQUEST, cohortId: cohorts.synthetic }),
  }
  const of = async (path: string) => (await get(service, avon.author, `/v1/${path}`)).json()

  t.test('the cohort says it, in its list and its summary too, and its hash covers it', async (t) => {
    for (const [kind, note] of [
      ['real', null],
      ['synthetic', NOTE],
    ] as const) {
      const id = cohorts[kind]
      t.equal((await of(`cohorts/${id}`)).syntheticNote, note)
      t.equal((await of(`cohorts/${id}/summary`)).syntheticNote, note)
      const { data } = await of('cohorts')
      t.equal(data.find((one: { id: string }) => one.id === id).syntheticNote, note)
    }
    const hashes = [
      (await of(`cohorts/${cohorts.real}`)).hash,
      (await of(`cohorts/${cohorts.synthetic}`)).hash,
    ]
    t.not(hashes[0], hashes[1], 'the same file, said to be about nobody, is another cohort')
  })

  t.test('a list in JSON says it in its body', async (t) => {
    const rows = [{ ref: 'A', userGroup: 'adults', points: '1', costAnnual: '1' }]
    const body = { title: 'A', questionnaire: { key: 'small', version: 1 }, weeksPerYear: '52', rows }
    const answer = await post(service, avon.author, '/v1/cohorts', { ...body, syntheticNote: NOTE })
    t.match(answer.json(), { syntheticNote: NOTE })
    t.match((await post(service, avon.author, '/v1/cohorts', body)).json(), { syntheticNote: null })
    refused(
      t,
      await post(service, avon.author, '/v1/cohorts', { ...body, syntheticNote: ' ' }),
      'request-invalid',
      ['value-format /syntheticNote'],
    )
  })

  t.test('a run says it, and everything that readers get of it', async (t) => {
    t.equal(runs.synthetic.results.syntheticNote, NOTE)
    t.notOk('syntheticNote' in runs.real.results)
    const words = `Synthetic data: no row is about a real person. ${NOTE}`
    for (const depth of ['headline', 'persons'])
      for (const [kind, run] of Object.entries(runs)) {
        const address = `/v1/calibration-runs/${run.id}`
        const report = await get(service, avon.author, `${address}/report?depth=${depth}`)
        const book = await get(service, avon.author, `${address}/export.xlsx?depth=${depth}`)
        const sheets = Object.values(unzipped(book.rawPayload)).join('')
        t.equal(report.body.includes(words), kind === 'synthetic', `${kind}, ${depth}`)
        // Of so few people a public depth shows nothing, and so not where its figures come from.
        const closing = report.body.includes(`No row is about a real person. ${NOTE}`)
        t.equal(closing, kind === 'synthetic' && depth === 'persons')
        t.equal(sheets.includes(words), kind === 'synthetic', `${kind}, ${depth}, workbook`)
      }
  })

  t.test(
    'a table drafted from it says where it came from, and is flagged when it is published',
    async (t) => {
      const DRAFT = {
        method: 'fixed',
        title: 'The next table',
        financialYear: '2027-28',
        weeksPerYear: '52',
        rationale: 'A trial.',
        backdatingReason: 'A test.',
      }
      const detail = `It was calibrated on rows about no real person: ${NOTE}`
      for (const [kind, effectiveFrom] of [
        ['real', '2026-04-02'],
        ['synthetic', '2026-04-03'],
      ] as const) {
        const body = { ...DRAFT, key: kind, effectiveFrom }
        const draft = await post(
          service,
          avon.author,
          `/v1/calibration-runs/${runs[kind].id}/draft-table`,
          body,
        )
        t.equal(draft.statusCode, 201, draft.body)
        const { provenance } = draft.json()
        t.equal(provenance.syntheticNote, kind === 'synthetic' ? NOTE : undefined)
        const published = await askPublication(service, avon.publisher, String(draft.headers.location))
        const warned = kind === 'synthetic' ? [detail] : []
        t.strictSame(syntheticIn(published), warned)
        const inPublic = await service.request({
          url: `/public/${avon.id}/calibration-tables/${kind}/versions/1`,
        })
        t.strictSame(syntheticIn(inPublic), warned)
      }
    },
  )
})

function syntheticIn(answer: Answer): readonly string[] {
  const { warnings } = answer.json<{ lifecycle: { warnings: { code: string; detail: string }[] } }>()
    .lifecycle
  return warnings.filter(({ code }) => code === 'synthetic-cohort').map(({ detail }) => detail)
}
