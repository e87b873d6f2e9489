// The rows of one part of a cohort on their way in: each is a case or a rejection, and none is lost in between.

import type { CohortRowFaultCode } from '../../contract/faults.ts'
import { caseLine } from '../../domain/calibration/cohort/case-line.ts'
import { valueCount } from '../../domain/calibration/cohort/characteristics.ts'
import {
  type Rejection,
  type RowRules,
  type RowText,
  readRow,
} from '../../domain/calibration/cohort/cohort-row.ts'

export const MOST_ROWS = 50_000

type Accepted = { readonly line: number; readonly ref: string; readonly text: string }

export type PartRows = {
  /** SHA-256, hexadecimal, over the bytes of the file, or the canonical form of the list. */
  readonly sha256: string
  readonly accepted: readonly Accepted[]
  readonly rejections: readonly Rejection[]
}

export type PartReader = {
  add(line: number, row: RowText): void
  reject(line: number, code: 'row-shape'): void
  rows(): number
  done(sha256: string): PartRows
}

/** Reads rows one after the other; a reference that came before in the same part is refused. */
export function partReader(rules: RowRules): PartReader {
  const accepted: Accepted[] = []
  const rejections: Rejection[] = []
  const seen = new Set<string>()
  const isOneTooMany = valueCount(rules.characteristics)
  return {
    add(line, row) {
      const reading = readRow(row, rules)
      if ('faults' in reading) {
        const { faults: codes, questions } = reading
        return void rejections.push(questions.length === 0 ? { line, codes } : { line, codes, questions })
      }
      const { ref } = reading.case
      if (seen.has(ref)) return void rejections.push({ line, codes: ['ref-duplicate'] })
      if (isOneTooMany(reading.case))
        return void rejections.push({ line, codes: ['characteristic-not-declared'] })
      seen.add(ref)
      accepted.push({ line, ref, text: caseLine(reading.case) })
    },
    reject: (line, code) => void rejections.push({ line, codes: [code] }),
    rows: () => accepted.length + rejections.length,
    done: (sha256) => ({ sha256, accepted, rejections }),
  }
}

/** The part without the references that earlier parts have: those become rejections too. */
export function withoutKnown(part: PartRows, known: ReadonlySet<string>): PartRows {
  if (known.size === 0) return part
  const again = part.accepted.filter(({ ref }) => known.has(ref))
  const rejections = [
    ...part.rejections,
    ...again.map(({ line }): Rejection => ({ line, codes: ['ref-duplicate'] })),
  ]
  return {
    ...part,
    accepted: part.accepted.filter(({ ref }) => !known.has(ref)),
    rejections: rejections.sort((a, b) => a.line - b.line),
  }
}

/** What is kept of a part: a head, then one case a line. */
export function partBody({ accepted, rejections }: PartRows): string {
  const head = {
    v: 1,
    rejections: rejections.map(({ line, codes, questions = [] }) => [line, ...codes, ...questions]),
  }
  return [JSON.stringify(head), ...accepted.map(({ text }) => text)].join('\n')
}

/** The rejections that a part's head tells of. */
export function rejectionsOf(head: string): readonly Rejection[] {
  const { rejections } = JSON.parse(head) as { rejections: [number, ...string[]][] }
  return rejections.map(([line, ...told]) => ({
    line,
    // A code has no space; a question stands after its code and one.
    codes: told.filter((text) => !text.includes(' ')) as CohortRowFaultCode[],
    questions: told.filter((text) => text.includes(' ')),
  }))
}
