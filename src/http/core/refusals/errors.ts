// What leaves the service when something is refused or goes wrong. Known refusals keep their code; the database's
// own refusals are a last net and are counted; whatever cannot be answered is logged and counted; what nobody foresaw
// is a mistake of the program: logged, told to nobody.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { PROBLEMS, type RefusalCode } from '../../../contract/problems.ts'
import { notFound, Refusal } from '../../../contract/refusal.ts'
import { RecordAltered } from '../../../domain/log/altered.ts'
import { WorkersBusy } from '../../../operations/worker/worker-pool.ts'
import { sqlState, waitedForKey } from '../../../store/database.ts'
import { DatabaseUnreachable } from '../../../store/unreachable.ts'
import { withHeaderFaults } from '../requests/caller-headers.ts'
import type { FailureCounts } from './failure-counts.ts'
import { sendProblem } from './problem.ts'

export function registerErrorHandling(app: FastifyInstance, counts: FailureCounts): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = withHeaderFaults(request, problemFor(error, isKeyed(request)))
    const state = sqlState(error)
    if (isValueRefused(state)) counts.refusal(state)
    if (PROBLEMS[problem.code].status >= 500) {
      counts.failure(error)
      if (problem.code === 'internal-error') request.log.error({ err: error }, 'the service made a mistake')
      else if (error instanceof RecordAltered)
        request.log.error({ event: error.eventId }, 'what is stored is not what was recorded')
      else request.log.warn({ err: error, problem: problem.code }, 'a request could not be answered')
    }
    return sendProblem(request, reply, problem)
  })
  app.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) =>
    sendProblem(request, reply, notFound()),
  )
}

/** Answers a request that has waited too long, for whoever still works on it. */
export function refuseAsLate(request: FastifyRequest, reply: FastifyReply, counts: FailureCounts): void {
  const problem = busy('The answer took too long.', isKeyed(request))
  counts.failure(problem)
  request.log.warn({ problem: problem.code }, 'a request could not be answered in time')
  sendProblem(request, reply, problem)
}

function isKeyed({ method, headers }: FastifyRequest): boolean {
  return method === 'POST' && headers['idempotency-key'] !== undefined
}

/** The problem for anything that a handler, a hook or the framework throws. `keyed`: the request has a key to claim. */
export function problemFor(error: FastifyError, keyed: boolean): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof WorkersBusy)
    return new Refusal('busy', 'The service is busy with other calculations. Retry in a few seconds.', {
      headers: { 'retry-after': '5' },
    })
  if (error instanceof DatabaseUnreachable) return busy('The database could not be reached in time.', keyed)
  if (keyed && waitedForKey(error))
    return new Refusal(
      'idempotency-key-in-use',
      'The first request with this Idempotency-Key is still running. Resend with the same key.',
      RETRY,
    )
  if (error instanceof RecordAltered)
    return new Refusal(
      'record-altered',
      'This is not what was recorded, so it is not shown. Tell the operators at once.',
    )
  const state = sqlState(error)
  if (state !== undefined) return databaseProblem(state, keyed)
  return CUT_OFF.has(error.code) ? cutOff() : (frameworkProblem(error) ?? mistake())
}

// The database's connections have an error of their own: what breaks off here is what a caller sends.
const CUT_OFF: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'])

// Nobody may be left to hear it; it is what the log and the counts say.
function cutOff(): Refusal {
  return new Refusal('request-timeout', 'The request was cut off before all of it arrived. Resend it.')
}

const RETRY = { headers: { 'retry-after': '2' } }

// 55P03: a lock was not free in time.
const WORTH_A_RETRY = /^(40|57|53|08|55P03)/

const CLOCK_DIFFERS = 'OR002'

function databaseProblem(state: string, keyed: boolean): Refusal {
  if (state === CLOCK_DIFFERS)
    return new Refusal(
      'clock-differs',
      'The clocks of the service and of its database differ. Nothing was stored. Tell the operators, and resend later.',
      { headers: { 'retry-after': '60' } },
    )
  if (WORTH_A_RETRY.test(state)) return busy('The database did not answer in time.', keyed)
  if (isValueRefused(state))
    return new Refusal(
      'request-invalid',
      'The database refused a value in this request. Nothing was stored. Tell the operators.',
    )
  return mistake()
}

function isValueRefused(state: string | undefined): state is string {
  return state !== undefined && /^(22|23)/.test(state)
}

// Only what has a key may have stored something, and is safe to send again because of it.
function busy(what: string, keyed: boolean): Refusal {
  const todo = keyed
    ? 'It may or may not be stored: resend the same request with the same Idempotency-Key.'
    : 'Resend the request.'
  return new Refusal('busy', `${what} ${todo}`, RETRY)
}

function mistake(): Refusal {
  return new Refusal(
    'internal-error',
    'The service made a mistake. Give the operators the X-Correlation-ID of this answer.',
  )
}

const BAD_ADDRESS = [
  'request-invalid',
  'The address or the Content-Length is not valid. Fix it and resend.',
] as const

const OF_FRAMEWORK: Readonly<Record<string, readonly [RefusalCode, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'content-type-unsupported',
    'Found no Content-Type that is read here. Send Content-Type: application/json.',
  ],
  FST_ERR_CTP_BODY_TOO_LARGE: ['body-too-large', 'The body is larger than the limit of 256 kB. Send less.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['body-malformed', 'The body is empty. Send a JSON object.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: BAD_ADDRESS,
  FST_ERR_BAD_URL: BAD_ADDRESS,
  FST_ERR_MAX_PARAM_LENGTH: BAD_ADDRESS,
}

function frameworkProblem({ code, statusCode = 500 }: FastifyError): Refusal | null {
  const known = OF_FRAMEWORK[code]
  if (known !== undefined) return new Refusal(...known)
  if (statusCode < 400 || statusCode >= 500) return null
  return new Refusal(
    'request-invalid',
    'The request is not valid HTTP. Fix its address or headers and resend.',
  )
}
