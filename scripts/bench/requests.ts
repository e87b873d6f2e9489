// The requests that are sent: valid intakes, each under references and a key of its own, and reads of what is stored.

import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { AssessmentIntake } from '../../src/contract/allocation/assessment.ts'
import type { Load } from './load.ts'

const example = read<AssessmentIntake>('assessment')
const { effectiveFrom } = read<{ effectiveFrom: string }>('table-adult')
const run = randomUUID().slice(0, 8)
let counter = 0

/** The example assessment under a reference of its own, on the first day of the sample table. */
export function intake(): AssessmentIntake {
  counter += 1
  const personRef = `P-${Math.floor(Math.random() * 1_000_000)}`
  const eligibility = { ...example.eligibility, decidedOn: effectiveFrom }
  return { ...example, assessmentRef: `${run}-${counter}`, personRef, assessedOn: effectiveFrom, eligibility }
}

export function recording(apiKey: string): Load {
  return {
    expected: 201,
    next: () => ({
      method: 'POST',
      path: '/v1/assessments',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'idempotency-key': randomUUID(),
        'content-type': 'application/json',
      },
      body: JSON.stringify(intake()),
    }),
  }
}

/** Reads allocations picked at random from `ids`. */
export function reading(apiKey: string, ids: readonly string[]): Load {
  const headers = { authorization: `Bearer ${apiKey}` }
  return {
    expected: 200,
    next: () => ({
      method: 'GET',
      path: `/v1/allocations/${ids[Math.floor(Math.random() * ids.length)]}`,
      headers,
    }),
  }
}

/** A route that asks nothing of the database: what is left is the frame around every request. */
export const asking: Load = { expected: 200, next: () => ({ method: 'GET', path: '/health/live' }) }

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../examples/${name}.json`, import.meta.url), 'utf8')) as T
}
