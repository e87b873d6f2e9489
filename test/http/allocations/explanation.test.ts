// Why an allocation is what it is: one explanation in three forms, of any outcome, and honest about what superseded it.
import { createHash } from 'node:crypto'
import { asOwner, updateAuthority } from '../../../src/store/registration.ts'
import { withService } from '../../support/folder.ts'
import { get, type Headers, post, refused, smallIntake, withSmall } from '../driver.ts'

const FORMS = ['application/json', 'application/x-ndjson', 'text/plain', 'text/html']

type Line = { section: string; text: string; figures?: Record<string, string> }

export const tests = withService(import.meta, (t, service) => {
  t.test('an explanation', async (t) => {
    const alpha = await withSmall(service, 'alpha')
    const { author } = alpha
    const record = async (change = {}, url = '/v1/assessments') =>
      (await post(service, author, url, smallIntake(change))).json()
    const explain = (id: string, headers: Headers = {}) => {
      const url = `/v1/allocations/${id}/explanation`
      // Lines of JSON are not one JSON value, so they are not held against a schema of one.
      if (headers.accept === 'application/x-ndjson')
        return service.app.inject({ url, headers: { ...author, ...headers } })
      return get(service, author, url, headers)
    }
    const { allocation, assessment } = await record()

    await t.test('is JSON unless asked otherwise, with its sections in order', async (t) => {
      for (const accept of [undefined, '*/*', 'application/json', 'image/png, application/json;q=0.5']) {
        const answer = await explain(allocation.id, accept === undefined ? {} : { accept })
        t.equal(answer.statusCode, 200)
        t.match(answer.headers['content-type'], /^application\/json/)
        t.equal(answer.headers.vary, 'accept')
        const { allocationId, short, lines } = answer.json()
        t.equal(allocationId, allocation.id)
        const sections = [...new Set(lines.map(({ section }: Line) => section))]
        t.ok(
          ['answers', 'total', 'table', 'sum', 'contingency', 'check'].every((one) => sections.includes(one)),
        )
        t.match(short[0].text, /^You can plan with £10,000 a year now, and £2,500 more is kept ready\./)
      }
    })

    await t.test('has the same lines as JSON lines and as text', async (t) => {
      const { short, lines, title } = (await explain(allocation.id)).json()
      const ndjson = await explain(allocation.id, { accept: 'application/x-ndjson' })
      t.equal(ndjson.headers['content-type'], 'application/x-ndjson; charset=utf-8')
      t.ok(ndjson.body.endsWith('\n'), 'every line is ended')
      t.strictSame(
        ndjson.body
          .trimEnd()
          .split('\n')
          .map((one) => JSON.parse(one)),
        [...short, ...lines],
      )
      const text = await explain(allocation.id, { accept: 'text/plain' })
      t.equal(text.headers['content-type'], 'text/plain; charset=utf-8')
      t.ok(text.body.includes(title))
      for (const line of [...short, ...lines] as Line[])
        t.ok(squeezed(text.body).includes(squeezed(line.text)), line.text)
    })

    await t.test('is a page for a browser, that allows its own style and nothing else', async (t) => {
      const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
      const page = await explain(allocation.id, { accept })
      t.equal(page.headers['content-type'], 'text/html; charset=utf-8')
      const style = /<style>(.*?)<\/style>/s.exec(page.body)?.[1] ?? ''
      const hash = createHash('sha256').update(style).digest('base64')
      t.equal(
        page.headers['content-security-policy'],
        `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      )
      t.match(page.body, /^<!doctype html>/)
      t.match(page.body, '£12,500')
    })

    await t.test('is refused in other forms', async (t) => {
      for (const accept of ['application/pdf', 'image/*'])
        refused(t, await explain(allocation.id, { accept }), 'not-acceptable')
    })

    await t.test('has an ETag of its own in each form', async (t) => {
      const tags = new Set<string>()
      for (const accept of FORMS) {
        const etag = String((await explain(allocation.id, { accept })).headers.etag)
        tags.add(etag)
        const unchanged = await explain(allocation.id, { accept, 'if-none-match': etag })
        t.equal(unchanged.statusCode, 304, accept)
        t.equal(unchanged.body, '')
      }
      t.equal(tags.size, FORMS.length)
      const [other] = [...tags]
      t.equal(
        (await explain(allocation.id, { accept: 'text/plain', 'if-none-match': String(other) })).statusCode,
        200,
      )
    })

    await t.test('is another one as soon as the way to challenge it is another', async (t) => {
      const before = new Map<string, string>()
      for (const accept of FORMS)
        before.set(accept, String((await explain(allocation.id, { accept })).headers.etag))
      const moved = {
        authorityId: alpha.id,
        title: 'Alpha Council',
        challengeRoute: 'Write to 9 New Street.',
      }
      await asOwner(service.adminUrl, alpha.id, (trx) => updateAuthority(trx, moved, new Date()))
      for (const [accept, etag] of before) {
        const after = await explain(allocation.id, { accept, 'if-none-match': etag })
        t.equal(after.statusCode, 200, accept)
        t.match(after.body, '9 New Street')
        t.not(after.headers.etag, etag)
      }
    })

    await t.test('says that a table came late only where it was published after it began', async (t) => {
      const { text } = (await explain(allocation.id))
        .json()
        .lines.find((line: Line) => line.figures?.publishedOn !== undefined)
      t.match(text, /^It was published on \d+ \w+ 20\d\d, after the day it came into force\./)
      t.match(text, 'A test.')
    })

    await t.test('of someone not eligible says so, without an amount', async (t) => {
      const eligibility = {
        eligible: false,
        outcomesNotMet: [],
        wellbeingImpact: false,
        decidedOn: '2026-05-01',
      }
      const { short, lines } = (await explain((await record({ eligibility })).allocation.id)).json()
      t.match(short[0], { part: 'figure', text: /do not meet the national rules/ })
      t.ok(lines.every(({ section }: Line) => section !== 'sum' && section !== 'contingency'))
    })

    await t.test('of what is referred shows its figure and the reason', async (t) => {
      const much = {
        answers: { washing: 'much', company: 'much', money: 'much' },
        weightings: { two_people: 'yes' },
      }
      const all = (await explain((await record(much)).allocation.id, { accept: 'text/plain' })).body
      t.match(all, /£30,000/)
      t.match(
        squeezed(all),
        /£30,000 a year is not what you need: your points are above the top of our table\./,
      )
    })

    await t.test('says by what it is superseded, and is another explanation from then on', async (t) => {
      const before = await explain(allocation.id)
      t.ok(before.json().lines.every(({ section }: Line) => section !== 'supersession'))
      const correction = { assessmentRef: assessment.assessmentRef, revision: 2 }
      const next = await record(
        { otherNeeds: true, ...correction },
        `/v1/assessments/${assessment.id}/corrections`,
      )
      const after = await explain(allocation.id, { 'if-none-match': String(before.headers.etag) })
      t.equal(after.statusCode, 200)
      const said = after.json().lines.filter(({ section }: Line) => section === 'supersession')
      t.ok(said.length > 0)
      t.ok(JSON.stringify(said).includes(next.allocation.id), 'and names it')
    })

    await t.test('of what is not there is not found', async (t) => {
      refused(t, await explain('019a8f6e-3c1d-7f00-8a2b-5d6c7e8f9a0b'), 'not-found')
      const beta = await service.authority('beta')
      refused(t, await get(service, beta.author, `/v1/allocations/${allocation.id}/explanation`), 'not-found')
    })
  })
})

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}
