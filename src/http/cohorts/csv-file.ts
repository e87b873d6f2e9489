// Reads a cohort's CSV file as it arrives: its header, then row by row, in small steps so that other requests are
// served in between. The file as a whole is refused only where it cannot be told what its rows are.
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { CsvError, parse } from 'csv-parse'
import { MOST_CHARACTERISTICS } from '../../contract/limits.ts'
import { Refusal } from '../../contract/refusal.ts'
import { CHARACTERISTIC_COLUMN, isCohortColumn } from '../../domain/calibration/cohort/cohort-row.ts'
import { MOST_ROWS, type PartReader, type PartRows } from '../../operations/cohort/read-part.ts'

export const MOST_BYTES = 32 * 1024 * 1024

/** The rows of a file. Refuses `cohort-file-malformed`, `body-malformed` (not UTF-8) and `body-too-large`. */
export async function readCsvFile(stream: Readable, reader: PartReader): Promise<PartRows> {
  const hash = createHash('sha256')
  let read = 0
  const parser = parse({
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MOST_KILOBYTES_A_ROW * 1024,
    on_record(record, { lines }) {
      read = lines
      return record
    },
  })
  const fed = feed(stream, hash, parser)
  try {
    await readRecords(parser, reader)
    await fed
  } catch (error) {
    // What is left of the upload is not read; whoever sends it is answered.
    stream.unpipe?.()
    stream.resume()
    await fed.catch(() => {})
    throw error instanceof CsvError ? malformed(error, read) : error
  }
  return reader.done(hash.digest('hex'))
}

type Parser = ReturnType<typeof parse>
type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } }

async function feed(stream: Readable, hash: ReturnType<typeof createHash>, parser: Parser): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  try {
    for await (const chunk of stream) {
      const part = chunk as Buffer
      bytes += part.length
      if (bytes > MOST_BYTES) throw tooLarge('The file is larger than 32 MB')
      hash.update(part)
      await given(parser, decoder.decode(part, { stream: true }))
    }
    await given(parser, decoder.decode())
    parser.end()
  } catch (error) {
    parser.destroy(error instanceof TypeError ? notUtf8() : (error as Error))
    throw error
  }
}

// Waits while the parser is full, or until it has ended for another reason.
async function given(parser: Parser, text: string): Promise<void> {
  if (text === '' || parser.destroyed || parser.write(text)) return
  await new Promise<void>((resolve) => {
    const go = () => {
      parser.off('drain', go).off('close', go)
      resolve()
    }
    parser.on('drain', go).on('close', go)
  })
}

const ROWS_A_TURN = 100

async function readRecords(parser: Parser, reader: PartReader): Promise<void> {
  let header: readonly string[] | null = null
  for await (const { record, info } of parser as AsyncIterable<Parsed>) {
    if (header === null) {
      header = headerOf(record)
      continue
    }
    if (reader.rows() === MOST_ROWS) throw tooLarge(`The file has more than ${MOST_ROWS} rows`)
    if (record.length === header.length) reader.add(info.lines, rowOf(header, record))
    else reader.reject(info.lines, 'row-shape')
    if (reader.rows() % ROWS_A_TURN === 0) await setImmediate()
  }
  if (header === null)
    throw fileProblem('The file is empty. Send a header row that names the columns, then the rows.')
}

function headerOf(record: readonly string[]): readonly string[] {
  const names = record.map((name) => name.trim())
  const separator =
    names.length === 1 ? (OTHER_SEPARATORS.find(([mark]) => record[0]?.includes(mark)) ?? null) : null
  if (separator !== null)
    throw fileProblem(`Found one column: is it separated by ${separator[1]}? Save the file with commas.`)
  const unknown = names.flatMap((name, i) => (isCohortColumn(name) ? [] : i + 1))
  const missing = NEEDED.filter(({ columns }) => !names.some((name) => columns.test(name))).map(
    ({ says }) => says,
  )
  // What stands there is not repeated: without a header it would be a person's row.
  if (unknown.length > 0)
    throw fileProblem(
      `${unknown.length === 1 ? 'Column' : 'Columns'} ${unknown.slice(0, 10).join(', ')} ${unknown.length === 1 ? 'is not a cohort column' : 'are not cohort columns'}. ${missingIn(missing)}Use the column names of a cohort and remove other columns.`,
    )
  if (new Set(names).size < names.length) throw fileProblem('Two columns have the same name. Remove one.')
  if (names.filter((name) => name.startsWith(CHARACTERISTIC_COLUMN)).length > MOST_CHARACTERISTICS)
    throw fileProblem(`There are more than ${MOST_CHARACTERISTICS} characteristics. Remove columns.`)
  if (!names.includes('ref') || !names.includes('userGroup'))
    throw fileProblem(`${missingIn(missing)}Add what is missing.`)
  return names
}

const OTHER_SEPARATORS = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
] as const

const NEEDED = [
  { says: 'ref', columns: /^ref$/ },
  { says: 'userGroup', columns: /^userGroup$/ },
  { says: 'points or answers.{domain}', columns: /^(points$|answers\.)/ },
  { says: 'costAnnual, or costAmount and costFrequency', columns: /^cost(Annual|Amount)$/ },
]

function missingIn(says: readonly string[]): string {
  return says.length === 0 ? '' : `Missing: ${says.join('; ')}. `
}

function rowOf(header: readonly string[], record: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(header.map((name, i) => [name, record[i] ?? '']))
}

const MOST_KILOBYTES_A_ROW = 64

const AFTER_CLOSING = 'a quotation mark ends a cell, and neither a comma nor the end of the line follows'

/** What each fault of the reader means. Its own messages quote cells, and some of its codes are without `CSV_`. */
const READER_FAULTS: Readonly<Record<string, { readonly says: string; readonly ofRow?: true }>> = {
  INVALID_OPENING_QUOTE: { says: 'a quotation mark stands inside a cell that does not begin with one' },
  INVALID_CLOSING_QUOTE: { says: AFTER_CLOSING },
  NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: { says: AFTER_CLOSING },
  QUOTE_NOT_CLOSED: { says: 'a quotation mark begins a cell, and none ends it', ofRow: true },
  MAX_RECORD_SIZE: {
    says: `the row is longer than ${MOST_KILOBYTES_A_ROW} kB, so a quotation mark may be missing`,
    ofRow: true,
  },
}

// What a whole row has wrong is told by the line on which it begins: the reader's own is where it gave up.
function malformed({ code, lines }: CsvError & { readonly lines?: number }, read: number): Refusal {
  const { says, ofRow } = READER_FAULTS[code.replace(/^CSV_/, '')] ?? { says: 'the line cannot be read' }
  const line = ofRow || lines === undefined ? read + 1 : lines
  return fileProblem(
    `Line ${line}: ${says}. Put cells with commas or quotation marks in double quotes, and double those inside.`,
  )
}

function fileProblem(detail: string): Refusal {
  return new Refusal('cohort-file-malformed', detail)
}

function tooLarge(found: string): Refusal {
  return new Refusal('body-too-large', `${found}, the limit for one request. Send it in parts.`)
}

function notUtf8(): Refusal {
  return new Refusal('body-malformed', 'The file is not UTF-8. Save it as "CSV UTF-8" and resend.', {
    faults: [
      {
        pointer: '',
        code: 'body-not-utf8',
        detail: 'Found bytes that are not UTF-8. Save the file as "CSV UTF-8".',
      },
    ],
  })
}
