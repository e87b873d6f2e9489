// What docs/problems.md promises of messages: nothing that was sent about a person is repeated, wherever it stands, and
// what is published is named at once.
import type { Test } from 'tap'
import { withService } from '../../support/folder.ts'
import { publish } from '../../support/service.ts'
import {
  type Answer,
  changedTable,
  estimateOf,
  get,
  type Headers,
  post,
  refused,
  smallIntake,
  withSmall,
} from '../driver.ts'

/** Of every kind that a place may take, well formed or not; each can be found again. */
const MARKED: readonly unknown[] = [
  'zq7mark',
  'Zq7 Mark',
  'zq7'.repeat(100),
  '2187-04-17',
  '1917-04-17',
  '71904.17',
  7190417,
  417.25,
  ['zq7mark'],
  { zq7field: 'zq7mark' },
  null,
]
const MARK = /zq7|2187|1917|71904|417/i

/** An intake with one place after another marked in each way. */
function* marked(value: unknown, mark: unknown): Generator<unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, member] of Object.entries(value))
      for (const changed of marked(member, mark)) yield { ...value, [key]: changed }
    yield { ...value, zq7more: mark }
  }
  yield mark
}

/** What a refusal says in words. Pointers name fields, and the path is that of the request. */
function wordsOf(answer: Answer): readonly string[] {
  const { title, detail, errors } = answer.json()
  return [title, detail, ...errors.map((fault: { detail: string }) => fault.detail)]
}

function repeatsNothing(t: Test, answer: Answer, why: string): number {
  if (answer.statusCode < 400) return 0
  for (const words of wordsOf(answer)) if (MARK.test(words)) t.fail(`${why}: ${words}`)
  return 1
}

export const tests = withService(import.meta, async (t, service) => {
  const alpha = await withSmall(service, 'alpha')

  t.test('no place of a body is repeated', async (t) => {
    const carer = { willingAndAble: true, support: { washing: 'half', company: 'all' } }
    const whole = smallIntake({ carer, ageBand: '75-84', teamRef: 'T-1', currentCostAnnual: '1.00' })
    let refusals = 0
    for (const mark of MARKED) {
      for (const payload of marked(whole, mark)) {
        const body = JSON.stringify(payload)
        const headers = {
          ...alpha.author,
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        }
        const answer = await service.request({
          method: 'POST',
          url: '/v1/assessments',
          headers,
          payload: body,
        })
        refusals += repeatsNothing(t, answer, body)
      }
    }
    t.ok(refusals > 200, `${refusals} refusals`)
  })

  t.test('what stands beside a correction or is there already is not repeated', async (t) => {
    const intake = smallIntake({ assessmentRef: 'zq7-1', personRef: 'zq7-person', revision: 4170 })
    const first = await post(service, alpha.author, '/v1/assessments', intake)
    t.equal(first.statusCode, 201, first.body)
    const corrections = `${first.headers.location}/corrections`
    const asked = [
      ['/v1/assessments', {}, 'assessment-already-recorded'],
      ['/v1/assessments', { revision: 4171 }, 'another-revision-recorded'],
      [corrections, { personRef: 'zq7-other' }, 'correction-person-differs'],
      [corrections, { assessmentRef: 'zq7-other' }, 'correction-reference-differs'],
      [corrections, { revision: 417 }, 'correction-revision-lower'],
      [corrections, { assessedOn: '2187-04-17', revision: 4171 }, 'assessed-in-the-future'],
      ['/v1/assessments', { assessmentRef: 'S-0', personRef: '9434765919' }, 'request-invalid'],
    ] as const
    for (const [url, change, code] of asked) {
      const answer = await post(service, alpha.author, url, { ...intake, ...change })
      t.equal(answer.json().code, code, answer.body)
      repeatsNothing(t, answer, code)
      for (const words of wordsOf(answer)) t.notMatch(words, '9434765919')
    }
    const again = (await post(service, alpha.author, '/v1/assessments', intake)).json()
    t.match(
      again.detail,
      /address in Location.*followed by \/corrections\.$/,
      'it says where it is and how to correct it',
    )
  })

  t.test('a figure above the table says nothing of the points', async (t) => {
    const beta = await withSmall(service, 'beta', { table: false })
    const knots = [
      { points: '0.00', amountAnnual: '0.00' },
      { points: '9.00', amountAnnual: '9000.00' },
    ]
    const low = changedTable({
      aboveLast: 'refuse',
      curves: [{ userGroups: 'all', interpolation: 'linear', knots }],
    })
    await publish(service, beta, 'calibration-tables', low)
    const answer = await post(service, beta.author, '/v1/estimates', estimateOf(smallIntake()))
    refused(t, answer, 'points-above-table')
    t.notMatch(answer.json().detail, /12\.5/)
  })

  t.test('neither is what stands in a query, a header or an address', async (t) => {
    const who = alpha.author
    const answers = [
      ...['cursor', 'limit', 'outcome', 'zq7mark'].map((name) => `/v1/allocations?${name}=zq7mark`),
      '/v1/feed?after=zq7mark',
      '/v1/allocations/zq7mark',
      '/v1/estimates?zq7mark=zq7mark',
      '/v1/calibration-tables/in-force?questionnaire=zq7mark&on=1917-04-17',
      '/v1/zq7mark',
    ].map((url) => get(service, who, url))
    const heads: readonly Headers[] = [
      { ...who, 'idempotency-key': 'zq7 mark' },
      { ...who, 'content-type': 'text/zq7mark' },
      { ...who, 'content-encoding': 'zq7mark' },
      { authorization: 'Bearer zq7mark' },
      { authorization: 'zq7mark' },
    ]
    const posted = heads.map((headers) =>
      service.request({
        method: 'POST',
        url: '/v1/assessments',
        headers: { 'content-type': 'application/json', ...headers },
        payload: JSON.stringify(smallIntake()),
      }),
    )
    const matching = post(
      service,
      who,
      '/v1/questionnaires/small/versions/1/publication',
      {},
      { 'if-match': 'zq7mark' },
    )
    for (const answer of await Promise.all([...answers, ...posted, matching])) {
      t.ok(answer.statusCode >= 400, answer.body)
      repeatsNothing(t, answer, answer.body)
    }
    const accepting = await get(service, who, '/problems/busy', { accept: 'image/zq7mark' })
    refused(t, accepting, 'not-acceptable')
    repeatsNothing(t, accepting, 'accept')
  })

  t.test('nor a row of a cohort, its columns or its title', async (t) => {
    const query = 'questionnaire=small&questionnaireVersion=1&weeksPerYear=52&title=zq7mark'
    const file = (payload: string, rest = query) =>
      service.request({
        method: 'POST',
        url: `/v1/cohorts?${rest}`,
        headers: { ...alpha.author, 'content-type': 'text/csv', 'idempotency-key': crypto.randomUUID() },
        payload,
      })
    for (const payload of [
      'zq7mark,71904',
      'ref,ref\n',
      'ref,userGroup\n"zq7mark',
      'zq7mark;71904',
      '"zq7mark"x',
    ])
      t.equal(repeatsNothing(t, await file(payload), payload), 1, payload)
    for (const rest of [
      `${query}&seal=zq7mark`,
      query.replace('small', 'zq7mark'),
      query.replace('52', '417'),
    ])
      t.equal(repeatsNothing(t, await file('ref,userGroup\nA,b', rest), rest), 1, rest)
    const row = 'zq7mark,zq7group,71904.175,£71904,zq7 often,zq7band,zq7 §,71904.123456'
    const accepted = await file(`ref,userGroup,points,costAmount,costFrequency,ageBand,team,weight\n${row}\n`)
    t.match(accepted.json(), { rejected: 1 }, accepted.body)
    const rejections = await get(service, alpha.author, `${accepted.headers.location}/rejections`)
    t.ok(rejections.json().data[0].reasons.length > 5, rejections.body)
    t.notMatch(rejections.body, MARK)
  })

  t.test('an answer by its label or a number is told the options at once', async (t) => {
    const answers = { washing: 'Some help', company: 3, money: 'some' }
    const expected = 'Unknown option; expected one of: none, some, much. Choose one of these.'
    for (const [url, body] of [
      ['/v1/estimates', estimateOf(smallIntake({ answers }))],
      [`/public/${alpha.id}/estimates`, estimateOf(smallIntake({ answers }))],
      ['/v1/assessments', smallIntake({ answers })],
    ] as const) {
      const answer = await post(service, alpha.author, url, body)
      refused(t, answer, 'request-invalid', ['value-format /answers/washing', 'value-type /answers/company'])
      for (const { detail } of answer.json().errors) t.equal(detail, expected)
    }
    const unpublished = await post(service, alpha.author, '/v1/estimates', {
      ...estimateOf(smallIntake({ answers })),
      questionnaire: { key: 'other', version: 1 },
    })
    t.match(
      unpublished.json().errors[0].detail,
      /expected a key/,
      'where the questionnaire is not known, the form is told',
    )
  })

  t.test('sections without questions are told to be sent empty', async (t) => {
    const { weightings: _, addOns: _1, ...without } = estimateOf(smallIntake())
    const answer = await post(service, alpha.author, '/v1/estimates', without)
    refused(t, answer, 'request-invalid', ['field-missing /weightings', 'field-missing /addOns'])
    t.match(answer.json().errors[0].detail, /expected an answer to each of: two_people\. Add it\.$/)
    const unknown = await post(service, alpha.author, '/v1/estimates', {
      ...without,
      questionnaire: { key: 'other', version: 1 },
    })
    t.match(unknown.json().errors[0].detail, /Add it, as \{\} if there are none\.$/)
  })
})
