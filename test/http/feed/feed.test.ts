// The feed: every event once, under contiguous indices that a reader can check for itself. What a reader may not see
// is withheld by name, and never left out.
import { createHash } from 'node:crypto'
import { withService } from '../../support/folder.ts'
import { asAdmin } from '../../support/service.ts'
import { get, type Headers, post, refused, smallIntake, withSmall } from '../driver.ts'

type Item = {
  logIndex: number
  eventId: string
  kind: string
  at: string
  leafHash: string
  content: {
    version?: object
    assessment?: { id: string }
    allocation?: { id: string; receipt: object; supersedes: string | null }
  } | null
  withheld: string | null
}
type Page = { data: Item[]; nextAfter: number; head: number }

const KINDS = [
  'questionnaire-drafted',
  'questionnaire-published',
  'calibration-table-drafted',
  'calibration-table-published',
  'assessment-allocated',
  'assessment-corrected',
  'assessment-allocated',
]

export const tests = withService(import.meta, (t, service) => {
  t.test('the feed', async (t) => {
    const quiet = await service.authority('quiet')
    const alpha = await withSmall(service, 'alpha')
    const record = async (url: string, change = {}) =>
      (await post(service, alpha.author, url, smallIntake(change))).json()
    const first = await record('/v1/assessments')
    const { assessmentRef } = first.assessment
    const second = await record(`/v1/assessments/${first.assessment.id}/corrections`, {
      assessmentRef,
      revision: 2,
    })
    await record('/v1/assessments')
    await service.sequenced()
    const read = (query = '', who: Headers = alpha.author, headers: Headers = {}) =>
      get(service, who, `/v1/feed${query}`, headers)
    const page = async (query = '', who?: Headers): Promise<Page> => (await read(query, who)).json()

    await t.test('has every event of its authority, in order, from 0 on', async (t) => {
      const { data, nextAfter, head } = await page()
      t.strictSame(
        data.map(({ kind }) => kind),
        KINDS,
      )
      t.strictSame(
        data.map(({ logIndex }) => logIndex),
        [0, 1, 2, 3, 4, 5, 6],
      )
      t.equal(head, 6)
      t.equal(nextAfter, 6)
      t.equal(new Set(data.map(({ eventId }) => eventId)).size, 7)
      t.ok(data.every(({ withheld, content }) => withheld === null && content !== null))
      t.strictSame(
        await page('', quiet.author),
        { data: [], nextAfter: -1, head: -1 },
        'another authority has its own',
      )
    })

    await t.test('gives the content as it was answered when it was written', async (t) => {
      const { data } = await page()
      t.strictSame(data[4]?.content, withoutSuccessors(first))
      t.strictSame(data[5]?.content, withoutSuccessors(second), 'which names what it supersedes and corrects')
      t.equal(data[5]?.content?.allocation?.supersedes, first.allocation.id)
      t.match(data[1]?.content?.version, {
        key: 'small',
        version: 1,
        lifecycle: { status: 'published', revision: 2 },
      })
      t.match(data[2]?.content?.version, {
        key: 'small-table',
        contentHash: null,
        lifecycle: { status: 'draft' },
      })
    })

    await t.test('is read on from any index, so many at a time', async (t) => {
      const seen: Item[] = []
      for (let after = -1, head = 0; after < head; ) {
        const one = await page(`?after=${after}&limit=3`)
        seen.push(...one.data)
        after = one.nextAfter
        head = one.head
      }
      t.strictSame(seen, (await page()).data)
      t.strictSame(
        await page('?after=6'),
        { data: [], nextAfter: 6, head: 6 },
        'at the head there is nothing new',
      )
      t.strictSame(
        (await page('?after=5')).data.map(({ logIndex }) => logIndex),
        [6],
      )
    })

    await t.test(
      'filtered by kind, leaves the others as bare items so that no index is missing',
      async (t) => {
        const { data, nextAfter } = await page('?kind=assessment-allocated')
        t.strictSame(
          data.map(({ kind }) => kind),
          KINDS,
        )
        t.equal(nextAfter, 6)
        for (const { kind, withheld, content } of data) {
          t.equal(withheld, kind === 'assessment-allocated' ? null : 'kind-filter')
          t.equal(content === null, kind !== 'assessment-allocated')
        }
      },
    )

    await t.test('withholds what is about people from a reader who may only audit', async (t) => {
      const auditor = { authorization: `Bearer ${await alpha.key({ scopes: ['audit:read'] })}` }
      const answer = await read('', auditor)
      for (const { kind, withheld, content } of answer.json<Page>().data) {
        const aboutPerson = kind.startsWith('assessment-')
        t.equal(withheld, aboutPerson ? 'scope' : null, kind)
        t.equal(content === null, aboutPerson)
      }
      t.notMatch(answer.body, /P-1|S-\d|amountWeekly/)
      const etag = String((await read()).headers.etag)
      t.not(answer.headers.etag, etag, 'and what it was given is not taken for what another may have')
    })

    await t.test('carries hashes that anybody can make again from the stored envelopes', async (t) => {
      const rows = await asAdmin(
        service.adminUrl,
        `select l.log_index::int as "logIndex", e.event_id as "eventId", e.envelope from openras.log_entry l
         join openras.event e using (authority_id, event_id) where authority_id = $1 order by log_index`,
        [alpha.id],
      )
      const { data } = await page()
      t.strictSame(
        data.map(({ logIndex, eventId, leafHash }) => ({ logIndex, eventId, leafHash })),
        rows.map(({ logIndex, eventId, envelope }) => ({
          logIndex,
          eventId,
          leafHash: leafOf(String(envelope)),
        })),
      )
      const { eventId, leafHash } = first.allocation.receipt
      t.match(data[4], { eventId, leafHash }, 'the receipt names the entry and its hash')
      const envelopes = rows.map(({ envelope }) => String(envelope))
      t.ok(
        envelopes.every((one) => !/P-1|S-\d|washing/.test(one)),
        'and nothing in what is hashed says who it is about',
      )
    })

    await t.test('commits to its content by a salted hash in the envelope', async (t) => {
      const rows = await asAdmin(
        service.adminUrl,
        `select e.envelope::jsonb -> 'payload' as payload, p.nonce, p.refs, p.body from openras.event e
         join openras.payload p using (authority_id, event_id) where authority_id = $1 and p.refs is not null`,
        [alpha.id],
      )
      t.equal(rows.length, 3)
      const sha256 = (...of: (Buffer | string)[]) => {
        const hash = createHash('sha256')
        for (const one of of) hash.update(one)
        return hash.digest()
      }
      for (const { payload, nonce, ...parts } of rows)
        for (const [part, text] of Object.entries(parts)) {
          const salt = sha256(nonce as Buffer, part)
          t.match(payload, { [part]: sha256(salt, String(text)).toString('hex') })
        }
    })

    await t.test('beyond its head stops a reader whose store is of another log', async (t) => {
      refused(t, await read('?after=7'), 'feed-cursor-ahead')
      refused(t, await read('?after=0', quiet.author), 'feed-cursor-ahead')
      t.equal((await read('?after=6')).statusCode, 200)
    })

    for (const { query, faults } of [
      { query: '?after=-2', faults: ['value-range /query/after'] },
      { query: '?after=last', faults: ['integer-malformed /query/after'] },
      { query: '?after=99999999999999999999', faults: ['integer-malformed /query/after'] },
      { query: '?after=9999999999999999', faults: ['value-range /query/after'] },
      { query: '?limit=0', faults: ['value-range /query/limit'] },
      { query: '?limit=1001', faults: ['value-range /query/limit'] },
      { query: '?kind=assessment', faults: ['value-not-allowed /query/kind'] },
      { query: '?cursor=6', faults: ['field-unknown /query/cursor'] },
    ] as const) {
      await t.test(`is refused by ${query}`, async (t) =>
        refused(t, await read(query), 'request-invalid', faults),
      )
    }

    await t.test(
      'costs a reader who has it all no more than a header, until something happens',
      async (t) => {
        const { etag } = (await read('?after=6')).headers
        const unchanged = await read('?after=6', alpha.author, { 'if-none-match': String(etag) })
        t.equal(unchanged.statusCode, 304)
        t.equal(unchanged.body, '')
        for (const other of ['?after=5', '?after=6&limit=5', '?after=6&kind=assessment-allocated'])
          t.equal((await read(other, alpha.author, { 'if-none-match': String(etag) })).statusCode, 200, other)
        await record('/v1/assessments')
        await service.sequenced()
        const changed = await read('?after=6', alpha.author, { 'if-none-match': String(etag) })
        t.equal(changed.statusCode, 200)
        t.match(changed.json(), { data: [{ logIndex: 7 }], nextAfter: 7, head: 7 })
      },
    )
  })
})

// The feed cannot know of successors when it is written, and says nothing of them rather than null.
function withoutSuccessors({ allocation, assessment }: Record<string, Record<string, unknown>>) {
  const { supersededBy: _, ...allocated } = allocation ?? {}
  const { correctedBy: _1, ...assessed } = assessment ?? {}
  return { allocation: allocated, assessment: assessed }
}

// RFC 6962: the hash of a leaf is over a zero byte and its content.
function leafOf(envelope: string): string {
  return createHash('sha256').update(Buffer.of(0)).update(envelope).digest('hex')
}
