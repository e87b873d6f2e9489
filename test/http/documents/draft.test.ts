// A version before it is published: drafted under a number of the server's, read, and replaced only by someone who
// says which revision they saw. Every edit stays.
import { randomUUID } from 'node:crypto'
import { withService } from '../../support/folder.ts'
import { asAdmin, publish } from '../../support/service.ts'
import { get, post, put, refused } from '../driver.ts'
import { KINDS } from './kinds.ts'

export const tests = withService(import.meta, (t, service) => {
  t.test('the life of a draft', async (t) => {
    for (const { kind, path, document } of KINDS) {
      await t.test(`a ${kind}`, async (t) => {
        const { author, publisher, ...alpha } = await service.authority(`alpha-${path}`)
        const rows = (key: string) =>
          asAdmin(
            service.adminUrl,
            `select version, revision, state, subject_id, content::jsonb ->> 'title' as title
           from openras.document where authority_id = $1 and kind = $2 and key = $3
           order by version, revision`,
            [alpha.id, kind, key],
          )
        const draft = async (key: string) => {
          const answer = await post(service, author, `/v1/${path}`, { ...document, key })
          return { answer, address: String(answer.headers.location) }
        }

        await t.test('is created at an address, as revision 1 of the version the server gives', async (t) => {
          const { answer } = await draft('first')
          t.equal(answer.statusCode, 201)
          t.equal(answer.headers.location, `/v1/${path}/first/versions/1`)
          t.equal(answer.headers.etag, '"r1"')
          const { lifecycle, contentHash, version, faults: _, warnings: _1, ...content } = answer.json()
          t.strictSame(content, { ...document, key: 'first' }, 'the content is what was sent')
          t.equal(version, 1)
          t.equal(contentHash, null, 'there is no hash to quote before publication')
          t.match(lifecycle, {
            status: 'draft',
            revision: 1,
            draftedBy: ['author'],
            publishedBy: null,
            publishedAt: null,
            warnings: [],
          })
          t.equal((await draft('first')).answer.json().version, 2, 'the next draft is the next version')
        })

        await t.test('a retry is answered with the first answer, byte for byte', async (t) => {
          const key = { 'idempotency-key': randomUUID() }
          const send = () => post(service, author, `/v1/${path}`, { ...document, key: 'retried' }, key)
          const [first, again] = [await send(), await send()]
          t.equal(again.body, first.body)
          t.equal(again.headers.location, first.headers.location)
          t.equal(again.headers.etag, first.headers.etag)
          t.equal(first.headers['idempotency-replayed'], undefined)
          t.equal(again.headers['idempotency-replayed'], 'true')
          t.equal((await rows('retried')).length, 1)
          const other = await post(service, author, `/v1/${path}`, { ...document, key: 'other' }, key)
          refused(t, other, 'idempotency-key-reused')
        })

        await t.test('is read with its ETag, and sent in full to who has it', async (t) => {
          const { answer, address } = await draft('read')
          const read = await get(service, author, address)
          t.equal(read.statusCode, 200)
          t.strictSame(read.json(), answer.json())
          t.equal(read.headers.etag, '"r1"')
          for (const tag of ['"r1"', 'W/"r1"', '"r7", "r1"', '*']) {
            const again = await get(service, author, address, { 'if-none-match': tag })
            t.equal(again.statusCode, 200, tag)
            t.equal(again.body, read.body)
            t.equal(again.headers.etag, '"r1"')
          }
          refused(t, await get(service, author, `/v1/${path}/read/versions/2`), 'not-found')
        })

        await t.test('is replaced under If-Match alone, and each edit is a row of its own', async (t) => {
          const { address } = await draft('edited')
          const edit = (title: string, match?: string, who = author) =>
            put(
              service,
              who,
              address,
              { ...document, key: 'edited', title },
              match ? { 'if-match': match } : {},
            )
          const second = await edit('Second', '"r1"', publisher)
          t.equal(second.statusCode, 200)
          t.equal(second.headers.etag, '"r2"')
          t.match(second.json(), { title: 'Second', version: 1 })
          t.strictSame(second.json().lifecycle.draftedBy, ['author', 'publisher'])
          refused(t, await edit('Without'), 'if-match-missing')
          refused(t, await edit('Any', '*'), 'if-match-missing')
          refused(t, await edit('Stale', '"r1"'), 'revision-changed')
          const third = await edit('Third', '"r2"')
          t.strictSame(
            third.json().lifecycle.draftedBy,
            ['author', 'publisher'],
            'each drafter is named once',
          )
          t.strictSame(await rows('edited'), [
            { version: 1, revision: 1, state: 'draft', subject_id: 'author', title: document.title },
            { version: 1, revision: 2, state: 'draft', subject_id: 'publisher', title: 'Second' },
            { version: 1, revision: 3, state: 'draft', subject_id: 'author', title: 'Third' },
          ])
          t.equal((await get(service, author, address)).json().title, 'Third')
        })

        await t.test('keeps its key, and is nobody’s to make by PUT', async (t) => {
          const { address } = await draft('kept')
          const moved = await put(
            service,
            author,
            address,
            { ...document, key: 'moved' },
            { 'if-match': '"r1"' },
          )
          refused(t, moved, 'request-invalid', ['value-not-allowed /key'])
          const none = `/v1/${path}/nobodys/versions/1`
          const made = await put(
            service,
            author,
            none,
            { ...document, key: 'nobodys' },
            { 'if-match': '"r1"' },
          )
          refused(t, made, 'not-found')
          t.strictSame(await rows('nobodys'), [])
        })

        await t.test('is refused with all that is wrong with its form at once', async (t) => {
          const { title: _, ...untitled } = document
          const wrong = { ...untitled, key: 'Key', source: 5, colour: 'red' }
          const faults = (await post(service, author, `/v1/${path}`, wrong)).json().errors
          const found = faults.map(
            ({ code, pointer }: { code: string; pointer: string }) => `${code} ${pointer}`,
          )
          t.strictSame(found.sort(), [
            'field-missing /title',
            'field-unknown /colour',
            'value-format /key',
            'value-type /source',
          ])
        })

        await t.test('once published it can not be replaced', async (t) => {
          if (kind === 'calibration-table')
            await publish(service, { author, publisher, ...alpha }, 'questionnaires', KINDS[0].document)
          const address = await publish(service, { author, publisher, ...alpha }, path, {
            ...document,
            key: 'done',
          })
          for (const match of ['"r1"', '"r2"']) {
            const late = await put(
              service,
              author,
              address,
              { ...document, key: 'done' },
              { 'if-match': match },
            )
            refused(t, late, 'already-published')
          }
          t.equal((await rows('done')).length, 2)
        })
      })
    }
  })
})
