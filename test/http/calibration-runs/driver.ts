// What the tests of calibration runs share: a sealed cohort, a run, and waiting for its end.
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Test } from 'tap'
import { startCalibrationRunner } from '../../../src/operations/run/runner.ts'
import type { TestService } from '../../support/service.ts'
import { get, type Headers, post } from '../driver.ts'
import { bnesCsv } from './bnes.ts'

export const BNES_QUERY = 'title=2012&questionnaire=bnes&questionnaireVersion=1&weeksPerYear=52&seal=true'

/** A runner that looks often, and ends with the test. */
export function runner(t: Test, { database, threads }: TestService, leaseMs = 15_000) {
  const started = startCalibrationRunner(database, {
    threads,
    onError: (error) => t.fail(String(error)),
    tickMs: 20,
    leaseMs,
  })
  t.teardown(() => started.stop())
  return started
}

/** Uploads and seals a file; returns the cohort's id. */
export async function sealedCohort(
  service: TestService,
  who: Headers,
  { file = bnesCsv(), query = BNES_QUERY }: { file?: string; query?: string } = {},
): Promise<string> {
  const answer = await service.request({
    method: 'POST',
    url: `/v1/cohorts?${query}`,
    headers: { ...who, 'content-type': 'text/csv', 'idempotency-key': randomUUID() },
    payload: file,
  })
  if (answer.statusCode !== 201) throw new Error(answer.body)
  return answer.json<{ id: string }>().id
}

// biome-ignore lint/suspicious/noExplicitAny: results are looked into in many places, and held against the document
export type Run = Record<string, any>

/** Asks for a run and waits until it has ended. */
export async function ran(service: TestService, who: Headers, request: object): Promise<Run> {
  const asked = await post(service, who, '/v1/calibration-runs', request)
  if (asked.statusCode !== 202) throw new Error(asked.body)
  return ended(service, who, asked.json<{ id: string }>().id)
}

export async function ended(service: TestService, who: Headers, id: string): Promise<Run> {
  return reached(service, who, id, ({ state }) => state !== 'queued' && state !== 'running')
}

export async function reached(
  service: TestService,
  who: Headers,
  id: string,
  is: (run: Run) => boolean,
): Promise<Run> {
  const until = performance.now() + 60_000
  for (let pause = 15; performance.now() < until; pause = Math.min(200, pause * 1.5)) {
    const answer = await get(service, who, `/v1/calibration-runs/${id}`)
    if (answer.statusCode !== 200) throw new Error(answer.body)
    const run = answer.json<Run>()
    if (is(run)) return run
    await setTimeout(pause)
  }
  throw new Error(`run ${id} did not come so far`)
}
