// The body of a part: a stream of CSV for these resources alone, or a list in JSON like every other body.

import type { Readable } from 'node:stream'
import type { Static } from '@sinclair/typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { CohortPartUpload } from '../../contract/calibration/cohort.ts'
import type { PartReader, PartRows } from '../../operations/cohort/read-part.ts'
import type { RequestKey } from '../../operations/write-once.ts'
import { requestKeyOf } from '../core/requests/request-key.ts'
import { readCsvFile } from './csv-file.ts'
import { readListRows } from './list-rows.ts'

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
  requestKeyOf(request, 201, null)
  const rows = sentAsFile(request)
    ? await readCsvFile(request.body as Readable, reader)
    : await readListRows((request.body as Static<typeof CohortPartUpload>).rows, reader)
  return { rows, key: requestKeyOf(request, 201, { sha256: rows.sha256, beside }) }
}
