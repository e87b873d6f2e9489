// Freezes the reports of a draft before anybody reads them, so that drafter, publisher and public read the same bytes.
import { createHash } from 'node:crypto'
import type { CalibrationTable } from '../../contract/documents/calibration-table.ts'
import type { ReportHashes } from '../../contract/documents/publication.ts'
import type { TableReports } from '../../contract/documents/table-reports.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import type { RefusalCode } from '../../contract/problems.ts'
import { faultsIn, Refusal } from '../../contract/refusal.ts'
import { unknownRunFaults } from '../../domain/table/evidence-faults.ts'
import { findFinishedRuns, readPersons, readResults } from '../../store/calibration-runs.ts'
import type { Database, Transaction } from '../../store/database.ts'
import type { StoredVersion } from '../../store/documents.ts'
import type { Log } from '../../store/log.ts'
import { findReports } from '../../store/table-reports.ts'
import { loadTable } from '../caseload/load-table.ts'
import { decodeResults } from '../run/results.ts'
import type { WorkerPool } from '../worker/worker-pool.ts'
import { type RequestKey, type Writer, type Written, writeOnce } from '../write-once.ts'
import type { ReportsInput } from './reports-computation.ts'
import { type MatchesRevision, matchingDraft } from './revision.ts'
import { contentOf } from './version-view.ts'

type Reporter = { readonly database: Database; readonly log: Log; readonly workers: WorkerPool }

/** What making reports refuses, in the order in which it does. */
export const REPORTS_REFUSALS = [
  'not-found',
  'already-published',
  'revision-changed',
  'reports-already-made',
  'no-run-in-evidence',
  'not-publishable',
  'erased-under-policy',
  'calibration-impossible',
] as const satisfies readonly RefusalCode[]

/** Refuses as REPORTS_REFUSALS says. */
export function freezeReports(
  { database, log, workers }: Reporter,
  by: Writer,
  request: RequestKey,
  ref: VersionRef,
  matches: MatchesRevision,
): Promise<Written<TableReports>> {
  return writeOnce(log, {
    by,
    request,
    first: 'fresh',
    async decide() {
      const { draft, input } = await database.asAuthority(by.authorityId, (trx) => readAll(trx, ref, matches))
      const texts = await workers.run('reports', input)
      const hashes: ReportHashes = {
        impact: sha256(texts.impact),
        equality: texts.equality === null ? null : sha256(texts.equality),
      }
      const { key, version, revision, contentHash } = draft
      return {
        kind: 'table-reports-made',
        about: { event: draft.eventId, place: 'reports' },
        facts: {
          kind: 'calibration-table',
          ...{ key, version, revision, contentHash },
          run: input.run,
          reports: hashes,
        } satisfies ReportsFacts,
        parts: { body: JSON.stringify(texts) },
      }
    },
    // Somebody else made them, or the draft was edited or published, meanwhile.
    onRace: { event_place: 'again', OR004: 'again' },
    answer: ({ facts }) => tableReports(facts),
  })
}

/** What the log keeps of them for ever. */
export type ReportsFacts = VersionRef & {
  readonly kind: 'calibration-table'
  readonly revision: number
  readonly contentHash: string
  readonly run: { readonly id: string; readonly resultHash: string }
  readonly reports: ReportHashes
}

/** Where and how they are read, as it is answered and told in the feed. */
export function tableReports({ key, version, revision, run, reports }: ReportsFacts): TableReports {
  const addressed = (name: 'impact' | 'equality', sha256: string) => ({
    sha256,
    address: `/v1/calibration-tables/${key}/versions/${version}/reports/${name}`,
  })
  return {
    table: { key, version, revision },
    run: run.id,
    resultHash: run.resultHash,
    impact: addressed('impact', reports.impact),
    equality: reports.equality === null ? null : addressed('equality', reports.equality),
  }
}

async function readAll(
  trx: Transaction,
  ref: VersionRef,
  matches: MatchesRevision,
): Promise<{ readonly draft: StoredVersion; readonly input: ReportsInput }> {
  const draft = await matchingDraft(trx, 'calibration-table', ref, matches)
  if ((await findReports(trx, ref, draft.revision)) !== null)
    throw new Refusal(
      'reports-already-made',
      'This revision has its reports already. Read them, or edit the draft and make new ones.',
    )
  const content = contentOf<CalibrationTable>(draft.document)
  const named = content.evidence?.find(({ kind }) => kind === 'impact-report')
  if (named?.kind !== 'impact-report')
    throw new Refusal(
      'no-run-in-evidence',
      'The evidence names no calibration run. Name one that is done, with its resultHash, in an impact-report.',
    )
  const [finished] = await findFinishedRuns(trx, [named.run])
  const faults = unknownRunFaults(content, finished === undefined ? [] : [finished])
  if (finished === undefined || faults.length > 0)
    throw new Refusal('not-publishable', faultsIn('The draft', faults), { faults })
  const table = await loadTable(trx, ref)
  if (table === null) throw new Error('a draft that was found is there')
  const found = await readResults(trx, finished.endedBy)
  const persons = await readPersons(trx, finished.endedBy)
  if (found === null || persons === null)
    throw new Refusal(
      'erased-under-policy',
      'What the run found was erased under the retention policy, with its rows. Name another run.',
    )
  refuseOtherScale(content, decodeResults(found.results).questionnaire)
  const { revision, contentHash } = draft
  const run = { id: finished.run, resultHash: finished.resultHash }
  return { draft, input: { table, revision, contentHash, run, results: found.results, persons } }
}

// A run keeps points and no answers, so they cannot be restated.
function refuseOtherScale({ questionnaire }: CalibrationTable, of: VersionRef): void {
  if (questionnaire.version === of.version) return
  const detail = `The run's points are of version ${of.version} of the questionnaire, and the table prices version ${questionnaire.version}. Name a run of that version.`
  throw new Refusal('calibration-impossible', detail, {
    faults: [{ pointer: '/evidence', code: 'evidence-run-unknown', detail }],
  })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
