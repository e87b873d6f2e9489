// Rows of a JSON list, as the same columns that a file has.

import { setImmediate } from 'node:timers/promises'
import type { Static } from '@sinclair/typebox'
import type { CohortRow } from '../../contract/calibration/cohort.ts'
import type { RowText } from '../../domain/calibration/cohort/cohort-row.ts'
import { canonicalJson, sha256Of } from '../../domain/log/canonical.ts'
import type { PartReader, PartRows } from '../../operations/cohort/read-part.ts'

type Row = Static<typeof CohortRow>

export async function readListRows(rows: readonly Row[], reader: PartReader): Promise<PartRows> {
  for (const [i, row] of rows.entries()) {
    reader.add(i + 1, columnsOf(row))
    if (i % 100 === 99) await setImmediate()
  }
  return reader.done(sha256Of(Buffer.alloc(0), canonicalJson(rows)).toString('hex'))
}

function columnsOf({ answers, weightings, addOns, carer, ...plain }: Row): RowText {
  return {
    ...plain,
    ...prefixed('answers.', answers),
    ...prefixed('weightings.', weightings),
    ...prefixed('addOns.', addOns),
    ...prefixed('carer.support.', carer?.support),
    ...(carer === undefined ? {} : { 'carer.willingAndAble': String(carer.willingAndAble) }),
    ...(carer?.overall === undefined ? {} : { 'carer.overall': carer.overall }),
  }
}

function prefixed(prefix: string, cells: Readonly<Record<string, string>> = {}): RowText {
  return Object.fromEntries(Object.entries(cells).map(([key, value]) => [`${prefix}${key}`, value]))
}
