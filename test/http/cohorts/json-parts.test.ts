// A cohort in JSON comes in parts too, beside files; a list that is too large for a body is told how it can be sent.
import { randomUUID } from 'node:crypto'
import { withService } from '../../support/folder.ts'
import { asAdmin, publish } from '../../support/service.ts'
import { get, post, refused, smallAnswers, smallQuestionnaire } from '../driver.ts'

export const tests = withService(import.meta, async (t, service) => {
  const avon = await service.authority('avon')
  await publish(service, avon, 'questionnaires', smallQuestionnaire)

  const COHORT = { title: 'In parts', questionnaire: { key: 'small', version: 1 }, weeksPerYear: '52' }
  const plain = (n: number) => ({ ref: `P-${n}`, userGroup: 'adults', points: '10', costAnnual: '100' })
  const begin = async (rows: object[]) => {
    const answer = await post(service, avon.author, '/v1/cohorts', { ...COHORT, rows })
    t.equal(answer.statusCode, 201, answer.body)
    return answer.json<{ id: string }>().id
  }
  const add = (id: string, rows: object[]) => post(service, avon.author, `/v1/cohorts/${id}/parts`, { rows })

  t.test('lists are added part by part, files between them, and a reference comes in once', async (t) => {
    const id = await begin([plain(1), plain(2)])
    const { userGroup, ...answered } = smallAnswers
    const second = await add(id, [
      plain(2),
      { ref: 'P-3', userGroup, ...answered, costAnnual: '5' },
      plain(4),
    ])
    t.match(second.json(), { accepted: 4, rejected: 1, parts: [{ part: 1 }, { part: 2, rows: 3 }] })
    const file = await service.request({
      method: 'POST',
      url: `/v1/cohorts/${id}/parts`,
      headers: { ...avon.author, 'content-type': 'text/csv', 'idempotency-key': randomUUID() },
      payload: 'ref,userGroup,points,costAnnual\nP-4,adults,1,1\nP-5,adults,1,1',
    })
    t.match(file.json(), { accepted: 5, rejected: 2 })
    t.match((await add(id, [plain(5), plain(6)])).json(), { accepted: 6, rejected: 3, parts: { length: 4 } })
    const { data } = (await get(service, avon.author, `/v1/cohorts/${id}/rejections`)).json()
    t.strictSame(
      data.map(({ part, line }: { part: number; line: number }) => `${part}:${line}`),
      ['2:1', '3:2', '4:1'],
    )
    t.match((await post(service, avon.author, `/v1/cohorts/${id}/seal`, {})).json(), { state: 'sealed' })
    refused(t, await add(id, [plain(7)]), 'cohort-sealed')
  })

  t.test('characteristics are declared in the body; what is not declared is rejected by row', async (t) => {
    const sex = { key: 'sex', title: 'Sex', values: [{ key: 'female', title: 'Women' }] }
    const beside = { characteristics: [sex], collectedFrom: '2025-10-01', collectedBefore: '2026-01-01' }
    const rows = ['female', 'male', 'Female'].map((value, i) => ({
      ...plain(i),
      characteristics: { sex: value },
    }))
    const answer = await post(service, avon.author, '/v1/cohorts', { ...COHORT, ...beside, rows })
    t.match(answer.json(), { ...beside, accepted: 1, rejected: 2 })
    const { id } = answer.json()
    t.same((await get(service, avon.author, `/v1/cohorts/${id}`)).json(), answer.json())
    const { data } = (await get(service, avon.author, `/v1/cohorts/${id}/rejections`)).json()
    t.strictSame(
      data.map(({ line, reasons }: { line: number; reasons: { code: string }[] }) => [
        line,
        reasons[0]?.code,
      ]),
      [
        [2, 'characteristic-not-declared'],
        [3, 'characteristic-malformed'],
      ],
    )
    const twice = { ...COHORT, characteristics: [sex, { ...sex, values: [...sex.values, ...sex.values] }] }
    const refusal = await post(service, avon.author, '/v1/cohorts', { ...twice, rows: [plain(1)] })
    refused(t, refusal, 'request-invalid', [
      'key-duplicate /characteristics/1/key',
      'key-duplicate /characteristics/1/values/1/key',
    ])
    const dates = { ...COHORT, collectedFrom: '2026-01-01', collectedBefore: '2026-01-01', rows: [plain(1)] }
    refused(t, await post(service, avon.author, '/v1/cohorts', dates), 'request-invalid', [
      'value-range /collectedBefore',
    ])
  })

  t.test('as many rows as the document says fit into one list', async (t) => {
    t.match((await add(await begin([plain(0)]), rowsTo(2_000))).json(), { accepted: 2_001, rejected: 0 })
  })

  t.test('a list that is too large is refused with what to do instead', async (t) => {
    const id = await begin([plain(0)])
    const advice = /POST \/v1\/cohorts\/\{id\}\/parts.* text\/csv, with up to 50,000 rows/
    const long = rowsTo(10).map((row) => ({ ...row, ref: 'P'.repeat(30_000) }))
    for (const send of [
      (rows: object[]) => post(service, avon.author, '/v1/cohorts', { ...COHORT, rows }),
      (rows: object[]) => add(id, rows),
    ]) {
      const heavy = await send(long)
      refused(t, heavy, 'body-too-large')
      t.match(heavy.json().detail, advice)
      const many = await send(rowsTo(2_400))
      const [fault] = many.json().errors
      t.match(fault, { code: 'body-too-many-tokens', pointer: /^\/rows\/22\d\d/ })
      refused(t, many, 'body-malformed', [`body-too-many-tokens ${fault.pointer}`])
      t.match(many.json().detail, advice)
    }
    const other = await post(service, avon.author, '/v1/assessments', { long })
    t.notMatch(other.json().detail, advice, 'other bodies have no parts')
    refused(t, await add(id, [{ ref: 1 }]), 'request-invalid', ['value-type /rows/0/ref'])
  })

  t.test('a cohort is full with 100 parts, or with a million rows', async (t) => {
    const id = await begin([plain(1)])
    await pretend(id, 2, 99, 1)
    const last = await add(id, [plain(200)])
    t.match(last.json(), { parts: { length: 100 } })
    const more = await add(id, [plain(201)])
    refused(t, more, 'cohort-full')
    t.match(more.json().detail, '100 parts')
    const large = await begin([plain(1)])
    await pretend(large, 2, 2, 999_998)
    t.equal((await add(large, [plain(2)])).statusCode, 201)
    const beyond = await add(large, [plain(3)])
    refused(t, beyond, 'cohort-full')
    t.match(beyond.json().detail, '1000000 rows and this part 1')
  })

  function rowsTo(count: number) {
    return Array.from({ length: count }, (_, i) => plain(i + 1))
  }

  /** Parts as if they had been sent: what a hundred requests, or a million rows, would take too long for. */
  async function pretend(id: string, from: number, to: number, rows: number): Promise<void> {
    await asAdmin(
      service.adminUrl,
      `insert into openras.event (authority_id, event_id, facet_id, about, place, envelope)
       select e.authority_id, gen_random_uuid(), e.facet_id, e.event_id, 'part/' || n, jsonb_set(e.envelope::jsonb,
         '{facts,cohort,parts}', (e.envelope::jsonb #> '{facts,cohort,parts}') || (
           select jsonb_agg(jsonb_build_object('part', one, 'sha256', repeat('0', 64), 'accepted', 0,
             'rejected', $4::int, 'rows', $4::int, 'recordedAt', now()))
           from generate_series($2::int, n) one))::text
       from openras.event e, generate_series($2::int, $3::int) n where e.event_id = $1`,
      [id, from, to, rows],
    )
  }
})
