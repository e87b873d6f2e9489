// Publication: by a second person, once, and for ever. The hash it gives is one that anybody can make again from
// what anybody can read.
import { createHash, randomUUID } from 'node:crypto'
import { withService } from '../../support/folder.ts'
import { asAdmin, publish } from '../../support/service.ts'
import { askPublication, get, post, put, refused, withSmall } from '../driver.ts'
import { KINDS } from './kinds.ts'

export const tests = withService(import.meta, (t, service) => {
  t.test('publication', async (t) => {
    for (const { kind, path, document, publication } of KINDS) {
      await t.test(`of a ${kind}`, async (t) => {
        const alpha =
          kind === 'questionnaire'
            ? await service.authority('alpha')
            : await withSmall(service, 'beta', { table: false })
        const { author, publisher } = alpha
        const second = { authorization: `Bearer ${await alpha.key({ subject: 'second' })}` }
        let day = 0
        const dated = () =>
          kind === 'questionnaire' ? {} : { effectiveFrom: `2026-05-${String(++day).padStart(2, '0')}` }
        const draft = async (key: string) => {
          const answer = await post(service, author, `/v1/${path}`, { ...document, key, ...dated() })
          return String(answer.headers.location)
        }

        await t.test('is refused to whoever drafted any revision, under any of their keys', async (t) => {
          const address = await draft('second-person')
          const {
            lifecycle: _,
            contentHash: _1,
            faults: _3,
            warnings: _4,
            version: _2,
            ...sent
          } = (await get(service, author, address)).json()
          await put(service, second, address, { ...sent, title: 'By another' }, { 'if-match': '"r1"' })
          const rotated = await alpha.key({ subject: 'author', client: 'another-client' })
          const drafters = { author, second, rotated: { authorization: `Bearer ${rotated}` } }
          for (const [why, who] of Object.entries(drafters))
            refused(t, await askPublication(service, who, address), 'publisher-is-drafter', [], why)
          t.equal(
            (await get(service, author, address)).json().lifecycle.status,
            'draft',
            'it is a draft still',
          )
          t.equal((await askPublication(service, publisher, address)).statusCode, 201)
        })

        await t.test('needs an ETag, the right one, and a key', async (t) => {
          const address = await draft('conditions')
          const ask = (headers: Record<string, string>) =>
            service.request({
              method: 'POST',
              url: `${address}/publication`,
              headers: { ...publisher, ...headers },
              payload: publication,
            })
          const key = { 'idempotency-key': randomUUID() }
          refused(t, await ask(key), 'if-match-missing')
          for (const [found, says] of [
            ['r1', /has no quotes/],
            ['*', /is \*, which does not say what you saw/],
            ['"r1" "r2"', /not one ETag or a list of them/],
          ] as const) {
            const answer = await ask({ ...key, 'if-match': found })
            refused(t, answer, 'if-match-missing', [], found)
            t.match(answer.json().detail, says)
          }
          refused(t, await ask({ ...key, 'if-match': '"r2"' }), 'revision-changed')
          refused(t, await ask({ 'if-match': '"r1"' }), 'idempotency-key-missing')
          const nowhere = await post(
            service,
            publisher,
            `/v1/${path}/nothing/versions/1/publication`,
            {},
            { 'if-match': '"r1"' },
          )
          refused(t, nowhere, 'not-found')
          t.equal(
            (await ask({ ...key, 'if-match': '"r1"' })).statusCode,
            201,
            'and nothing refused has used the key up',
          )
        })

        await t.test('gives the content a hash that its public canonical bytes have', async (t) => {
          const address = await draft('hashed')
          const published = await askPublication(service, publisher, address)
          t.equal(published.headers.location, address)
          t.equal(published.headers.etag, '"r2"')
          const polled = await get(service, author, address, { 'if-none-match': '"r2"' })
          t.equal(polled.statusCode, 304)
          t.equal(polled.body, '')
          const { contentHash, lifecycle } = published.json()
          t.match(lifecycle, {
            status: 'published',
            revision: 2,
            draftedBy: ['author'],
            publishedBy: 'publisher',
          })
          const open = address.replace('/v1/', `/public/${alpha.id}/`)
          const canonical = await service.app.inject(`${open}/canonical`)
          t.equal(canonical.statusCode, 200)
          const hash = createHash('sha256').update(canonical.rawPayload).digest('hex')
          t.equal(contentHash, `sha256:${hash}`)
          const {
            lifecycle: _,
            contentHash: shown,
            ...content
          } = (await get(service, author, address)).json()
          t.equal(shown, contentHash)
          t.strictSame(JSON.parse(canonical.body), content, 'and they are the whole content, key and version')
          t.equal(canonical.body, sorted(content), 'in canonical form')
        })

        await t.test('is answered to a retry as at first, and refused under another key', async (t) => {
          const address = await draft('retried')
          const key = { 'idempotency-key': randomUUID(), 'if-match': '"r1"' }
          const publishAgain = (headers: Record<string, string>) =>
            post(service, publisher, `${address}/publication`, publication, headers)
          const [first, again] = [await publishAgain(key), await publishAgain(key)]
          t.equal(first.statusCode, 201)
          t.equal(again.statusCode, 201)
          t.equal(again.body, first.body)
          t.equal(again.headers.etag, first.headers.etag)
          t.equal(again.headers.location, first.headers.location)
          t.equal(first.headers['idempotency-replayed'], undefined)
          t.equal(again.headers['idempotency-replayed'], 'true')
          refused(t, await publishAgain({ 'if-match': '"r1"' }), 'already-published')
          refused(t, await publishAgain({ 'if-match': '"r2"' }), 'already-published')
          refused(t, await publishAgain({ ...key, 'if-match': '"r2"' }), 'idempotency-key-reused')
          const [{ n } = {}] = await asAdmin(
            service.adminUrl,
            `select count(*)::int as n from openras.document where authority_id = $1 and key = 'retried'`,
            [alpha.id],
          )
          t.equal(n, 2, 'one draft and one publication are stored')
        })

        await t.test('of another version of the same key is another publication', async (t) => {
          const one = await publish(service, alpha, path, { ...document, key: 'twice', ...dated() })
          const two = await publish(service, alpha, path, {
            ...document,
            key: 'twice',
            title: 'New',
            ...dated(),
          })
          t.not(one, two)
          t.equal((await get(service, author, one)).json().title, document.title, 'the first is what it was')
        })
      })
    }
  })
})

// RFC 8785 for what these documents hold: strings, booleans, integers, arrays, and objects by their sorted names.
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${sorted(member)}`).join(',')}}`
}
