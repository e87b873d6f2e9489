// How a run ends: one transaction with its event, whose payload holds the results, and the last step.
import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Fault } from '../../contract/refusal.ts'
import { type EventKind, sealEvent } from '../../domain/log/event.ts'
import { insertStep, type StoredRun } from '../../store/calibration-runs.ts'
import type { Database, Transaction } from '../../store/database.ts'
import { appendEvent, type Claim, type StoredRequest } from '../../store/events.ts'
import type { RunOutput } from './computation.ts'

export type RunProblem = {
  readonly code: string
  readonly message: string
  readonly faults: readonly Fault[]
}
export type RunEnd = { readonly output: RunOutput } | { readonly failed: RunProblem }

type Ending = RunEnd & { readonly sequence: number; readonly attempt: number }

export function endRun(database: Database, authorityId: string, run: StoredRun, end: Ending): Promise<void> {
  const { sequence, attempt } = end
  const { client, subject } = run.createdBy
  return database.asAuthority(authorityId, async (trx) => {
    const done = 'output' in end
    const body = done ? end.output.body : '{}'
    const facts = done
      ? { state: 'done', resultHash: end.output.resultHash }
      : { state: 'failed', problem: end.failed.code }
    const actor = { clientId: client, subjectId: subject }
    const kind = 'calibration-run-finished'
    const { eventId } = await appendRunEvent(trx, { authorityId, kind, run, actor, facts, body })
    const problem = done ? {} : { problem: problemText(end.failed) }
    const state = done ? 'done' : 'failed'
    await insertStep(trx, authorityId, run.id, { sequence, attempt, state, eventId, ...problem })
  })
}

export type RunEvent = {
  readonly authorityId: string
  readonly kind: EventKind
  readonly run: { readonly id: string; readonly cohortId: string }
  readonly actor: { readonly clientId: string; readonly subjectId: string }
  readonly facts: Readonly<Record<string, unknown>>
  /** A text, or its UTF-8 bytes. */
  readonly body: string | Uint8Array
  /** The request that it answers, where it answers one. */
  readonly claim?: (nonce: Buffer) => Claim
}

/** Appends an event of a run; `known` is what the request's key stored before, and then nothing was appended. */
export async function appendRunEvent(
  trx: Transaction,
  { authorityId, kind, run, actor, facts, body, claim = unclaimed(actor.clientId) }: RunEvent,
): Promise<{ readonly eventId: string; readonly known: StoredRequest | null }> {
  const event = sealEvent({
    authorityId,
    eventId: uuidv7(),
    kind,
    at: new Date().toISOString(),
    actor: { client: actor.clientId, subject: actor.subjectId },
    facts: { calibrationRun: { id: run.id, cohortId: run.cohortId, ...facts } },
    body,
    nonce: randomBytes(32),
  })
  return { eventId: event.eventId, known: await appendEvent(trx, claim(event.nonce), event) }
}

function unclaimed(clientId: string): (nonce: Buffer) => Claim {
  return (nonce) => ({ clientId, idempotencyKey: null, fingerprint: nonce, status: 200 })
}

function problemText({ code, message, faults }: RunProblem): string {
  return JSON.stringify({ code, detail: message, errors: faults })
}
