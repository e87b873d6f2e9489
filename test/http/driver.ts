// What the tests of the HTTP contract share: requests by whoever sends them, and how a refusal is read.

import { randomUUID } from 'node:crypto'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import type { CalibrationTable } from '../../src/contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../src/contract/documents/questionnaire.ts'
import type { FaultCode } from '../../src/contract/faults.ts'
import type { RefusalCode } from '../../src/contract/problems.ts'
import { PROBLEMS } from '../../src/contract/problems.ts'
import { questionnaire, table } from '../cases/documents.ts'
import { acknowledging, publish, type TestAuthority, type TestService } from '../support/service.ts'

export type Headers = Readonly<Record<string, string>>
export type Answer = LightMyRequestResponse

/** A request with a body under an Idempotency-Key of its own, unless `headers` say another. */
export function post(
  service: TestService,
  who: Headers,
  url: string,
  payload: object,
  headers: Headers = {},
) {
  return service.request({
    method: 'POST',
    url,
    headers: { ...who, 'idempotency-key': randomUUID(), ...headers },
    payload,
  })
}

export function get(service: TestService, who: Headers, url: string, headers: Headers = {}) {
  return service.request({ method: 'GET', url, headers: { ...who, ...headers } })
}

export function put(service: TestService, who: Headers, url: string, payload: object, headers: Headers = {}) {
  return service.request({ method: 'PUT', url, headers: { ...who, ...headers }, payload })
}

/** Asks for the publication of a version as it stands, as one who has seen it and its warnings, unless `headers` say another ETag. */
export async function askPublication(
  service: TestService,
  who: Headers,
  address: string,
  headers: Headers = {},
) {
  const found = await get(service, who, address)
  const body = acknowledging({ warnings: found.json().warnings ?? [] })
  const match = { 'if-match': String(found.headers.etag), ...headers }
  return post(service, who, `${address}/publication`, body, match)
}

/** How often the database has refused what the service had let through, by kind. */
export async function databaseRefusals({ app }: TestService): Promise<readonly string[]> {
  return (await app.inject('/metrics')).body.match(/^openras_database_refusals_total\{.*$/gm) ?? []
}

/** Holds an answer against the form of every refusal; `faults` are `code pointer`, all of them and in order. */
export function refused(
  t: Test,
  answer: Answer,
  code: RefusalCode,
  faults: readonly `${FaultCode} ${string}`[] = [],
  why: string = code,
) {
  const { status, title } = PROBLEMS[code]
  t.match(answer.headers['content-type'], /^application\/problem\+json(;|$)/, why)
  t.equal(answer.headers['cache-control'], 'no-store', why)
  const { errors, detail, instance, ...rest } = answer.json()
  t.strictSame(rest, { type: `/problems/${code}`, title, status, code }, why)
  t.equal(answer.statusCode, status, why)
  t.match(detail, /^.*\S.*\.$/s, 'the detail is a sentence')
  t.notMatch(instance, /\?/, 'the instance is a path alone')
  t.strictSame(
    errors.map((one: { code: string; pointer: string }) => `${one.code} ${one.pointer}`),
    faults,
    why,
  )
}

export const smallQuestionnaire = { key: 'small', ...questionnaire }

/** The small table, backdated with a reason, so that it may be published on any day. */
export const smallTable = { key: 'small-table', ...table, backdatingReason: 'A test.' }

export function changedTable(change: Partial<CalibrationTable> & { key?: string }) {
  return { ...smallTable, ...change }
}

export function changedQuestionnaire(change: Partial<Questionnaire> & { key?: string }) {
  return { ...smallQuestionnaire, ...change }
}

/** An authority in which the small questionnaire, and the small table where asked, are published. */
export async function withSmall(
  service: TestService,
  id: string,
  options: { table?: boolean } = {},
): Promise<TestAuthority> {
  const authority = await service.authority(id)
  await publish(service, authority, 'questionnaires', smallQuestionnaire)
  if (options.table !== false) await publish(service, authority, 'calibration-tables', smallTable)
  return authority
}

let counter = 0

/** 12.50 points of the small questionnaire, at £1,000 a point: £12,500 a year on any day from 2026-04-01. */
export function smallIntake(change: Record<string, unknown> = {}): Record<string, unknown> {
  counter += 1
  return {
    assessmentRef: `S-${counter}`,
    revision: 1,
    personRef: 'P-1',
    assessedOn: '2026-05-01',
    questionnaire: { key: 'small', version: 1 },
    ...smallAnswers,
    eligibility: {
      eligible: true,
      outcomesNotMet: ['2(2)(b)', '2(2)(g)'],
      wellbeingImpact: true,
      decidedOn: '2026-05-01',
    },
    otherNeeds: false,
    ...change,
  }
}

export const smallAnswers = {
  userGroup: 'adults',
  answers: { washing: 'some', company: 'some', money: 'some' },
  weightings: { two_people: 'no' },
  carer: { willingAndAble: false },
  addOns: { travel: 'near', breaks: 'no' },
}

/** What an estimate takes of an intake: all but what names somebody. */
export function estimateOf(intake: Record<string, unknown>): Record<string, unknown> {
  const { assessmentRef: _, revision: _1, personRef: _2, ageBand: _3, teamRef: _4, ...rest } = intake
  const { assessorRef: _5, currentCostAnnual: _6, ...scored } = rest
  return scored
}

export type { InjectOptions }
