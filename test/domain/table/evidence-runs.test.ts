// Evidence names a run that is done, by what it found, on the questionnaire that the table prices.
import t from 'tap'
import type { TableEvidence } from '../../../src/contract/documents/evidence.ts'
import { type FinishedRun, unknownRunFaults } from '../../../src/domain/table/evidence-faults.ts'
import { named, table } from '../../cases/documents.ts'

const run = '019a8f6e-3c1d-7f00-8a2b-5d6c7e8f9a0b'
const resultHash = `sha256:${'0'.repeat(64)}`
const finished: FinishedRun = { run, resultHash, questionnaireKey: 'small' }
const impact: TableEvidence = { kind: 'impact-report', run, resultHash }
const consultation: TableEvidence = { kind: 'consultation', none: 'Only prices rose.' }

t.test('a run that is not done, or found something else, is a fault at its place', async (t) => {
  const faults = (evidence: readonly TableEvidence[], runs: readonly FinishedRun[]) =>
    named(unknownRunFaults({ ...table, evidence }, runs))
  t.strictSame(named(unknownRunFaults(table, [])), [], 'no evidence')
  t.strictSame(faults([consultation, impact], [finished]), [])
  t.strictSame(faults([{ ...impact, run: run.toUpperCase() }], [finished]), [], 'an id has two spellings')
  const fault = ['evidence-run-unknown /evidence/1/run']
  t.strictSame(faults([consultation, impact], []), fault)
  for (const change of [
    { run: run.replace('019a', '019b') },
    { resultHash: resultHash.replace('0', '1') },
    { questionnaireKey: 'other' },
  ])
    t.strictSame(faults([consultation, impact], [{ ...finished, ...change }]), fault)
})
