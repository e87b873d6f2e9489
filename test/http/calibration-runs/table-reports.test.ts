// The reports of a draft are frozen before anybody reads them: drafter, publisher and public read the same bytes, and
// whoever publishes names them.
import { createHash, randomUUID } from 'node:crypto'
import { table } from '../../cases/documents.ts'
import { withService } from '../../support/folder.ts'
import { acknowledging, asAdmin, publish } from '../../support/service.ts'
import { get, post, put, refused, smallQuestionnaire, smallTable } from '../driver.ts'
import { bnesQuestionnaire } from './bnes.ts'
import { ran, runner, sealedCohort } from './driver.ts'

type Warned = { code: string }

export const tests = withService(import.meta, async (t, service) => {
  runner(t, service)
  const avon = await service.authority('avon')
  const { author, publisher } = avon
  await publish(service, avon, 'questionnaires', bnesQuestionnaire)
  await publish(service, avon, 'questionnaires', smallQuestionnaire)
  const cohortId = await sealedCohort(service, author)
  const asked = {
    groups: 'all',
    budget: { basis: 'spend', uplift: '0', efficiency: '0' },
    methods: [{ method: 'fixed' }],
  }
  const run = await ran(service, author, { ...asked, cohortId })

  const impactReport = { kind: 'impact-report', run: run.id, resultHash: run.resultHash }
  const equality = {
    kind: 'equality-analysis',
    document: { title: 'Equality', sha256: '0'.repeat(64), address: 'https://c.example/eia.pdf' },
  }
  const { knots } = run.results.methods[0].curves[0]
  const prices = (key: string, evidence: readonly object[], change: object = {}) => ({
    ...table,
    key,
    questionnaire: { key: 'bnes', version: 1 },
    curves: [{ userGroups: 'all', interpolation: 'linear', knots }],
    effectiveFrom: '2190-04-01',
    evidence,
    ...change,
  })
  const draft = (document: object) => post(service, author, '/v1/calibration-tables', document)
  const make = (address: string, headers: object = {}, etag = '"r1"') =>
    post(service, author, `${address}/reports`, {}, { 'if-match': etag, ...headers })
  const seen = (drafted: { json(): { warnings: Warned[] } }) => acknowledging(drafted.json())
  const publication = (address: string, body: object, etag = '"r1"') =>
    post(service, publisher, `${address}/publication`, body, { 'if-match': etag })
  const codes = (warnings: readonly Warned[]) => warnings.map(({ code }) => code)

  t.test('evidence names a run that is done, by what it found', async (t) => {
    const other = { ...impactReport, run: randomUUID() }
    const hash = { ...impactReport, resultHash: `sha256:${'0'.repeat(64)}` }
    for (const [why, document] of [
      ['no such run', prices('unknown', [other])],
      ['another result', prices('unknown', [hash])],
      ['another questionnaire', { ...smallTable, key: 'unknown', evidence: [impactReport] }],
    ] as const) {
      const drafted = await draft(document)
      const fault = 'evidence-run-unknown /evidence/0/run'
      t.match(drafted.json().faults, [{ code: 'evidence-run-unknown', pointer: '/evidence/0/run' }], why)
      const address = String(drafted.headers.location)
      refused(t, await make(address), 'not-publishable', [fault], why)
      refused(t, await publication(address, seen(drafted)), 'not-publishable', [fault], why)
    }
    const capitals = { ...impactReport, run: run.id.toUpperCase() }
    t.strictSame((await draft(prices('unknown', [capitals]))).json().faults, [], 'an id has two spellings')
  })

  t.test('without a run there is nothing to make, and publication asks for none', async (t) => {
    const drafted = await draft(prices('none', [equality], { effectiveFrom: '2191-04-01' }))
    const address = String(drafted.headers.location)
    refused(t, await make(address), 'no-run-in-evidence')
    refused(t, await post(service, author, `${address}/reports`, {}), 'if-match-missing')
    refused(t, await make(address, {}, '"r2"'), 'revision-changed')
    refused(t, await make(address.replace('none', 'nothing')), 'not-found')
    t.ok(codes(drafted.json().warnings).includes('no-impact-report'))
    t.notOk(codes(drafted.json().warnings).includes('no-equality-analysis'), 'its document is named')
    const published = await publication(address, seen(drafted))
    t.equal(published.statusCode, 201, published.body)
    refused(t, await make(address), 'already-published')
    refused(t, await get(service, author, `${address}/reports/impact`), 'not-found')
  })

  t.test('the reports of a draft', async (t) => {
    const drafted = await draft(prices('next', [impactReport, equality]))
    const address = String(drafted.headers.location)
    const open = address.replace('/v1/', `/public/${avon.id}/`)
    t.strictSame(
      codes(drafted.json().warnings).filter((code) => /report|equality/.test(code)),
      ['no-impact-report', 'no-equality-analysis'],
      'the evidence is named, and there are no reports of it',
    )
    refused(t, await get(service, author, `${address}/reports/impact`), 'not-found')
    const key = { 'idempotency-key': randomUUID() }
    const made = await make(address, key)
    t.equal(made.statusCode, 201, made.body)
    const answer = made.json()

    await t.test('are made once, and a retry is told the same', async (t) => {
      t.strictSame(answer.table, { key: 'next', version: 1, revision: 1 })
      t.equal(answer.run, run.id)
      t.equal(answer.resultHash, run.resultHash)
      t.equal(made.headers.location, `${address}/reports/impact`)
      const again = await make(address, key)
      t.equal(again.body, made.body)
      t.equal(again.headers['idempotency-replayed'], 'true')
      refused(t, await make(address), 'reports-already-made')
    })

    await t.test('are read by both persons as the bytes that their hashes are of', async (t) => {
      for (const name of ['impact', 'equality']) {
        const { sha256, address: at } = answer[name]
        t.equal(at, `${address}/reports/${name}`)
        const readers = await Promise.all([get(service, author, at), get(service, publisher, at)])
        for (const { rawPayload, headers } of readers) {
          t.equal(createHash('sha256').update(rawPayload).digest('hex'), sha256)
          t.equal(headers.etag, `"${sha256}"`)
        }
        const known = await get(service, publisher, at, { 'if-none-match': `"${sha256}"` })
        t.equal(known.statusCode, 304)
        refused(t, await service.request({ url: at.replace('/v1/', `/public/${avon.id}/`) }), 'not-found')
      }
    })

    await t.test('say who gains and who loses, on both sides', async (t) => {
      const impact = (await get(service, publisher, answer.impact.address)).json()
      const sides = ({ higher, lower, same }: Record<string, { rows: number }>) =>
        [higher, lower, same].map((side) => side?.rows)
      t.strictSame(sides(impact.whole), [68, 66, 0])
      t.strictSame(sides(impact.available), [50, 84, 0])
      t.equal(impact.whole.new, '1885761.91')
      t.equal(impact.available.new, '1508609.48')
      t.strictSame(impact.rows, { priced: 134, notPriced: 0 })
      t.strictSame(impact.cliffs, [])
      t.equal(impact.syntheticNote, null)
      t.match(impact.table, { key: 'next', version: 1, revision: 1, contentHash: /^sha256:/ })
      const { groups, ageDefined } = (await get(service, publisher, answer.equality.address)).json()
      t.ok(groups.length > 1)
      t.strictSame(ageDefined, [], 'one curve is for all')
      for (const { whole } of groups) t.ok(whole.rows >= 10, 'small groups are joined')
    })

    await t.test('clear the warnings, and must be named', async (t) => {
      const now = await get(service, author, address)
      t.notMatch(codes(now.json().warnings).join(), /report|equality/)
      const reports = { impact: answer.impact.sha256, equality: answer.equality.sha256 }
      const body = seen(now)
      for (const wrong of [
        body,
        { ...body, reports: { ...reports, equality: null } },
        { ...body, reports: { ...reports, impact: '0'.repeat(64) } },
        { reports: { ...reports, impact: '0'.repeat(64) } },
      ])
        refused(t, await publication(address, wrong), 'report-changed')
      t.match((await publication(address, { reports })).json(), { code: 'warning-not-acknowledged' })
      const published = await publication(address, { ...body, reports })
      t.equal(published.statusCode, 201, published.body)
      const [{ facts } = {}] = await asAdmin(
        service.adminUrl,
        `select envelope::jsonb -> 'facts' as facts from openras.event
         where authority_id = $1 and envelope::jsonb ->> 'kind' = 'calibration-table-published'
           and envelope::jsonb #>> '{facts,key}' = 'next'`,
        [avon.id],
      )
      t.match(facts, { reports, ...body })
    })

    await t.test('are everybody’s once it is published, the same bytes', async (t) => {
      for (const name of ['impact', 'equality']) {
        const own = await get(service, author, `${address}/reports/${name}`)
        const theirs = await service.request({ url: `${open}/reports/${name}` })
        t.equal(theirs.body, own.body)
        t.equal(theirs.headers.etag, `"${answer[name].sha256}"`)
        t.match(theirs.headers['cache-control'], /immutable/)
      }
    })

    await t.test('are in the feed by their hashes, about the draft’s revision', async (t) => {
      await service.sequenced()
      const { data } = (await get(service, author, '/v1/feed?limit=1000')).json()
      const items = data.filter(({ kind }: { kind: string }) => kind === 'table-reports-made')
      t.strictSame(
        items.map(({ content }: { content: object }) => content),
        [{ reports: answer }],
      )
      const events = await asAdmin(
        service.adminUrl,
        `select event_id, about, place from openras.event
         where authority_id = $1 and envelope::jsonb #>> '{facts,key}' = 'next' order by event_id limit 2`,
        [avon.id],
      )
      t.match(events[1], { about: events[0]?.event_id, place: 'reports' })
    })
  })

  t.test('an edit makes them stale', async (t) => {
    const document = prices('edited', [impactReport, equality], { effectiveFrom: '2192-04-01' })
    const drafted = await draft(document)
    const address = String(drafted.headers.location)
    const first = (await make(address)).json()
    const edited = await put(
      service,
      author,
      address,
      { ...document, title: 'Edited' },
      { 'if-match': '"r1"' },
    )
    t.ok(codes(edited.json().warnings).includes('no-impact-report'))
    refused(t, await get(service, author, first.impact.address), 'not-found')
    const old = { impact: first.impact.sha256, equality: first.equality.sha256 }
    refused(t, await publication(address, { ...seen(edited), reports: old }, '"r2"'), 'report-changed')
    const second = (await make(address, {}, '"r2"')).json()
    t.equal(second.table.revision, 2)
    t.not(second.impact.sha256, first.impact.sha256, 'they name their revision')
    refused(t, await publication(address, { ...seen(edited), reports: old }, '"r2"'), 'report-changed')
    const reports = { impact: second.impact.sha256, equality: second.equality.sha256 }
    t.equal((await publication(address, { ...seen(edited), reports }, '"r2"')).statusCode, 201)
  })

  t.test('two at the same moment make them once', async (t) => {
    const drafted = await draft(prices('both', [impactReport], { effectiveFrom: '2193-04-01' }))
    const address = String(drafted.headers.location)
    const answers = await Promise.all([make(address), make(address)])
    const lost = answers.filter(({ statusCode }) => statusCode !== 201)
    t.equal(lost.length, 1)
    for (const answer of lost) refused(t, answer, 'reports-already-made')
  })

  t.test('a group that the table is not for is not in them, and its few are not counted', async (t) => {
    const [group] = bnesQuestionnaire.userGroups.map(({ key }) => key).sort()
    const outside = [{ userGroup: group, reason: 'Too few.' }]
    const drafted = await draft(prices('outside', [impactReport], { outside, effectiveFrom: '2194-04-01' }))
    t.ok(codes(drafted.json().warnings).includes('people-outside'))
    const { impact } = (await make(String(drafted.headers.location))).json()
    const { rows, whole } = (await get(service, author, impact.address)).json()
    t.ok(rows.priced < 134)
    t.equal(rows.priced, whole.rows)
    const left = 134 - rows.priced
    t.equal(rows.notPriced, left < 10 ? null : left)
  })

  t.test('what a cohort holds of people stands in the report on equality', async (t) => {
    const query = 'title=Held&questionnaire=small&questionnaireVersion=1&weeksPerYear=52&seal=true'
    const people = Array.from(
      { length: 24 },
      (_, i) => `H-${i},adults,${i + 1},${1_000 * (i + 1)},${i % 2 === 0 ? 'female' : 'male'}`,
    )
    const file = ['ref,userGroup,points,costAnnual,characteristics.sex', ...people].join('\n')
    const held = await sealedCohort(service, author, { file, query })
    const { id, resultHash } = await ran(service, author, { ...asked, cohortId: held })
    const evidence = [{ kind: 'impact-report', run: id, resultHash }]
    const drafted = await draft({ ...smallTable, key: 'held', evidence })
    const made = (await make(String(drafted.headers.location))).json()
    const { characteristics } = (await get(service, author, made.equality.address)).json()
    const [{ key, values }] = characteristics.whole
    t.equal(key, 'sex')
    t.strictSame(
      values.map(({ keys, rows }: { keys: string[]; rows: number }) => [keys, rows]),
      [
        [['female'], 12],
        [['male'], 12],
      ],
    )
    t.ok(characteristics.available, 'both sides, as a share is held')
  })

  t.test('of few people there is nothing to tell', async (t) => {
    const query = 'title=Few&questionnaire=small&questionnaireVersion=1&weeksPerYear=52&seal=true'
    const file = 'ref,userGroup,points,costAnnual\nA,adults,10,12000\nB,adults,20,14000\nC,elders,30,22000'
    const few = await sealedCohort(service, author, { file, query })
    const { id, resultHash } = await ran(service, author, { ...asked, cohortId: few })
    const evidence = [{ kind: 'impact-report', run: id, resultHash }]
    const drafted = await draft({ ...smallTable, key: 'few', evidence })
    refused(t, await make(String(drafted.headers.location)), 'calibration-impossible', [
      'cohort-too-small /evidence',
    ])
  })
})
