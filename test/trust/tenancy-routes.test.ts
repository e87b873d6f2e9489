// No authority infers another's rows (P9): over every route and every kind of id, what is another's answers exactly
// as what never existed. Routes are taken from the OpenAPI document, so a new one is covered the day it is made.
import { randomUUID } from 'node:crypto'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import { example, intake, publish, record, startService } from '../support/service.ts'
import { type Populated, populate } from './populated.ts'

const service = await startService(t)
const avon = await populate(service, 'avon')
const bede = await populate(service, 'bede')
await populate(service, 'calder')
await publish(service, avon, 'questionnaires', {
  ...example('questionnaire-adult'),
  key: 'avon-only',
  title: 'Canary of avon',
})

type Operation = { readonly operationId?: string; readonly security?: unknown[] }
const document = service.app.swagger() as unknown as { paths: Record<string, Record<string, Operation>> }
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    path,
    method: method.toUpperCase(),
    ...operation,
  })),
)

/** Pairs of what is avon's and what nobody ever had, of the same length. */
const pairs = {
  id: [avon.assessmentId, avon.correctionId, avon.allocationId, avon.eventId, avon.cohortId, avon.runId].map(
    (id) => [id, randomUUID()],
  ),
  key: [
    [avon.draftKey, 'nope-draft'],
    ['avon-only', 'nope-only'],
  ],
} as const

t.test('every route answers another’s id as one that never existed', async (t) => {
  let compared = 0
  for (const { path, method } of operations.filter(({ path }) => /\{(id|key)\}/.test(path))) {
    for (const [theirs, nobodys] of path.includes('{id}') ? pairs.id : pairs.key) {
      const asked = [theirs, nobodys].map((id) => ask(method, path, String(id)))
      const [other, never] = await Promise.all(asked)
      t.equal(other?.status, 404, `${method} ${path} ${other?.text}`)
      t.same(other, never, `${method} ${path}`)
      compared += 1
    }
  }
  t.ok(compared >= 30, `${compared} comparisons`)
})

t.test('what is there answers its owner, so that the comparison means something', async (t) => {
  for (const [url, status] of [
    [`/v1/assessments/${avon.assessmentId}`, 200],
    [`/v1/allocations/${avon.allocationId}/explanation`, 200],
    [`/v1/questionnaires/${avon.draftKey}/versions/1`, 200],
    ['/public/avon/questionnaires/avon-only/versions/1/canonical', 200],
    ['/public/bede/questionnaires/avon-only/versions/1/canonical', 404],
    [`/public/avon/questionnaires/${avon.draftKey}/versions/1`, 404],
  ] as const)
    t.equal((await service.request({ url, headers: avon.author })).statusCode, status, url)
})

t.test('questions in query strings and bodies tell nothing of another’s', async (t) => {
  const on = 'on=2026-11-16'
  const tellsNothing = async (
    theirs: InjectOptions,
    nobodys: InjectOptions,
    words: readonly [string, string],
  ) => {
    const [other, never] = await Promise.all([
      service.app.inject({ headers: bede.author, ...theirs }),
      service.app.inject({ headers: bede.author, ...nobodys }),
    ])
    t.same(seen(other, words[0]), seen(never, words[1]), String(theirs.url))
  }
  for (const url of [
    `/v1/calibration-tables/in-force?${on}&questionnaire=`,
    '/v1/allocations?questionnaire=',
    '/v1/allocations?table=',
    `/public/bede/calibration-tables/in-force?${on}&questionnaire=`,
  ])
    await tellsNothing({ url: `${url}avon-only` }, { url: `${url}nope-only` }, ['avon-only', 'nope-only'])
  const nobodys = randomUUID()
  const runsOf = (id: string) => ({ url: `/v1/calibration-runs?cohortId=${id}` })
  await tellsNothing(runsOf(avon.cohortId), runsOf(nobodys), [avon.cohortId, nobodys])
  const search = (personRef: string) =>
    ({ method: 'POST', url: '/v1/allocations/search', payload: { personRef } }) as const
  await tellsNothing(search('avon-person'), search('nope-person'), ['avon-person', 'nope-person'])
  for (const url of ['/v1/estimates', '/public/bede/estimates']) {
    const estimate = (key: string) =>
      ({ method: 'POST', url, payload: { ...estimateBody(), questionnaire: { key, version: 1 } } }) as const
    await tellsNothing(estimate('avon-only'), estimate('nope-only'), ['avon-only', 'nope-only'])
  }
})

t.test('a cursor taken from another’s list shows only one’s own', async (t) => {
  for (const list of ['allocations', 'cohorts', 'calibration-runs']) {
    const mine = await service.request({ url: `/v1/${list}?limit=1`, headers: avon.author })
    const { nextCursor } = mine.json<{ nextCursor: string | null }>()
    t.ok(nextCursor, `avon has more than one of ${list}`)
    const page = await service.request({ url: `/v1/${list}?cursor=${nextCursor}`, headers: bede.author })
    t.equal(page.statusCode, 200)
    mentionsNothingOf(t, avon, page.body)
  }
})

t.test('nothing that may be read without an id mentions another authority', async (t) => {
  const readable = operations.filter(
    ({ method, path }) => method === 'GET' && !/\{(id|key|code)\}/.test(path),
  )
  t.ok(readable.length >= 8)
  for (const { path } of readable) {
    const url = path.replaceAll('{authority}', 'bede')
    for (const query of [
      '',
      '?limit=1000',
      '?after=-1&limit=1000',
      '?status=any',
      '?questionnaire=sample-adult&on=2026-11-16',
    ]) {
      const { body } = await service.app.inject({ url: `${url}${query}`, headers: bede.author })
      mentionsNothingOf(t, avon, body)
    }
  }
})

t.test('the same keys and references in two authorities know nothing of each other', async (t) => {
  const payload = intake({ assessmentRef: 'same', personRef: 'same' })
  const first = await record(service, avon, payload, 'same-key')
  const second = await record(service, bede, { ...payload, otherNeeds: true }, 'same-key')
  t.equal(first.statusCode, 201)
  t.equal(second.statusCode, 201)
  t.notOk(second.headers['idempotency-replayed'])
  const draft = { ...example('questionnaire-adult'), key: 'same' }
  for (const who of [avon, bede, avon]) {
    const headers = { ...who.author, 'idempotency-key': 'same-draft' }
    const drafted = await service.request({
      method: 'POST',
      url: '/v1/questionnaires',
      headers,
      payload: draft,
    })
    t.match(drafted.json(), { key: 'same', version: 1 })
  }
})

t.test('a key opens its own authority only, and a wrong one looks like no key at all', async (t) => {
  const key = avon.author.authorization?.slice('Bearer '.length) ?? ''
  const lent = key.replace('oras_avon_', 'oras_bede_')
  const [, , keyId, secret] = key.split('_')
  const wrong = key.replace(secret ?? '', 'A'.repeat(43))
  const unknown = key.replace(keyId ?? '', '0'.repeat(12))
  const nowhere = key.replace('oras_avon_', 'oras_nope_')
  const answers = []
  for (const one of [lent, wrong, unknown, nowhere, 'oras_', 'x'.repeat(8_000), `${key}x`]) {
    const headers = { authorization: `Bearer ${one}` }
    answers.push(seen(await service.request({ url: '/v1/feed', headers }), ''))
  }
  for (const answer of answers) t.same(answer, answers[0])
  t.match(answers[0], { status: 401 })
  const basic = Buffer.from(`bede:${key}`).toString('base64')
  const feed = await service.request({ url: '/v1/feed', headers: { authorization: `Basic ${basic}` } })
  t.match(feed.body, avon.eventId, 'the name beside a key says nothing')
})

type Seen = { readonly status: number; readonly headers: object; readonly text: string }

async function ask(method: string, path: string, id: string): Promise<Seen> {
  const url = path
    .replaceAll(/\{(id|key)\}/g, id)
    .replaceAll('{version}', '1')
    .replaceAll('{authority}', 'bede')
    .replaceAll('{name}', 'scenario-costs')
    .replaceAll(/\{\w+\}/g, 'x')
    .concat(path.endsWith('/comparison') ? '?on=2026-11-16' : '')
  const headers = {
    ...bede.publisher,
    'idempotency-key': randomUUID(),
    ...(/publication|reports|PUT/.test(`${method} ${path}`) ? { 'if-match': avon.draftEtag } : {}),
  }
  const payload = bodyFor(path, id)
  const options = method === 'GET' ? { method, url, headers } : { method, url, headers, payload }
  return seen(await service.app.inject(options as InjectOptions), id)
}

function bodyFor(path: string, id: string): object {
  if (path.endsWith('/corrections')) return intake({ personRef: 'avon-person', assessmentRef: 'new-ref' })
  if (path.endsWith('/withdrawal')) return { reason: 'A test.' }
  if (/\/(publication|confirmation|reports|application|cancellation|seal)$/.test(path)) return {}
  if (path.endsWith('/parts')) return { rows: [{ ref: 'r', userGroup: 'g', points: '1', costAnnual: '1' }] }
  if (path.endsWith('/draft-table')) return draftTableBody()
  if (path.includes('/calibration-tables')) return { ...example('table-adult'), key: id }
  if (path.includes('/questionnaires')) return { ...example('questionnaire-adult'), key: id }
  return {}
}

function draftTableBody(): object {
  const { title, financialYear, effectiveFrom, weeksPerYear, rationale } = example('table-adult')
  return { method: 'fixed', key: 'from-a-run', title, financialYear, effectiveFrom, weeksPerYear, rationale }
}

function estimateBody(): Record<string, unknown> {
  const {
    assessmentRef: _a,
    revision: _r,
    personRef: _p,
    ageBand: _b,
    teamRef: _t,
    assessorRef: _s,
    currentCostAnnual: _c,
    ...scored
  } = example('assessment')
  return scored
}

// All of an answer but the clock, the request's own name, and the id that was asked for.
function seen({ statusCode, headers, body }: LightMyRequestResponse, id: string): Seen {
  const {
    date: _date,
    'x-correlation-id': _correlation,
    'x-ratelimit-remaining': _left,
    'x-ratelimit-reset': _reset,
    ...kept
  } = headers
  return { status: statusCode, headers: kept, text: id === '' ? body : body.replaceAll(id, '«id»') }
}

function mentionsNothingOf(
  t: Test,
  { id, assessmentId, correctionId, allocationId, eventId, draftKey, cohortId, runId }: Populated,
  text: string,
): void {
  for (const word of [
    assessmentId,
    correctionId,
    allocationId,
    eventId,
    draftKey,
    cohortId,
    runId,
    `${id}-only`,
    `${id}-person`,
    `${id}-ref`,
    `Canary of ${id}`,
  ])
    t.notOk(text.includes(word), `${word} is not mentioned`)
}
