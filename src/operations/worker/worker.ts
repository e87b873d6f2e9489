// The thread that long sums run in, so that requests are answered meanwhile. It is given everything and gives a result
// back; it has no database and no clock. Each kind of work is a generator whose steps are its progress.
import { getHeapStatistics } from 'node:v8'
import { parentPort } from 'node:worker_threads'
import type { RefusalCode } from '../../contract/problems.ts'
import { type Fault, Refusal } from '../../contract/refusal.ts'
import { type ApplicationInput, applyTable } from '../caseload/application.ts'
import { type SummaryInput, summarise } from '../cohort/cohort-summary.ts'
import { makeReports, type ReportsInput, type ReportTexts } from '../document/reports-computation.ts'
import type { RenderingInput } from '../report/report-data.ts'
import { type ComparisonInput, compareRun } from '../run/comparison.ts'
import { computeRun, type Progress, type RunInput } from '../run/computation.ts'
import type { ResultBytes } from '../run/results.ts'

/** The kinds of work, with what each takes and gives. */
export type Works = {
  readonly run: { readonly input: RunInput; readonly output: ResultBytes }
  readonly summary: { readonly input: SummaryInput; readonly output: string }
  readonly comparison: { readonly input: ComparisonInput; readonly output: string }
  readonly application: { readonly input: ApplicationInput; readonly output: string }
  readonly reports: { readonly input: ReportsInput; readonly output: ReportTexts }
  readonly rendering: { readonly input: RenderingInput; readonly output: string | Uint8Array | null }
}

type Kind = keyof Works
type Outcome<K extends Kind> = Works[K]['output'] | Promise<Works[K]['output']>
type Working = { readonly [K in Kind]: (input: Works[K]['input']) => Generator<Progress, Outcome<K>> }

export type WorkMessage = { readonly progress: Progress } | Done

/** How work ended, and how much memory the thread holds after it. */
export type Done = { readonly heapBytes: number } & (
  | { readonly output: unknown }
  | {
      readonly refused: {
        readonly code: RefusalCode
        readonly detail: string
        readonly faults: readonly Fault[]
      }
    }
)

const works: Working = {
  run: computeRun,
  summary: summarise,
  comparison: compareRun,
  application: applyTable,
  reports: makeReports,
  rendering,
}

// The drawing libraries are large: other work should not wait until they are loaded.
function* rendering(input: RenderingInput): Generator<Progress, Promise<Works['rendering']['output']>> {
  yield { stage: 'drawing', done: 0, total: 1 }
  return import('../report/rendering.ts').then(({ rendered }) => rendered(input))
}

/** What the thread is told to do, one after another. */
export type Order<K extends Kind = Kind> = { readonly kind: K; readonly input: Works[K]['input'] }

async function work<K extends Kind>({ kind, input }: Order<K>): Promise<void> {
  try {
    const steps = works[kind](input)
    let step = steps.next()
    for (; step.done !== true; step = steps.next()) tell({ progress: step.value })
    const output = await step.value
    tell({ output, heapBytes: heapBytes() }, kind === 'run' ? [(output as ResultBytes).body.buffer] : [])
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const refused = { code: error.code, detail: error.message, faults: error.faults }
    tell({ refused, heapBytes: heapBytes() })
  }
}

function heapBytes(): number {
  return getHeapStatistics().total_heap_size
}

// Large results are handed over and not copied.
function tell(message: WorkMessage, handed: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, handed)
}

// Only where it was started as a thread: its types are imported by others.
parentPort?.on('message', (order: Order) => void work(order))
