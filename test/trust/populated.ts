// A service with authorities that have a row in every table, so that no test passes for want of anything to find.
import { randomUUID } from 'node:crypto'
import { takeRunStep } from '../../src/store/calibration-runs.ts'
import {
  asAdmin,
  example,
  intake,
  publish,
  record,
  type TestAuthority,
  type TestService,
} from '../support/service.ts'

export type Populated = TestAuthority & {
  readonly assessmentId: string
  readonly correctionId: string
  readonly allocationId: string
  readonly eventId: string
  readonly cohortId: string
  readonly runId: string
  /** A draft only this authority has. */
  readonly draftKey: string
  readonly draftEtag: string
}

/** Makes an authority with published samples, a draft, a correction and a revoked key. */
export async function populate(service: TestService, name: string): Promise<Populated> {
  const authority = await service.authority(name, { sampled: true })
  const { id } = authority
  const draftKey = `${id}-draft`
  const drafts = ['questionnaire', 'calibration-table'] as const
  const etags = []
  for (const kind of drafts) etags.push(await draft(service, authority, kind, draftKey))
  const personRef = `${id}-person`
  const first = (
    await record(service, authority, intake({ personRef, assessmentRef: `${id}-ref` }))
  ).json<Recorded>()
  const correction = await service.request({
    method: 'POST',
    url: `/v1/assessments/${first.assessment.id}/corrections`,
    headers: { ...authority.author, 'idempotency-key': randomUUID() },
    payload: intake({ personRef, assessmentRef: `${id}-ref`, revision: 2 }),
  })
  if (correction.statusCode !== 201) throw new Error(correction.body)
  await revokeOne(service, authority)
  await askWithdrawal(service, authority)
  const calibration = await calibrated(service, authority)
  await service.sequenced()
  // Of a tree larger than any test makes.
  await asAdmin(service.adminUrl, `insert into openras.log_node values ($1, 7, 0, '')`, [id])
  return {
    ...authority,
    assessmentId: first.assessment.id,
    correctionId: correction.json<Recorded>().assessment.id,
    allocationId: first.allocation.id,
    eventId: first.allocation.receipt.eventId,
    draftKey,
    draftEtag: etags[0] ?? '',
    ...calibration,
  }
}

/** Two sealed cohorts of one person, each with a run that waits; the ids of the newer. */
async function calibrated(
  service: TestService,
  authority: TestAuthority,
): Promise<Pick<Populated, 'cohortId' | 'runId'>> {
  await oneCalibrated(service, authority)
  return oneCalibrated(service, authority)
}

async function oneCalibrated(
  service: TestService,
  { id, author }: TestAuthority,
): Promise<Pick<Populated, 'cohortId' | 'runId'>> {
  const query = 'title=One&questionnaire=sample-adult&questionnaireVersion=1&weeksPerYear=52&seal=true'
  const uploaded = await service.request({
    method: 'POST',
    url: `/v1/cohorts?${query}`,
    headers: { ...author, 'content-type': 'text/csv', 'idempotency-key': randomUUID() },
    payload: `ref,userGroup,points,costAnnual\n${id}-case,older-people,10,1000`,
  })
  if (uploaded.statusCode !== 201) throw new Error(uploaded.body)
  const cohortId = uploaded.json<{ id: string }>().id
  const asked = await service.request({
    method: 'POST',
    url: '/v1/calibration-runs',
    headers: { ...author, 'idempotency-key': randomUUID() },
    payload: {
      cohortId,
      groups: 'all',
      budget: { basis: 'stated', amountAnnual: '1000' },
      methods: [{ method: 'fixed' }],
    },
  })
  if (asked.statusCode !== 202) throw new Error(asked.body)
  const runId = asked.json<{ id: string }>().id
  const step = { runner: randomUUID(), leaseMs: 0, attempt: 0, stage: 'starting', done: 0, total: 1 }
  if (!(await takeRunStep(service.database, id, runId, step))) throw new Error('nobody has the run')
  return { cohortId, runId }
}

export type Recorded = {
  readonly assessment: { readonly id: string }
  readonly allocation: { readonly id: string; readonly receipt: { readonly eventId: string } }
}

async function draft(
  service: TestService,
  authority: TestAuthority,
  kind: 'questionnaire' | 'calibration-table',
  key: string,
): Promise<string> {
  const sample = example(kind === 'questionnaire' ? 'questionnaire-adult' : 'table-adult')
  const response = await service.request({
    method: 'POST',
    url: `/v1/${kind}s`,
    headers: { ...authority.author, 'idempotency-key': randomUUID() },
    payload: { ...sample, key, title: `A draft of ${authority.id}` },
  })
  if (response.statusCode !== 201) throw new Error(response.body)
  return String(response.headers.etag)
}

// Of a table that no day of the tests uses.
async function askWithdrawal(service: TestService, authority: TestAuthority): Promise<void> {
  const later = { ...example('table-carer'), key: 'unused', effectiveFrom: '2190-01-01' }
  const address = await publish(service, authority, 'calibration-tables', later)
  const response = await service.request({
    method: 'POST',
    url: `${address}/withdrawal`,
    headers: { ...authority.author, 'idempotency-key': randomUUID() },
    payload: { reason: 'Wrong rate in the upload.' },
  })
  if (response.statusCode !== 201) throw new Error(response.body)
}

async function revokeOne(service: TestService, authority: TestAuthority): Promise<void> {
  const [, , keyId] = (await authority.key({ subject: 'leaver' })).split('_')
  await asAdmin(service.adminUrl, 'insert into openras.api_key_revocation values ($1, $2, $3, now())', [
    authority.id,
    keyId,
    'left the council',
  ])
  await asAdmin(service.adminUrl, 'insert into openras.subject_revocation values ($1, $2, $3, now())', [
    authority.id,
    'leaver',
    'left the council',
  ])
}
