// The database does not trust its application: whatever is given to the one door as an event, what does not follow from
// what is stored, or is not what its envelope says, is refused by name, and nothing of it stays.
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { canonicalJson, contentHash } from '../../src/domain/log/canonical.ts'
import { asAdmin } from '../support/admin.ts'
import { append, draftGiven, entryOf, type Given } from '../support/entries.ts'
import { withService } from '../support/folder.ts'
import { contentsOf } from './catalogue.ts'
import { connect } from './connections.ts'
import { populate } from './populated.ts'

export const tests = withService(
  import.meta,
  async (t, service) => {
    const avon = await populate(service, 'avon')
    const client = await connect(t, service.applicationUrl)
    const one = async (where: string): Promise<Row> => {
      const [row] = await asAdmin(
        service.adminUrl,
        `select e.event_id as id, e.about, e.envelope, p.refs, p.body, d.content, d.revision
         from openras.event e join openras.facet f using (authority_id, facet_id)
         left join openras.payload p using (authority_id, event_id)
         left join openras.document d using (authority_id, event_id)
         where e.authority_id = $1 and ${where} order by e.event_id desc limit 1`,
        [avon.id],
      )
      if (row === undefined) throw new Error(`avon has none where ${where}`)
      return row as unknown as Row
    }
    const outcomeOf = async (given: Given, change: Partial<ReturnType<typeof entryOf>> = {}) =>
      append(client, avon.id, { ...entryOf(avon.id, given), ...change }).then(
        () => 'stored',
        (error: pg.DatabaseError) => error.code,
      )
    const factsOf = ({ envelope }: Row) => (JSON.parse(envelope) as { facts: object }).facts
    const refused = async (t: Tap, cases: Readonly<Record<string, readonly [string, Given, object?]>>) => {
      const before = await contentsOf(service.adminUrl)
      for (const [what, [code, given, change = {}]] of Object.entries(cases))
        t.equal(await outcomeOf(given, change), code, what)
      t.same(await contentsOf(service.adminUrl), before, 'and nothing of it stays')
    }

    const drafted = await one(`d.kind = 'calibration-table' and d.key = '${avon.draftKey}'`)
    const allocated = await one("f.kind = 'assessment-allocated'")
    const { table } = factsOf(allocated) as Intake
    const published = await one(
      `d.kind = 'calibration-table' and d.state = 'published' and d.key = '${table.key}'`,
    )
    const corrected = await one("f.kind = 'assessment-corrected'")
    const cohort = await one("f.kind = 'cohort-uploaded'")
    const run = await one("f.kind = 'calibration-run-requested'")
    const asked = await one("f.kind = 'calibration-table-withdrawal-asked'")

    t.test('an event is refused that is not what its kind asks for', async (t) => {
      const draft = draftGiven()
      const given = entryOf(avon.id, draft)
      const changed = (change: object) => ({
        envelope: canonicalJson({ ...JSON.parse(given.envelope), ...change }),
      })
      await refused(t, {
        'no JSON': ['22P02', draft, { envelope: '{' }],
        'no object': ['OR003', draft, { envelope: '[]' }],
        'another member': ['OR003', draft, changed({ more: 1 })],
        'another version': ['OR003', draft, changed({ v: 1 })],
        'another authority': ['OR003', draft, changed({ authority: 'bede' })],
        'no kind there is': ['OR003', draft, changed({ kind: 'table-forged' })],
        'nobody acted': ['OR003', draft, changed({ actor: { client: 'c', subject: '' } })],
        'an answer to nothing': ['OR003', draft, changed({ about: allocated.id, place: 'correction' })],
        'a part that it has not': ['OR003', draft, { body: '{}' }],
        'no nonce': ['OR003', draft, { nonce: null }],
        'a key without a fingerprint': ['OR003', draft, { key: 'k' }],
        'of the year 2000': ['OR002', { ...draft, at: '2000-01-01T00:00:00.000Z' }],
        'of the year 2040': ['OR002', { ...draft, at: '2040-01-01T00:00:00.000Z' }],
        'under an id of another day': [
          'OR002',
          { ...draft, eventId: '019a0000-0000-7000-8000-000000000001' },
        ],
        'under an id that is taken': ['23505', { ...draft, eventId: drafted.id }],
      })
    })

    t.test('an assessment is refused that is not what its envelope commits to, or adds up to', async (t) => {
      const { refs, body } = allocated
      const facts = factsOf(allocated) as Intake
      const good: Given = {
        kind: 'assessment-allocated',
        facts,
        parts: {
          body: String(body),
          refs: canonicalJson({ ...JSON.parse(String(refs)), assessmentRef: 'fresh' }),
        },
        key: randomUUID(),
      }
      await refused(t, {
        'another body': ['OR003', good, { body: String(body).replace('indicative', 'not-eligible') }],
        'another person': ['OR003', good, { refs: '{"personRef":"another"}' }],
        'another nonce': ['OR003', good, { nonce: Buffer.alloc(32) }],
        'no body': ['OR003', good, { body: null }],
        'no key': ['OR003', good, { key: null, fingerprint: null }],
        'a table that never was': [
          'OR001',
          { ...good, facts: { ...facts, table: { key: 'mine', version: 1 } } },
        ],
        'a draft': ['OR001', { ...good, facts: { ...facts, table: { key: avon.draftKey, version: 1 } } }],
        'more kept back than there is': [
          '23514',
          { ...good, facts: { ...facts, contingencyAnnual: '99999999.00' } },
        ],
        'less than nothing kept back': [
          '23514',
          { ...good, facts: { ...facts, contingencyAnnual: '-1.00' } },
        ],
        'recorded twice': ['23505', { ...good, parts: { body: String(body), refs: String(refs) } }],
        'a second correction': [
          '23505',
          { ...good, kind: 'assessment-corrected', about: { event: allocated.id, place: 'correction' } },
        ],
        'a correction of nothing': [
          'OR003',
          { ...good, kind: 'assessment-corrected', about: { event: randomUUID(), place: 'correction' } },
        ],
        'a correction of a cohort': [
          'OR003',
          { ...good, kind: 'assessment-corrected', about: { event: cohort.id, place: 'correction' } },
        ],
        'a correction in another place': [
          'OR003',
          { ...good, kind: 'assessment-corrected', about: { event: corrected.id, place: 'correction/2' } },
        ],
      })
      t.equal(await outcomeOf(good), 'stored', 'what makes the refusals mean something')
    })

    t.test('a table ten times too dear does not come into force', async (t) => {
      const facts = factsOf(published) as Version
      const dearer = String(published.content).replace('"title":"', '"title":"Tampered ')
      const draft = (change: Partial<Version>, content = dearer): Given => ({
        kind: 'calibration-table-drafted',
        facts: { ...facts, contentHash: contentHash(content), draftedBy: ['author', 'mallory'], ...change },
        content,
        subject: 'mallory',
      })
      const publication = (of: Row, change: object = {}, subject = 'mallory'): Given => {
        const before = factsOf(of) as Version
        const now = { ...before, revision: before.revision + 1, ...change }
        return { kind: 'calibration-table-published', facts: now, key: randomUUID(), subject }
      }
      await refused(t, {
        'a draft after the publication': ['OR004', draft({ revision: facts.revision + 1 })],
        'a draft in its place': ['23505', draft({})],
        'a draft around it': ['OR004', draft({ revision: facts.revision + 2 })],
        'revision 0': ['23514', draft({ revision: 0 })],
        'a version that leaves one out': [
          'OR004',
          draft({ version: facts.version + 2, revision: 1, draftedBy: ['mallory'] }),
        ],
        'another text than its hash': ['OR003', { ...draft({}), content: `${dearer} ` }],
        'a draft without a text': ['OR003', { ...draft({}), content: undefined } as unknown as Given],
        'a draft that hides who drafted it': [
          'OR003',
          draft({ revision: facts.revision + 1, draftedBy: ['mallory'] }),
        ],
        'a questionnaire that says it is a table': ['OR003', { ...draft({}), kind: 'questionnaire-drafted' }],
        'a publication of what nobody drafted': ['OR004', publication(drafted, { key: 'never-drafted' })],
        'a publication of a publication': ['OR004', publication(published)],
        'a publication of another text': [
          'OR003',
          publication(drafted, { contentHash: contentHash(dearer) }),
        ],
        'a publication that brings its text': ['OR003', { ...publication(drafted), content: dearer }],
        'a publication by who drafted it': ['OR005', publication(drafted, {}, 'author')],
        'reports of what is published': [
          'OR003',
          {
            kind: 'table-reports-made',
            about: { event: published.id, place: 'reports' },
            facts,
            parts: { body: '{}' },
            key: 'r',
          },
        ],
      })
    })

    t.test('a withdrawal takes two persons, and a table that has priced nobody', async (t) => {
      const ask = (event: string): Given => ({
        kind: 'calibration-table-withdrawal-asked',
        about: { event, place: 'withdrawal' },
        facts: {},
        key: randomUUID(),
      })
      const approve = (event: string, subject: string): Given => ({
        kind: 'calibration-table-withdrawn',
        about: { event, place: 'approval' },
        facts: {},
        key: randomUUID(),
        subject,
      })
      await refused(t, {
        'of a draft': ['OR003', ask(drafted.id)],
        'of a table that has priced': ['OR006', ask(published.id)],
        'asked twice': ['23505', ask(String(asked.about))],
        'approved by who asked': ['OR005', approve(asked.id, 'author')],
        'approved where nobody asked': ['OR003', approve(published.id, 'publisher')],
      })
    })

    t.test('a cohort goes on in order and ends once, and so does a run', async (t) => {
      const facts = factsOf(cohort)
      const part = (place: string, event = cohort.id): Given => ({
        kind: 'cohort-part-added',
        about: { event, place },
        facts,
        parts: { body: '' },
        key: randomUUID(),
      })
      const seal: Given = {
        kind: 'cohort-sealed',
        about: { event: cohort.id, place: 'seal' },
        facts,
        key: randomUUID(),
      }
      const ask = (place: string, event = cohort.id): Given => ({
        kind: 'calibration-run-requested',
        about: { event, place },
        facts: {},
        key: randomUUID(),
      })
      await refused(t, {
        'a part of a sealed cohort': ['OR004', part('part/2')],
        'a part before the first': ['OR003', part('part/0')],
        'a part of a run': ['OR003', part('part/2', run.id)],
        'a second seal': ['OR004', seal],
        'a run in the place of another': ['23505', ask(`run/${run.id}`)],
        'a run in no place of its own': ['OR003', ask(`run/${randomUUID()}`)],
        'a run of no cohort': ['OR003', ask(`run/${randomUUID()}`, published.id)],
        'an end of no run': [
          'OR003',
          {
            kind: 'calibration-run-finished',
            about: { event: cohort.id, place: 'end' },
            facts: {},
            parts: { body: '{}' },
          },
        ],
      })
    })

    t.test('the runner that has a run is the only one who goes on with it', async (t) => {
      const [mine, another] = [randomUUID(), randomUUID()]
      const take = async (runner: string, leaseMs: number, id = run.id) => {
        const { rows } = await client.query(
          "select openras.take_run_step($1, $2, $3, $4, 1, 'starting', 0, 1) as taken",
          [avon.id, id, runner, leaseMs],
        )
        return rows[0].taken
      }
      t.equal(await take(mine, 60_000), true)
      t.equal(await take(another, 60_000), false, 'it is another’s')
      t.equal(await take(mine, 0), true, 'who has it may give it back')
      t.equal(await take(another, 60_000), true)
      t.equal(await take(another, 60_000, cohort.id), false, 'and what is no run is nobody’s')
    })
  },
  { sequencer: false },
)

type Tap = {
  equal(found: unknown, wanted: unknown, what: string): void
  same(found: unknown, wanted: unknown, what: string): void
}

type Row = {
  readonly id: string
  readonly about: string | null
  readonly envelope: string
  readonly refs: string | null
  readonly body: string | null
  readonly content: string | null
}

type Intake = { readonly table: { readonly key: string }; readonly contingencyAnnual: string }

type Version = {
  readonly version: number
  readonly revision: number
  readonly contentHash: string
  readonly draftedBy: readonly string[]
}
