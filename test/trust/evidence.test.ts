// What a running service has recorded, written out as a bundle: both the log and its figures hold for an outsider. The
// service signs nothing and exports nothing itself yet, so the key and the lines are the test's.
import { randomUUID } from 'node:crypto'
import { sourceOf } from '../../packages/verifier/src/lines.ts'
import { type Asked, verifyBundle } from '../../packages/verifier/src/verify.ts'
import { checkpointLine, entryLine, headLine } from '../../src/domain/log/bundle.ts'
import { vkeyOf } from '../../src/domain/log/note.ts'
import { finished } from '../support/evidence.ts'
import { withService } from '../support/folder.ts'
import { asAdmin, intake, record, type TestService } from '../support/service.ts'
import { logKey, logOf, ORIGIN } from '../verifier/logs.ts'

type Row = {
  readonly event: string
  readonly envelope: string
  readonly nonce: Buffer | null
  readonly refs: string | null
  readonly body: string | null
  readonly document: string | null
}

export const tests = withService(import.meta, async (t, service) => {
  const authority = await service.authority('avon', { sampled: true })
  const first = await record(service, authority, intake({ assessmentRef: 'A-1' }))
  t.equal(first.statusCode, 201)
  const { assessment } = first.json<{ readonly assessment: { readonly id: string } }>()
  const corrected = await service.request({
    method: 'POST',
    url: `/v1/assessments/${assessment.id}/corrections`,
    headers: { ...authority.author, 'idempotency-key': randomUUID() },
    payload: intake({ assessmentRef: 'A-1', revision: 2, otherNeeds: true }),
  })
  t.equal(corrected.statusCode, 201)
  await service.sequenced()
  const rows = await recordedBy(service, authority.id)
  const key = vkeyOf(logKey(0).key)
  const found = (recorded: readonly Row[], asked: Omit<Asked, 'key'> = {}) =>
    verifyBundle(sourceOf(Buffer.from(bundleOf(authority.id, recorded))), { key, replay: true, ...asked })

  await t.test('a whole log is good, and its allocations come to the same penny', async (t) => {
    t.equal(rows.length, 10, 'four drafts, their publications, an assessment and its correction')
    t.match(found(rows), {
      verdict: 'good',
      told: [/^log .* entries under a checkpoint/, /^root/, /^2 allocations computed again/],
    })
  })

  await t.test('a figure that was changed in its row is found, and where', async (t) => {
    const at = rows.findIndex(({ body }) => body?.includes('"amountAnnual":"13641.22"'))
    const changed = (name: 'body' | 'envelope') =>
      rows.map((row, i) =>
        i === at ? { ...row, [name]: row[name]?.replace('13641.22', '93641.22') ?? '' } : row,
      )
    t.match(found(changed('body')), { verdict: 'tampered', index: at, what: /The part body is not the one/ })
    t.match(found(changed('envelope')), {
      verdict: 'tampered',
      index: at,
      what: /computed|not what its documents/,
    })
    const held = logOf(rows.map(entry), []).noteAt(rows.length)
    t.match(found(changed('envelope'), { replay: false, held: [held] }), {
      verdict: 'tampered',
      what: /had another root when the note was kept/,
    })
  })
})

async function recordedBy(service: TestService, authority: string): Promise<readonly Row[]> {
  const sql = `select e.event_id as event, e.envelope, p.nonce, p.refs, p.body, d.content as document
    from openras.log_entry l
    join openras.event e using (authority_id, event_id)
    left join openras.payload p using (authority_id, event_id)
    left join openras.document d using (authority_id, event_id)
    where authority_id = $1 order by l.log_index`
  return (await asAdmin(service.adminUrl, sql, [authority])) as Row[]
}

function partsOf({ refs, body }: Row) {
  return { ...(refs === null ? {} : { refs }), ...(body === null ? {} : { body }) }
}

function entry(row: Row) {
  const { event, envelope, nonce, document } = row
  return { event, envelope, nonce: nonce ?? Buffer.alloc(0), parts: partsOf(row), document, erasedBy: null }
}

/** As if the log had come to be with these rows: every hash and signature fits. */
function bundleOf(authority: string, rows: readonly Row[]): string {
  const lines = rows.map((row, index) => {
    const { envelope, nonce, document } = row
    const parts = partsOf(row)
    return entryLine({
      index,
      envelope,
      ...(nonce === null || Object.keys(parts).length === 0 ? {} : { payload: { nonce, ...parts } }),
      ...(document === null ? {} : { document }),
    })
  })
  const note = logOf(rows.map(entry), []).noteAt(rows.length)
  return finished([headLine({ authority, origin: ORIGIN, kind: 'log' }), ...lines, checkpointLine(note)])
}
