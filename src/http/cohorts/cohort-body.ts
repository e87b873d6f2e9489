// The body of a part: a stream of CSV for these resources alone, or a list in JSON like every other body.

import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { Static } from '@sinclair/typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { CohortPartUpload, CohortRow } from '../../contract/calibration/cohort.ts'
import { Refusal } from '../../contract/refusal.ts'
import type { RowText } from '../../domain/calibration/cohort/cohort-row.ts'
import { canonicalJson, sha256Of } from '../../domain/log/canonical.ts'
import type { PartReader, PartRows } from '../../operations/cohort/read-part.ts'
import type { RequestKey } from '../../operations/write-once.ts'
import { requestKeyOf } from '../core/requests/request-key.ts'
import { readCsvFile } from './csv-file.ts'

/** Lets the resources of this plugin, and no others, take a file. It is read by their handlers, as it arrives. */
export function registerCsvBody(app: Pick<FastifyInstance, 'addContentTypeParser'>): void {
  app.addContentTypeParser(CSV, (_request, stream, done) => done(null, stream))
}

const CSV = /^text\/csv(\s*;\s*(charset="?utf-8"?|header=present))*\s*$/i

export function sentAsFile(request: FastifyRequest): boolean {
  return CSV.test(request.headers['content-type'] ?? '')
}

/** The rows of a request with its key: a retry must repeat the file's bytes, or the list, and what goes with it. */
export async function readPart(
  request: FastifyRequest,
  reader: PartReader,
  beside: object | null,
): Promise<{ readonly rows: PartRows; readonly key: RequestKey }> {
  // Before a large file is read for nothing.
  requestKeyOf(request, null)
  const rows = sentAsFile(request)
    ? await readCsvFile(request.body as Readable, reader)
    : await readListRows((request.body as Static<typeof CohortPartUpload>).rows, reader)
  return { rows, key: requestKeyOf(request, { sha256: rows.sha256, beside }) }
}

// A list gives the same columns that a file has.
type Row = Static<typeof CohortRow>

async function readListRows(rows: readonly Row[], reader: PartReader): Promise<PartRows> {
  for (const [i, row] of rows.entries()) {
    reader.add(i + 1, columnsOf(row))
    if (i % 100 === 99) await setImmediate()
  }
  return reader.done(sha256Of(Buffer.alloc(0), canonicalJson(rows)).toString('hex'))
}

function columnsOf({ answers, weightings, addOns, carer, characteristics, ...plain }: Row): RowText {
  return {
    ...plain,
    ...prefixed('answers.', answers),
    ...prefixed('weightings.', weightings),
    ...prefixed('addOns.', addOns),
    ...prefixed('carer.support.', carer?.support),
    ...prefixed('characteristics.', characteristics),
    ...(carer === undefined ? {} : { 'carer.willingAndAble': String(carer.willingAndAble) }),
    ...(carer?.overall === undefined ? {} : { 'carer.overall': carer.overall }),
  }
}

function prefixed(prefix: string, cells: Readonly<Record<string, string>> = {}): RowText {
  return Object.fromEntries(Object.entries(cells).map(([key, value]) => [`${prefix}${key}`, value]))
}

const ADVICE =
  'Send the first rows to POST /v1/cohorts without "seal" and the rest to POST /v1/cohorts/{id}/parts, then seal it. ' +
  'Or send a file as text/csv, with up to 50,000 rows and 32 MB in each request.'

/** The refusal of a list of rows that is too large says what to do; every other stays as it is. */
export function withAdvice(error: Error & { readonly code?: unknown }): Error {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Refusal(
      'body-too-large',
      `The body is larger than 256 kB, the limit for rows in JSON. ${ADVICE}`,
    )
  if (!(error instanceof Refusal) || error.faults.every(({ code }) => code !== 'body-too-many-tokens'))
    return error
  return new Refusal(error.code, `The body has too many names and values. ${ADVICE}`, {
    faults: error.faults,
  })
}
