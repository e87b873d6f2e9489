// What the public sees: everything published and nothing else, no drafts and nobody's name; and of an authority that
// does not exist, exactly what it sees of one that has published nothing.
import { withService } from '../../support/folder.ts'
import { publish } from '../../support/service.ts'
import {
  changedQuestionnaire,
  changedTable,
  type Headers,
  post,
  refused,
  smallQuestionnaire,
  smallTable,
  withSmall,
} from '../driver.ts'

export const tests = withService(import.meta, (t, service) => {
  t.test('the public', async (t) => {
    const see = (url: string, headers: Headers = {}) => service.request({ url: `/public/${url}`, headers })
    const alpha = await withSmall(service, 'alpha')
    await post(service, alpha.author, '/v1/questionnaires', changedQuestionnaire({ title: 'A draft' }))
    await post(service, alpha.author, '/v1/calibration-tables', changedTable({ title: 'A draft' }))
    const { id: quietId } = await service.authority('quiet')

    for (const { path, document } of [
      { path: 'questionnaires', document: smallQuestionnaire },
      { path: 'calibration-tables', document: smallTable },
    ]) {
      const { key } = document

      await t.test(`lists published ${path} alone`, async (t) => {
        const { data, nextCursor } = (await see(`${alpha.id}/${path}`)).json()
        t.equal(data.length, 1)
        t.match(data, [{ key, version: 1, status: 'published', contentHash: /^sha256:/ }])
        t.equal(nextCursor, null)
        refused(t, await see(`${alpha.id}/${path}?status=any`), 'request-invalid', [
          'field-unknown /query/status',
        ])
      })

      await t.test(`reads published ${path} whole, and none of those who made them`, async (t) => {
        const answer = await see(`${alpha.id}/${path}/${key}/versions/1`)
        const { lifecycle, contentHash, version, ...content } = answer.json()
        t.strictSame({ version, ...content }, { version: 1, ...document })
        t.strictSame(Object.keys(lifecycle).sort(), ['publishedAt', 'status', 'warnings', 'withdrawal'])
        for (const url of [
          `${alpha.id}/${path}`,
          `${alpha.id}/${path}/${key}/versions/1`,
          `${alpha.id}/${path}/${key}/versions/1/canonical`,
        ])
          t.notMatch((await see(url)).body, /author|publisher|case-management/, 'no subject and no client')
        t.equal(answer.headers.etag, `"${contentHash}"`)
        t.equal(
          (await see(`${alpha.id}/${path}/${key}/versions/1`, { 'if-none-match': `"${contentHash}"` }))
            .statusCode,
          304,
        )
        const canonical = `${alpha.id}/${path}/${key}/versions/1/canonical`
        const { etag } = (await see(canonical)).headers
        t.equal((await see(canonical, { 'if-none-match': String(etag) })).statusCode, 304)
      })

      await t.test(`cannot tell a draft of ${path} from what never was`, async (t) => {
        for (const rest of ['', '/canonical']) {
          const [draft, nothing] = [
            await see(`${alpha.id}/${path}/${key}/versions/2${rest}`),
            await see(`${alpha.id}/${path}/${key}/versions/9${rest}`),
          ]
          refused(t, draft, 'not-found')
          t.equal(draft.body.replace('versions/2', 'versions/9'), nothing.body)
        }
      })
    }

    await t.test('is told that an authority that has published nothing is not there', async (t) => {
      for (const rest of ['questionnaires', 'calibration-tables'])
        for (const id of [quietId, 'nobody']) refused(t, await see(`${id}/${rest}`), 'not-found')
      const half = await service.authority('half')
      await publish(service, half, 'questionnaires', smallQuestionnaire)
      t.strictSame((await see(`${half.id}/calibration-tables`)).json(), { data: [], nextCursor: null })
      refused(
        t,
        await see(`${half.id}/calibration-tables/in-force?questionnaire=small&on=2026-05-01`),
        'no-table-in-force',
      )
    })

    await t.test('may keep what never changes for ever, and what may change for a minute', async (t) => {
      const kept = async (rest: string, headers: Headers = {}) =>
        (await see(`${alpha.id}/${rest}`, headers)).headers['cache-control']
      for (const rest of ['', '/canonical']) {
        const url = `questionnaires/small/versions/1${rest}`
        t.equal(await kept(url), 'public, max-age=31536000, immutable')
        const { etag } = (await see(`${alpha.id}/${url}`)).headers
        t.match(await kept(url, { 'if-none-match': String(etag) }), /immutable/, 'also when it is unchanged')
      }
      t.equal(await kept('questionnaires/small/versions/2'), 'no-store', 'a draft is not there, as yet')
      t.equal(await kept('questionnaires'), 'public, max-age=60')
      t.equal(await kept('calibration-tables/small-table/versions/1'), 'public, max-age=60', 'or withdrawn')
      const inForce = 'calibration-tables/in-force?questionnaire=small&on=2026-05-01'
      t.equal(await kept(inForce), 'public, max-age=60')
      const { etag } = (await see(`${alpha.id}/${inForce}`)).headers
      t.match(etag, /^"sha256:/)
      t.equal((await see(`${alpha.id}/${inForce}`, { 'if-none-match': String(etag) })).statusCode, 304)
      const own = await service.request({
        url: '/v1/calibration-tables/in-force?questionnaire=small&on=2026-05-01',
        headers: { ...alpha.author, 'if-none-match': String(etag) },
      })
      t.equal(own.statusCode, 304, 'and with a credential alike')
      t.equal(own.headers['cache-control'], 'private, no-cache')
    })

    await t.test('cannot tell an authority that has published nothing from none at all', async (t) => {
      for (const rest of [
        'questionnaires',
        'calibration-tables',
        'questionnaires/small/versions/1',
        'questionnaires/small/versions/1/canonical',
        'calibration-tables/small-table/versions/1',
        'calibration-tables/in-force?questionnaire=small&on=2026-05-01',
      ]) {
        const [quiet, nobody] = [await see(`${quietId}/${rest}`), await see(`nobody/${rest}`)]
        t.equal(quiet.statusCode, nobody.statusCode, rest)
        t.equal(quiet.body.replaceAll(`/${quietId}/`, '/nobody/'), nobody.body, rest)
        t.strictSame(Object.keys(quiet.headers), Object.keys(nobody.headers), rest)
      }
    })

    await t.test('sees a version in the list from its publication on', async (t) => {
      await publish(
        service,
        alpha,
        'questionnaires',
        changedQuestionnaire({ title: 'The next', key: 'a-next' }),
      )
      const titles = (await see(`${alpha.id}/questionnaires`))
        .json()
        .data.map(({ title }: { title: string }) => title)
      t.strictSame(titles, ['The next', smallQuestionnaire.title])
      const first = await see(`${alpha.id}/questionnaires?limit=1`)
      t.match(first.headers.link, /^<\/public\/alpha-\d+\/questionnaires\?limit=1&cursor=[^>]+>; rel="next"$/)
      const second = await see(`${alpha.id}/questionnaires?limit=1&cursor=${first.json().nextCursor}`)
      t.strictSame(
        second.json().data.map(({ title }: { title: string }) => title),
        [smallQuestionnaire.title],
      )
    })
  })
})
