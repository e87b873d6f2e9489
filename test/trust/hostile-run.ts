// Malformed bodies against every resource that takes one (P10, P16). The suite runs it short,
// `npm run drill -- hostile` long. Bodies carry canaries where personal data would stand; none may come out again.
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { PROBLEMS } from '../../src/contract/problems.ts'
import { type HostileBody, type HostileOptions, hostileBodies } from '../hostile/corpus.ts'
import type { TestService } from '../support/service.ts'
import { example } from '../support/service.ts'
import { type Populated, populate } from './populated.ts'

export type Target = {
  readonly name: string
  readonly method: 'POST' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly bodies: readonly object[]
  readonly options: HostileOptions
  /** A draft may say nearly anything in its texts: what is accepted must then be stored as it was sent. */
  readonly accepts?: true
}

export type HostileRun = {
  readonly sent: number
  /** How many answers of each code, and how many were accepted. */
  readonly codes: Readonly<Record<string, number>>
  readonly faults: readonly string[]
}

const CANARY = 'zq7canary'
let canaries = 0
const canary = () => `${CANARY}${++canaries}`

/** How often each target is sent: assessments take most of it. */
export async function runHostile(
  service: TestService,
  targets: readonly Target[],
  countOf: (target: Target) => number,
): Promise<HostileRun> {
  const codes: Record<string, number> = {}
  const faults: string[] = []
  let sent = 0
  for (const target of targets) {
    const share = Math.ceil(countOf(target) / target.bodies.length)
    for (const [seed, body] of target.bodies.entries()) {
      for (const hostile of hostileBodies(body, share, 1000 * sent + seed, target.options)) {
        const response = await service.app.inject(requestOf(target, hostile))
        const fault = faultOf(target, hostile, response)
        if (fault !== null) faults.push(`${target.name}: ${hostile.name}: ${fault}`)
        const code = response.statusCode < 300 ? 'accepted' : String(problemIn(response)?.code)
        codes[code] = (codes[code] ?? 0) + 1
        sent += 1
      }
    }
  }
  return { sent, codes, faults: [...faults, ...(await leaks(service))] }
}

function requestOf({ method, url, headers }: Target, { bytes, contentType }: HostileBody): InjectOptions {
  const type = contentType === '' ? {} : { 'content-type': contentType ?? 'application/json' }
  const all = { ...headers, 'idempotency-key': `${canary()}-${randomUUID()}`, ...type }
  return { method, url, headers: all, payload: bytes } as InjectOptions
}

function faultOf(target: Target, { bytes }: HostileBody, response: LightMyRequestResponse): string | null {
  const { statusCode, body } = response
  if (body.includes(CANARY) && REFS.some((ref) => body.includes(ref))) return `a reference came out: ${body}`
  if (statusCode < 300) {
    if (target.accepts !== true) return `accepted: ${bytes.toString().slice(0, 300)}`
    return isStoredAsSent(response.json(), JSON.parse(bytes.toString())) ? null : `stored otherwise: ${body}`
  }
  const problem = problemIn(response)
  if (problem === null || !(String(problem.code) in PROBLEMS))
    return `no problem document: ${statusCode} ${body}`
  if (statusCode < 400 || statusCode > 499 || problem.status !== statusCode) return `${statusCode} ${body}`
  return null
}

function isStoredAsSent(stored: Record<string, unknown>, sent: Record<string, unknown>): boolean {
  return Object.entries(sent).every(([name, value]) => isDeepStrictEqual(stored[name], value))
}

function problemIn({ headers, body }: LightMyRequestResponse): Record<string, unknown> | null {
  if (!String(headers['content-type']).startsWith('application/problem+json')) return null
  return JSON.parse(body) as Record<string, unknown>
}

/** Canaries in the log or the metrics, and values that only the database refused. */
export async function leaks({ app, logged }: TestService): Promise<string[]> {
  const metrics = await app.metrics.client.register.metrics()
  const refusals = await app.metrics.client.register.getSingleMetric('openras_database_refusals_total')?.get()
  return [
    ...logged.filter((line) => line.includes(CANARY)).map((line) => `logged: ${line}`),
    ...metrics.split('\n').filter((line) => line.includes(CANARY)),
    ...(refusals?.values ?? []).map(
      ({ value, labels }) => `${value} refused by the database: ${labels.sqlstate}`,
    ),
    ...logged.filter((line) => /"level":"(error|fatal)"/.test(line)).map((line) => `logged: ${line}`),
  ]
}

const REFS = ['personRef', 'assessmentRef', 'teamRef', 'assessorRef'].map((name) => `${CANARY}-${name}`)

/** An authority to send to, and everything of it that takes a body. */
export async function hostileTargets(service: TestService, id: string): Promise<readonly Target[]> {
  const authority = await populate(service, id)
  const personRef = `${CANARY}-personRef-${id}`
  const assessmentRef = `${CANARY}-${id}`
  const recorded = await service.request({
    method: 'POST',
    url: '/v1/assessments',
    headers: { ...authority.author, 'idempotency-key': randomUUID() },
    payload: { ...example<object>('assessment'), assessmentRef, personRef },
  })
  const { assessment } = recorded.json<{ assessment: { id: string } }>()
  return [
    ...assessmentTargets(authority, assessment.id, { assessmentRef, personRef }),
    ...documentTargets(authority),
  ]
}

const FREE: HostileOptions = {
  optionalPointers: [
    '/ageBand',
    '/teamRef',
    '/assessorRef',
    '/currentCostAnnual',
    '/carer',
    '/carer/overall',
    '/limit',
    '/cursor',
  ],
}

/** An estimate asks of eligibility only whether. */
const ESTIMATED: HostileOptions = {
  ...FREE,
  optionalPointers: [
    ...(FREE.optionalPointers ?? []),
    '/eligibility/outcomesNotMet',
    '/eligibility/wellbeingImpact',
    '/eligibility/decidedOn',
  ],
}

function assessmentTargets(
  { id, author: headers }: Populated,
  corrected: string,
  refs: { readonly assessmentRef: string; readonly personRef: string },
): Target[] {
  const post = { method: 'POST', headers, options: FREE } as const
  const whole = Array.from({ length: 20 }, () => assessment())
  const scored = Array.from({ length: 5 }, () => scoredOnly(assessment()))
  const corrections = Array.from({ length: 5 }, () => ({ ...assessment(), ...refs, revision: 2 }))
  const { personRef } = refs
  const search = [{ personRef }, { personRef, limit: 10 }]
  return [
    { ...post, name: 'assessments', url: '/v1/assessments', bodies: whole },
    { ...post, name: 'corrections', url: `/v1/assessments/${corrected}/corrections`, bodies: corrections },
    { ...post, name: 'estimates', url: '/v1/estimates', bodies: scored, options: ESTIMATED },
    { ...post, name: 'search', url: '/v1/allocations/search', bodies: search },
    {
      ...{ ...post, name: 'public estimates', url: `/public/${id}/estimates`, bodies: scored, headers: {} },
      options: ESTIMATED,
    },
  ]
}

// A canary wherever a caller may put words of its own; and one, now and then, in place of an answer.
function assessment(): Record<string, unknown> {
  const sample = example<Record<string, object>>('assessment')
  const spoilt = canaries % 3 === 0 ? { answers: { ...sample.answers, safety: canary() } } : {}
  const refs = REFS.map((ref) => [ref.slice(CANARY.length + 1), `${ref}-${canary()}`])
  return { ...sample, ...Object.fromEntries(refs), ...spoilt }
}

function scoredOnly(body: Record<string, unknown>): object {
  const named = [
    'assessmentRef',
    'revision',
    'personRef',
    'ageBand',
    'teamRef',
    'assessorRef',
    'currentCostAnnual',
  ]
  return Object.fromEntries(Object.entries(body).filter(([name]) => !named.includes(name)))
}

function documentTargets({ id, draftKey, draftEtag, author, publisher }: Populated): Target[] {
  const drafts = ['questionnaire', 'table'].map((kind) => ({
    ...example(`${kind}-adult`),
    key: draftKey,
    rationale: `Why ${canary()}.`,
  }))
  const [questionnaire = {}, table = {}] = drafts
  const post = { method: 'POST', headers: author, options: {}, accepts: true } as const
  const version = `/v1/questionnaires/${draftKey}/versions/1`
  const matching = (headers: object, etag: string) => ({ ...headers, 'if-match': etag })
  return [
    { ...post, name: 'questionnaire drafts', url: '/v1/questionnaires', bodies: [questionnaire] },
    { ...post, name: 'table drafts', url: '/v1/calibration-tables', bodies: [table] },
    {
      ...{ ...post, name: `replacement of ${id}`, method: 'PUT', url: version, bodies: [questionnaire] },
      headers: matching(author, draftEtag),
    },
    {
      ...{ name: 'publication', method: 'POST', url: `${version}/publication`, bodies: [{}], options: {} },
      headers: matching(publisher, '"r999"'),
    },
  ]
}
