// The results of a run as stored: one line of JSON in the form of contract/calibration/run-results.ts, then one line a
// person. They are written here and read here, and nowhere else.
import type { MethodRefused } from '../../contract/calibration/calibration-run.ts'
import type { RefusedMethod, RunResults } from '../../contract/calibration/run-results.ts'
import { RESULTS_VERSION } from '../../contract/limits.ts'
import { contentHash } from '../../domain/log/canonical.ts'
import { decimal } from '../../domain/number/decimal.ts'
import { withReasons } from './stored-run.ts'

/** The UTF-8 bytes of the results and of the lines that follow, and the hash over all of it. */
export type ResultBytes = { readonly body: Uint8Array<ArrayBuffer>; readonly resultHash: string }

export function encodeResults(results: RunResults, persons: Iterable<string>): ResultBytes {
  const body = linesAsBytes(JSON.stringify(results), persons)
  return { body, resultHash: contentHash(body) }
}

/** The first line read back. */
export function decodeResults(text: string): RunResults {
  const results = JSON.parse(ofThisVersion(text)) as RunResults
  return text.startsWith(COMPLETE) ? results : completed(results)
}

/** The first line for who passes it on: the very text, where nothing that is told now is missing in it. */
export function resultsText(text: string): string {
  return text.startsWith(COMPLETE) ? ofThisVersion(text) : JSON.stringify(decodeResults(text))
}

const BEGINNING = `{"v":${RESULTS_VERSION},`
const COMPLETE = `${BEGINNING}"evidence":`

/** The text itself. Results of another version are never told as if they were of this one. */
function ofThisVersion(text: string): string {
  if (!text.startsWith(BEGINNING)) throw new Error(`stored results are not of version ${RESULTS_VERSION}`)
  return text
}

// What runs told before there was more to tell: nothing is computed anew, and what is not known is empty.
function completed({ v, ...results }: Earlier): RunResults {
  return {
    v,
    evidence: earlierEvidence(results.summary),
    settings: ['own-home'],
    characteristics: [],
    ...results,
    request: withReasons(results.request),
    methods: results.methods.map((method) =>
      method.outcome === 'refused' ? method : { ...UNKNOWN, ...method },
    ),
  }
}

type Earlier = Omit<RunResults, 'evidence' | 'settings' | 'characteristics'>

function earlierEvidence({ all: { people, rows }, pointsSpread }: Earlier['summary']) {
  const highest = decimal(pointsSpread?.maximum ?? '0')
    .div(5)
    .ceil()
    .times(5)
    .toFixed(2)
  return { people, rows, pointsFrom: '0.00', pointsTo: highest, collectedFrom: null, collectedBefore: null }
}

const UNKNOWN = {
  impactAvailable: null,
  scenariosAvailable: null,
  tenths: [],
  tenthsAvailable: null,
  characteristics: [],
  characteristicsAvailable: null,
  marginal: [],
  cliffs: [],
  accuracy: null,
}

/** A method that was refused, for answers in which its request does not stand. */
export function withoutRequest({ request: _, ...refused }: RefusedMethod): MethodRefused {
  return refused
}

const PAGE = 1_000

/**
 * Lines with a line feed between each and the next, made a page at a time: neither the lines nor the text are ever held
 * whole as strings, and the bytes lie outside of the heap and can be handed from thread to thread.
 */
function linesAsBytes(first: string, rest: Iterable<string>): Uint8Array<ArrayBuffer> {
  const pages: Uint8Array[] = [Buffer.from(first)]
  let page: string[] = []
  for (const line of rest) {
    page.push(line)
    if (page.length < PAGE) continue
    pages.push(paged(page))
    page = []
  }
  pages.push(paged(page))
  return joined(pages)
}

function paged(lines: readonly string[]): Uint8Array {
  return Buffer.from(lines.map((line) => `\n${line}`).join(''))
}

function joined(pages: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pages.reduce((length, page) => length + page.length, 0))
  let place = 0
  for (const page of pages) {
    whole.set(page, place)
    place += page.length
  }
  return whole
}
