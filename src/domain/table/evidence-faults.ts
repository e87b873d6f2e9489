// What is wrong with the evidence that a table names: a kind named twice, or a consultation that says neither when it was
// nor why there was none.
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
