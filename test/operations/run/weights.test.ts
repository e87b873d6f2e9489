// A row with a weight is so many people: whatever a run says of a cohort, it says the same where the row stands there
// so many times. What counts rows, or lists them, says so by its name.

import { deepStrictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { RunRequest } from '../../../src/contract/calibration/run-request.ts'
import type { Case } from '../../../src/domain/calibration/cohort/case.ts'
import { caseLine } from '../../../src/domain/calibration/cohort/case-line.ts'
import { computeRun } from '../../../src/operations/run/computation.ts'
import { completed } from '../../../src/operations/run/run-request.ts'
import { questionnaire } from '../../cases/documents.ts'
import { person } from '../../domain/calibration/effects/impact-cases.ts'
import { draws } from '../../support/draws.ts'

const REQUEST: RunRequest = {
  cohortId: 'C',
  groups: 'all',
  budget: { basis: 'spend', uplift: '0.02', efficiency: '0' },
  methods: [
    { method: 'fixed', bounds: { cap: '20000', surplus: 'contingency' } },
    { method: 'percentile' },
    { method: 'percentile', mode: 'excel', neutral: false },
    { method: 'line' },
    { method: 'rising-price' },
    { method: 'bounded-line' },
    { method: 'isotonic' },
  ],
  adjustments: [{ name: 'Fees', kind: 'inflation', factor: '1.04', reason: 'Fees rose.' }],
  contingency: { fraction: '0.1' },
  exclusions: [{ rule: 'setting', settings: ['residential'], reason: 'Costed individually.' }],
  tolerance: { percent: '10', pounds: '500' },
  sampling: { confidence: '0.95', margin: '0.09', population: 500, mix: { adults: 300, elders: 200 } },
}

const arbPerson = fc
  .record({
    userGroup: fc.constantFrom('adults', 'elders'),
    points: fc.nat(3000),
    cost: fc.integer({ min: 1_000, max: 9_000_000 }),
    weight: fc.constantFrom(10_000, 20_000, 30_000, 70_000),
    ageBand: fc.constantFrom(null, '18-64', '65+'),
    setting: fc.constantFrom(null, 'own-home', 'residential'),
    characteristics: fc.constantFrom(null, { sex: 'female' }, { sex: 'male', area: 'north' }),
    estimate: fc.option(fc.nat(9_000_000)),
  })
  .map(person)

const arbRows = fc
  .array(arbPerson, { minLength: 1, maxLength: 12 })
  .map((rows) => rows.map((row, i) => ({ ...row, ref: `P-${String(i).padStart(2, '0')}` })))

function results(cases: readonly Case[], groups: RunRequest['groups']): unknown {
  const steps = computeRun({
    request: completed({ ...REQUEST, groups }, 3000),
    cohortHash: 'H',
    engineVersion: '1',
    questionnaire: { key: 'small', version: 1, content: questionnaire, restates: false },
    syntheticNote: null,
    characteristics: [],
    collected: { collectedFrom: null, collectedBefore: null },
    parts: [new TextEncoder().encode(['{}', ...cases.map(caseLine)].join('\n'))],
  })
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  const [found = ''] = new TextDecoder().decode(step.value.body).split('\n')
  return ofPeople(JSON.parse(found))
}

const COUNTS_ROWS = new Set(['rows', 'rowsBeyond', 'cases'])

/** Without what counts rows, and each of several equal rows of a list once. */
function ofPeople(value: unknown): unknown {
  if (Array.isArray(value)) {
    const texts = value.map((one) => JSON.stringify(ofPeople(one)))
    const listed = value.some((one) => typeof one === 'string' || (one !== null && 'ref' in Object(one)))
    return listed ? [...new Set(texts)].sort() : texts
  }
  if (typeof value === 'string') return value.replace(/^(P-\d\d)\/\d$/, '$1')
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => !COUNTS_ROWS.has(key))
  return Object.fromEntries(entries.map(([key, one]) => [key, ofPeople(one)]))
}

function writtenOut(rows: readonly Case[]): readonly Case[] {
  return rows.flatMap((row) =>
    Array.from({ length: row.weight / 10_000 }, (_, i) => ({
      ...row,
      ref: `${row.ref}/${i}`,
      weight: 10_000,
    })),
  )
}

for (const groups of ['all', 'per-group'] as const)
  t.test(`weights equal repeated rows in all that a run finds (${groups})`, async (t) => {
    let found = 0
    fc.assert(
      fc.property(arbRows, (rows) => {
        const kept = rows.filter(({ setting }) => setting !== 'residential')
        if (kept.length === 0) return
        found += 1
        deepStrictEqual(results(writtenOut(rows), groups), results(rows, groups))
      }),
      { seed: 22, numRuns: draws(12) },
    )
    t.ok(found > draws(8))
  })
