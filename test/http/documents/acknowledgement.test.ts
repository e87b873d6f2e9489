// A publisher publishes with open eyes: each warning of the draft is named, or publication is refused, after all that
// nobody could acknowledge.
import { randomUUID } from 'node:crypto'
import { withService } from '../../support/folder.ts'
import { acknowledging, asAdmin } from '../../support/service.ts'
import { changedTable, get, post, put, refused, smallIntake, withSmall } from '../driver.ts'

type Warning = { code: string; pointer: string; detail: string; figures?: object }

const codes = (warnings: readonly Warning[]) => warnings.map(({ code }) => code)

/** What the small table warns of: nobody has looked at anything, and it begins in the past. */
const SMALL = [
  'no-impact-report',
  'no-equality-analysis',
  'no-consultation',
  'no-cap',
  'backdated',
  'fits-badly',
]

export const tests = withService(import.meta, (t, service) => {
  t.test('the warnings of a draft', async (t) => {
    const alpha = await withSmall(service, 'alpha')
    const { author, publisher } = alpha
    const tables = '/v1/calibration-tables'
    const publish = (who: Headers, address: string, body: object, etag = '"r1"') =>
      post(service, who, `${address}/publication`, body, { 'if-match': etag })

    await t.test('are told in every answer about it, and in its retry as at first', async (t) => {
      const key = { 'idempotency-key': randomUUID() }
      const document = changedTable({ key: 'told', effectiveFrom: '2026-05-01' })
      const send = () => post(service, author, tables, document, key)
      const drafted = await send()
      t.strictSame(codes(drafted.json().warnings), SMALL)
      t.match(
        drafted.json().warnings.find(({ code }: Warning) => code === 'backdated'),
        {
          pointer: '/effectiveFrom',
          figures: { allocations: 0 },
        },
      )
      const address = String(drafted.headers.location)
      await post(service, author, '/v1/assessments', smallIntake({ assessedOn: '2026-05-02' }))
      const again = (await get(service, author, address, { 'if-none-match': '"r1"' })).json()
      const backdated = again.warnings.find(({ code }: Warning) => code === 'backdated')
      t.strictSame(backdated.figures, { allocations: 1 }, 'found anew by whoever gets it')
      t.equal((await send()).body, drafted.body)
      const later = changedTable({
        key: 'told',
        effectiveFrom: '2190-01-01',
        cap: { amountAnnual: '30000.00' },
      })
      const replaced = await put(service, author, address, later, { 'if-match': '"r1"' })
      t.strictSame(
        codes(replaced.json().warnings),
        SMALL.filter((code) => !['no-cap', 'backdated'].includes(code)),
      )
      t.strictSame(replaced.json().lifecycle.warnings, [], 'they are not those of a publication')
    })

    await t.test('must be named, after all that publication refuses', async (t) => {
      const bad = changedTable({ key: 'bad', weeksPerYear: '54', effectiveFrom: '2026-06-01' })
      const address = String((await post(service, author, tables, bad)).headers.location)
      const wrong = { reports: { impact: '0'.repeat(64), equality: null } }
      refused(t, await publish(author, address, wrong), 'publisher-is-drafter')
      refused(t, await publish(publisher, address, wrong), 'not-publishable', [
        'weeks-per-year-out-of-range /weeksPerYear',
      ])
      const good = changedTable({ key: 'bad', effectiveFrom: '2026-06-01' })
      await put(service, author, address, good, { 'if-match': '"r1"' })
      refused(t, await publish(publisher, address, wrong, '"r2"'), 'report-changed')
      const all = SMALL.map((code) => `${code} /acknowledges` as `no-cap ${string}`)
      for (const body of [
        {},
        { acknowledges: [] },
        { acknowledges: ['people-outside', 'no_cap', 'no-table'] },
      ])
        refused(t, await publish(publisher, address, body, '"r2"'), 'warning-not-acknowledged', all)
      const most = SMALL.filter((code) => code !== 'no-cap')
      const missing = await publish(publisher, address, { acknowledges: most }, '"r2"')
      refused(t, missing, 'warning-not-acknowledged', ['no-cap /acknowledges'])
      t.match(missing.json().errors[0].detail, /Give a cap/, 'and what clears it')
      const seen = { acknowledges: [...SMALL, 'people-outside'] }
      const published = await publish(publisher, address, seen, '"r2"')
      t.equal(published.statusCode, 201, published.body)

      await t.test('and stand beside the published version, for everybody', async (t) => {
        const { lifecycle, ...rest } = (await get(service, author, address)).json()
        t.notOk('warnings' in rest)
        t.strictSame(codes(lifecycle.warnings), SMALL)
        t.strictSame(published.json().lifecycle, lifecycle)
        const open = await service.request({ url: address.replace('/v1/', `/public/${alpha.id}/`) })
        t.strictSame(open.json().lifecycle.warnings, lifecycle.warnings)
        const [{ facts } = {}] = await asAdmin(
          service.adminUrl,
          `select envelope::jsonb -> 'facts' as facts from openras.event
           where authority_id = $1 and envelope::jsonb ->> 'kind' = 'calibration-table-published'
             and envelope::jsonb #>> '{facts,key}' = 'bad'`,
          [alpha.id],
        )
        t.match(facts, {
          acknowledges: seen.acknowledges,
          reports: null,
          warnings: SMALL.map((code) => ({ code })),
        })
      })
    })

    await t.test('that came since are told to whoever did not know', async (t) => {
      const document = changedTable({ key: 'since', effectiveFrom: '2190-06-01' })
      const drafted = await post(service, author, tables, document)
      const address = String(drafted.headers.location)
      const known = acknowledging(drafted.json())
      await put(service, author, address, { ...document, reviewBy: '2026-03-31' }, { 'if-match': '"r1"' })
      refused(t, await publish(publisher, address, known, '"r2"'), 'warning-not-acknowledged', [
        'past-its-year-at-birth /acknowledges',
      ])
      refused(t, await publish(publisher, address, known), 'revision-changed')
    })

    await t.test('are asked for in their form', async (t) => {
      const drafted = await post(service, author, tables, changedTable({ key: 'form' }))
      const address = String(drafted.headers.location)
      for (const [body, fault] of [
        [{ acknowledges: 'no-cap' }, 'value-type /acknowledges'],
        [{ acknowledges: ['No cap'] }, 'value-format /acknowledges/0'],
        [{ reports: { impact: 'x', equality: null } }, 'value-format /reports/impact'],
        [{ reports: { impact: '0'.repeat(64) } }, 'field-missing /reports/equality'],
      ] as const)
        refused(t, await publish(publisher, address, body), 'request-invalid', [fault])
      const questionnaire = '/v1/questionnaires/small/versions/1'
      const other = await publish(publisher, questionnaire, { acknowledges: [] })
      refused(
        t,
        other,
        'request-invalid',
        ['field-unknown /acknowledges'],
        'a questionnaire warns of nothing',
      )
    })
  })
})

type Headers = Readonly<Record<string, string>>
