// Pages by cursor: newest first, none skipped and none twice, while new ones keep arriving.
import { randomUUID } from 'node:crypto'
import { encodeCursor } from '../../../src/http/core/requests/paging.ts'
import { withService } from '../../support/folder.ts'
import { type Answer, databaseRefusals, get, post, refused, smallIntake, withSmall } from '../driver.ts'

const ROWS = 260
type Listed = { id: string; createdAt: string }

export const tests = withService(import.meta, (t, service) => {
  t.test('pages of allocations', async (t) => {
    const alpha = await withSmall(service, 'alpha')
    const record = async () => {
      const headers = { ...alpha.author, 'idempotency-key': randomUUID() }
      const answer = await service.app.inject({
        method: 'POST',
        url: '/v1/assessments',
        headers,
        payload: smallIntake(),
      })
      return answer.json().allocation.id as string
    }
    const before: string[] = []
    for (let i = 0; i < ROWS; i += 20) before.push(...(await Promise.all(Array.from({ length: 20 }, record))))

    for (const limit of [37, 100]) {
      await t.test(`of ${limit} neither skip nor repeat while new ones arrive`, async (t) => {
        const seen: Listed[] = []
        let url: string | undefined = `/v1/allocations?limit=${limit}`
        const known = (await get(service, alpha.author, '/v1/allocations?limit=1000')).json().data as Listed[]
        while (url !== undefined) {
          const answer: Answer = await get(service, alpha.author, url)
          const { data, nextCursor } = answer.json()
          seen.push(...data)
          await Promise.all([record(), record()])
          url =
            nextCursor === null ? undefined : /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link))?.[1]
          if (nextCursor !== null) t.equal(data.length, limit)
        }
        t.strictSame(
          seen.map(({ id }) => id),
          known.map(({ id }) => id),
          'exactly those there at the start, in their order',
        )
        t.ok(
          seen.every((one, i) => i === 0 || one.createdAt <= (seen[i - 1]?.createdAt ?? '')),
          'newest first',
        )
        const ids = new Set(seen.map(({ id }) => id))
        t.ok(before.every((id) => ids.has(id)))
      })
    }

    await t.test('end where the rows end, also when they fill the last page', async (t) => {
      const { data } = (await get(service, alpha.author, '/v1/allocations?limit=1000')).json()
      const full = (await get(service, alpha.author, `/v1/allocations?limit=${data.length}`)).json()
      t.equal(full.data.length, data.length)
      t.equal(full.nextCursor, null, 'there is no empty page to be fetched')
      t.equal(
        (await get(service, alpha.author, '/v1/allocations')).json().data.length,
        100,
        'a hundred unless asked',
      )
    })

    const all = { list: 'allocations' }
    const place = (...parts: (string | number)[]) => encodeCursor(parts, all)
    const id = randomUUID()
    const sound = place(id)
    for (const [why, cursor] of [
      ['made up', 'abc'],
      ['without what it was given under', Buffer.from(JSON.stringify([id])).toString('base64url')],
      ['of a search by person', encodeCursor([id], { list: 'search' })],
      ['given under a filter', encodeCursor([id], { ...all, current: true })],
      ['of another list', place('small', 1)],
      ['with no id', place('x')],
      ['with less than its parts', place()],
      ['with more than its parts', place(id, 1)],
      ['in capitals', place(id.toUpperCase())],
    ] as const) {
      await t.test(`a cursor is refused: ${why}`, async (t) =>
        refused(t, await get(service, alpha.author, `/v1/allocations?cursor=${cursor}`), 'cursor-invalid'),
      )
    }

    await t.test(
      'a cursor holds to the filters it was given under, and not to the size of the page',
      async (t) => {
        const list = (query: string) => get(service, alpha.author, `/v1/allocations?${query}`)
        t.equal((await list(`cursor=${sound}`)).statusCode, 200)
        const { nextCursor } = (await list('limit=1&userGroup=adults&current=true')).json()
        const next = (filters: string) => list(`cursor=${nextCursor}&${filters}`)
        t.equal((await next('current=true&limit=2&userGroup=adults')).statusCode, 200, 'in any order')
        for (const others of [
          '',
          'userGroup=adults',
          'userGroup=adults&current=false',
          'userGroup=elders&current=true',
        ])
          refused(t, await next(others), 'cursor-invalid', [], others)
      },
    )

    await t.test('a cursor of one person is none of another’s, and says nothing of either', async (t) => {
      const search = (personRef: string, cursor?: string) =>
        service.request({
          method: 'POST',
          url: '/v1/allocations/search',
          headers: alpha.author,
          payload: { personRef, limit: 1, ...(cursor === undefined ? {} : { cursor }) },
        })
      const { nextCursor } = (await search('P-1')).json()
      t.equal((await search('P-1', nextCursor)).statusCode, 200)
      refused(t, await search('P-2', nextCursor), 'cursor-invalid')
      refused(t, await get(service, alpha.author, `/v1/allocations?cursor=${nextCursor}`), 'cursor-invalid')
      const other = await post(service, alpha.author, '/v1/assessments', smallIntake({ personRef: 'P-2' }))
      const { allocation } = other.json()
      const theirs = encodeCursor([allocation.id], { list: 'search' })
      t.equal((await search('P-2', theirs)).statusCode, 200)
      t.equal(
        nextCursor.length,
        theirs.length,
        'it is a place and what names the list: the same whoever it is about',
      )
      refused(t, await search('P-1', theirs), 'cursor-invalid')
    })

    await t.test('a cursor longer than any of ours is refused', async (t) => {
      const answer = await get(service, alpha.author, `/v1/allocations?cursor=${'a'.repeat(201)}`)
      refused(t, answer, 'request-invalid', ['value-range /query/cursor'])
    })

    await t.test('and no cursor reaches the database to be refused there', async (t) => {
      const before = await databaseRefusals(service)
      await get(
        service,
        alpha.author,
        `/v1/allocations?cursor=${place('00000000-0000-0000-0000-00000000000g')}`,
      )
      t.strictSame(await databaseRefusals(service), before)
    })
  })
})
