// Versions are listed by key and version, a page at a time: drafts and published ones to those who are known, only
// published ones to the public.
import { encodeCursor } from '../../../src/http/core/requests/paging.ts'
import { withService } from '../../support/folder.ts'
import { publish } from '../../support/service.ts'
import { type Answer, get, post, refused } from '../driver.ts'
import { KINDS } from './kinds.ts'

type Listed = {
  key: string
  version: number
  status: string
  contentHash: string | null
  publishedAt: string | null
}
type Page = { data: Listed[]; nextCursor: string | null }

const names = (answer: Answer) => answer.json<Page>().data.map(({ key, version }) => `${key} ${version}`)

export const tests = withService(import.meta, (t, service) => {
  t.test('lists of versions', async (t) => {
    for (const { kind, path, document } of KINDS) {
      await t.test(`of every ${kind}`, async (t) => {
        const alpha = await service.authority(`alpha-${path}`)
        const list = (query = '') => get(service, alpha.author, `/v1/${path}${query}`)
        t.strictSame((await list()).json(), { data: [], nextCursor: null }, 'empty at first')
        for (const key of ['b', 'a', 'b', 'c', 'b'])
          await post(service, alpha.author, `/v1/${path}`, { ...document, key })
        if (kind === 'calibration-table') await publish(service, alpha, 'questionnaires', KINDS[0].document)
        await publish(service, alpha, path, { ...document, key: 'a' })

        await t.test('go by key and then by version, whatever the order of their making', async (t) => {
          const answer = await list()
          t.strictSame(names(answer), ['a 1', 'a 2', 'b 1', 'b 2', 'b 3', 'c 1'])
          t.equal(answer.headers.link, undefined, 'the last page has no next')
          const [draft, published] = answer.json<Page>().data
          t.match(draft, { status: 'draft', contentHash: null, publishedAt: null, title: document.title })
          t.match(published, { status: 'published', revision: 2, contentHash: /^sha256:/, publishedAt: /Z$/ })
        })

        await t.test(
          'come in pages that neither skip nor repeat, each with a link to the next',
          async (t) => {
            const seen: string[] = []
            let url: string | undefined = `/v1/${path}?limit=2`
            while (url !== undefined) {
              const answer: Answer = await get(service, alpha.author, url)
              const { nextCursor } = answer.json<Page>()
              seen.push(...names(answer))
              const [, next, cursor] =
                /^<([^>]*[?&]cursor=([^>&]*)[^>]*)>; rel="next"$/.exec(String(answer.headers.link)) ?? []
              t.equal(cursor ?? null, nextCursor, 'the link and the body name the same next page')
              url = next
              if (url !== undefined) t.match(url, /limit=2/, 'the link keeps the limit')
            }
            t.strictSame(seen, ['a 1', 'a 2', 'b 1', 'b 2', 'b 3', 'c 1'])
          },
        )

        await t.test('can be of what is published alone', async (t) => {
          t.strictSame(names(await list('?status=published')), ['a 2'])
          t.strictSame(names(await list('?status=any&limit=1000')).length, 6)
        })

        for (const [why, query, faults] of [
          ['less than one', '?limit=0', ['value-range /query/limit']],
          ['more than a thousand', '?limit=1001', ['value-range /query/limit']],
          ['not a number', '?limit=ten', ['integer-malformed /query/limit']],
          ['given twice', '?limit=1&limit=2', ['value-type /query/limit']],
          ['an unknown parameter', '?offset=5', ['field-unknown /query/offset']],
          ['an unknown status', '?status=draft', ['value-not-allowed /query/status']],
          [
            'everything at once',
            '?limit=0&status=draft&page=2',
            ['field-unknown /query/page', 'value-range /query/limit', 'value-not-allowed /query/status'],
          ],
        ] as const) {
          await t.test(`a query is refused: ${why}`, async (t) =>
            refused(t, await list(query), 'request-invalid', faults),
          )
        }

        for (const [why, place] of [
          ['no JSON', 'nonsense'],
          [
            'an allocation’s place',
            encodeCursor(['2026-11-16T10:00:00.000Z', 'x'], { list: path, status: 'any' }),
          ],
          ['another form', encodeCursor(['a'], { list: path, status: 'any' })],
          ['another filter’s', encodeCursor(['a', 1], { list: path, status: 'published' })],
          ['another list’s', encodeCursor(['a', 1], { list: 'others', status: 'any' })],
          ['an object', Buffer.from('{"0":"a","1":1}').toString('base64url')],
        ] as const) {
          await t.test(`a cursor is refused: ${why}`, async (t) =>
            refused(t, await list(`?cursor=${place}`), 'cursor-invalid'),
          )
        }
      })
    }
  })
})
