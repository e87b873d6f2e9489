// What is wrong with the evidence that a table names: a kind named twice, a consultation that says neither when it was
// nor why there was none, or a run that nobody has.
import type { CalibrationTable } from '../../contract/documents/calibration-table.ts'
import type { TableEvidence } from '../../contract/documents/evidence.ts'
import type { Fault } from '../../contract/refusal.ts'

export function evidenceFaults(evidence: readonly TableEvidence[]): readonly Fault[] {
  return evidence.flatMap((named, i) => [
    ...(evidence.findIndex(({ kind }) => kind === named.kind) === i ? [] : [duplicate(`/evidence/${i}`)]),
    ...(named.kind === 'consultation' && !isClear(named) ? [unclear(`/evidence/${i}`)] : []),
  ])
}

type Consultation = Extract<TableEvidence, { readonly kind: 'consultation' }>

function isClear({ from, before, address, none }: Consultation): boolean {
  if (none !== undefined) return from === undefined && before === undefined && address === undefined
  return from !== undefined && before !== undefined && address !== undefined && from < before
}

function duplicate(pointer: string): Fault {
  const detail = 'Evidence of this kind stands here twice. Keep one of them.'
  return { pointer, code: 'evidence-duplicate', detail }
}

function unclear(pointer: string): Fault {
  const detail =
    'A consultation needs from, a later before, and address; or none, with the reason. Give the one or the other.'
  return { pointer, code: 'consultation-unclear', detail }
}

/** A run that is done, as its end tells: what it found by its hash, on which questionnaire key. */
export type FinishedRun = {
  readonly run: string
  readonly resultHash: string
  readonly questionnaireKey: string
}

/** Evidence of a run that has not found that, or not for this questionnaire; `finished` are those that are done. */
export function unknownRunFaults(
  { evidence = [], questionnaire }: CalibrationTable,
  finished: readonly FinishedRun[],
): readonly Fault[] {
  return evidence.flatMap((named, i) => {
    if (named.kind !== 'impact-report') return []
    const isKnown = finished.some(
      ({ run, resultHash, questionnaireKey }) =>
        run === named.run.toLowerCase() &&
        resultHash === named.resultHash &&
        questionnaireKey === questionnaire.key,
    )
    if (isKnown) return []
    const detail =
      'No finished run of this questionnaire has this id and result hash. Name a run that is done, with its resultHash.'
    return { pointer: `/evidence/${i}/run`, code: 'evidence-run-unknown', detail }
  })
}
