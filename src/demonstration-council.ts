// The demonstration's council about nobody: once the service is ready, its cohort is uploaded and calibrated in the
// background, and a table drafted for a visitor to publish. Each step is sent under a key of its own, so that a stop in
// the middle is completed by the next start, and a complete demonstration is left as it is.
import { execFile } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { isCohortColumn } from './domain/calibration/cohort/cohort-row.ts'
import { DEMONSTRATION_AUTHOR } from './http/core/credentials/demonstration-keys.ts'

export type DemonstrationCouncil = {
  /** Ends when all is there, or when it was stopped or failed, which is logged. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

const INCOMPLETE = "The demonstration's council is not complete. The next start tries again."
const TITLE = 'A council about nobody'
const QUESTIONNAIRE = fileURLToPath(new URL('../examples/questionnaire-adult.json', import.meta.url))
const COMMAND = fileURLToPath(new URL('./cli/openras.ts', import.meta.url))
const POLL_MS = 1_000
const MOST_BYTES = 64 * 1024 * 1024

/** A failure is told in the log and stops nothing else; the next start goes on where this one ended. */
export function startDemonstrationCouncil(
  app: FastifyInstance,
  log: Pick<Logger, 'info' | 'error'>,
  people: number,
): DemonstrationCouncil {
  const stopping = new AbortController()
  const ended = prepare(app, log, people, stopping.signal).catch((error: unknown) => {
    if (stopping.signal.aborted) return
    if (error instanceof StepRefused) log.error(`${INCOMPLETE} ${error.message}`)
    else log.error({ err: error }, INCOMPLETE)
  })
  return {
    ended,
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

/** What the service answered instead of doing a step. */
class StepRefused extends Error {
  override readonly name = 'StepRefused'
}

async function prepare(
  app: FastifyInstance,
  log: Pick<Logger, 'info'>,
  people: number,
  signal: AbortSignal,
): Promise<void> {
  // What is complete stays as it is, also when a later release would ask for something else.
  if (await exists(app, `/v1/calibration-tables/${DRAFT.key}/versions/1`)) return
  const cohortId = (await uploaded(app)) ?? (await upload(app, people, signal))
  signal.throwIfAborted()
  const run = await post(app, '/v1/calibration-runs', 'demonstration-council-run', runOf(cohortId))
  await finished(app, run.id, signal)
  const address = `/v1/calibration-runs/${run.id}/draft-table`
  const { key, version } = await post(app, address, 'demonstration-council-table', DRAFT)
  log.info(`The demonstration's council is calibrated; the table ${key} ${version} can be published.`)
}

async function uploaded(app: FastifyInstance): Promise<string | null> {
  const { data } = await get(app, '/v1/cohorts?state=sealed&limit=100')
  const found = (data as { id: string; title: string }[]).find(({ title }) => title === TITLE)
  return found?.id ?? null
}

const ABOUT = {
  title: TITLE,
  questionnaire: 'sample-adult',
  questionnaireVersion: '1',
  weeksPerYear: '52',
  seal: 'true',
  syntheticNote: 'Drawn from a seed by openras synthetic council: no row is about a real person.',
}

// Drawn in a process of its own, and sent only when all of it is there: half a file would be half a council.
async function upload(app: FastifyInstance, people: number, signal: AbortSignal): Promise<string> {
  const args = ['synthetic', 'council', '--questionnaire', QUESTIONNAIRE, '--people', String(people)]
  const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, ...args], {
    signal,
    maxBuffer: MOST_BYTES,
  })
  const address = `/v1/cohorts?${new URLSearchParams(ABOUT)}`
  const { id } = await post(app, address, 'demonstration-council', cohortColumns(stdout), 'text/csv')
  return id
}

// No cell of this file holds a comma.
function cohortColumns(csv: string): string {
  const lines = csv.split('\n').map((line) => line.split(','))
  const taken = (lines[0] ?? []).map(isCohortColumn)
  return lines.map((cells) => cells.filter((_, i) => taken[i]).join(',')).join('\n')
}

function runOf(cohortId: string) {
  return {
    cohortId,
    groups: 'all',
    budget: { basis: 'spend', uplift: '0', efficiency: '0' },
    contingency: { fraction: '0.2' },
    methods: [{ method: 'fixed' }, { method: 'percentile' }, { method: 'line' }, { method: 'isotonic' }],
    exclusions: [
      { rule: 'weekly-cost-above', limit: '2000.00', weeksPerYear: '52', reason: COSTED_ALONE },
      { rule: 'setting', settings: ['residential', 'nursing'], reason: NOT_AT_HOME },
    ],
    trust: { seed: 2026, resamples: 1000, crossValidation: { repeats: 2, folds: 5 } },
  }
}

const COSTED_ALONE = 'Above £2,000 a week a person works out the cost.'
const NOT_AT_HOME = 'The table has no prices for care homes.'

const DRAFT = {
  method: 'fixed',
  key: 'synthetic-council-fixed',
  title: 'A council about nobody, Fixed £ per point',
  financialYear: '2027-28',
  effectiveFrom: '2027-04-01',
  weeksPerYear: '52',
  release: {
    howToAsk: 'This is a demonstration: there is nobody to ask.',
    decidedBy: 'A team manager',
    withinDays: 10,
  },
  rationale:
    'Calibrated on a council about nobody, to show what a draft looks like. Do not use it for anybody.',
}

async function finished(app: FastifyInstance, runId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const { state } = await get(app, `/v1/calibration-runs/${runId}`)
    if (state === 'done') return
    if (state === 'failed' || state === 'cancelled') throw new StepRefused(`Its calibration is ${state}.`)
    await pause(POLL_MS, undefined, { signal })
  }
}

type Answer = Readonly<Record<string, unknown>> & { readonly id: string }

async function exists(app: FastifyInstance, url: string): Promise<boolean> {
  const answer = await app.inject({ method: 'GET', url, headers: AUTHORIZED })
  if (answer.statusCode === 404) return false
  answerOf(answer, url)
  return true
}

async function get(app: FastifyInstance, url: string): Promise<Answer> {
  return answerOf(await app.inject({ method: 'GET', url, headers: AUTHORIZED }), url)
}

const AUTHORIZED = { authorization: `Bearer ${DEMONSTRATION_AUTHOR}` }

async function post(
  app: FastifyInstance,
  url: string,
  key: string,
  payload: object | string,
  type = 'application/json',
): Promise<Answer> {
  const headers = { ...AUTHORIZED, 'idempotency-key': key, 'content-type': type }
  return answerOf(await app.inject({ method: 'POST', url, headers, payload }), url)
}

function answerOf({ statusCode, body }: { statusCode: number; body: string }, url: string): Answer {
  const answer = JSON.parse(body)
  if (statusCode < 300) return answer
  const faults = ((answer.errors ?? []) as { pointer: string; code: string }[]).map(
    ({ pointer, code }) => ` ${pointer} ${code}.`,
  )
  const said = `${answer.code}: ${answer.detail}${faults.join('')}`
  throw new StepRefused(`${url.split('?')[0]} answered ${statusCode} ${said}`)
}
