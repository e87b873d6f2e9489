// Cursors: opaque to callers, a place in the order of a list to us. Never an offset, so pages neither skip nor repeat.
// A cursor holds to the filters it was given under, by a hash that anybody could guess at: nothing personal is in it.
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../../contract/refusal.ts'

/** The form of an id within a cursor. */
export const ID_PLACE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Which list, and under which filters; never anything personal, not even to be hashed. */
export type Listing = Readonly<Record<string, string | number | boolean | undefined>>

export function encodeCursor(place: readonly (string | number)[], listing: Listing): string {
  return Buffer.from(JSON.stringify([...place, sealOf(listing)])).toString('base64url')
}

function decodeCursor(
  cursor: string | undefined,
  forms: readonly RegExp[],
  listing: Listing,
): readonly string[] {
  if (cursor === undefined) return []
  const parts = parse(cursor)
  const seal = parts?.at(-1)
  const place = parts?.slice(0, -1)
  if (
    seal === sealOf(listing) &&
    place?.length === forms.length &&
    forms.every((form, i) => form.test(place[i] ?? ''))
  )
    return place
  throw cursorInvalid()
}

export function cursorInvalid(): Refusal {
  return new Refusal(
    'cursor-invalid',
    'The cursor does not fit this list. Send nextCursor unchanged with the same filters, or start without a cursor.',
  )
}

// A slip is to be noticed, not a forgery: whoever makes up a cursor gets another page of what they may read.
function sealOf(listing: Listing): string {
  const filters = Object.entries(listing).filter(([, value]) => value !== undefined)
  return createHash('sha256').update(JSON.stringify(filters.sort())).digest('base64url').slice(0, 11)
}

function parse(cursor: string): readonly string[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(value) ? value.map(String) : null
  } catch {
    return null
  }
}

type PageQuery = { readonly limit: number; readonly cursor?: string | undefined }

export type List<Row> = {
  readonly listing: Listing
  /** What each part of a place in the list must look like in a cursor. */
  readonly forms: readonly RegExp[]
  place(row: Row): readonly (string | number)[]
  /** At most so many rows, from those after the place on; the place is empty for the first page. */
  read(after: readonly string[], most: number): Promise<readonly Row[]>
}

/** One page of a list. One row more than asked is read, to know whether another page follows. */
export async function readPage<Row>(
  { limit, cursor }: PageQuery,
  { listing, forms, place, read }: List<Row>,
) {
  const rows = await read(decodeCursor(cursor, forms, listing), limit + 1)
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  const more = rows.length > limit && last !== undefined
  return { data, nextCursor: more ? encodeCursor(place(last), listing) : null }
}

/** The same as the answer to a GET: with a Link header where another page follows. */
export async function linkedPage<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  list: List<Row>,
): ReturnType<typeof readPage<Row>> {
  const page = await readPage(request.query as PageQuery, list)
  if (page.nextCursor !== null) reply.header('link', nextLink(request.url, page.nextCursor))
  return page
}

function nextLink(url: string, cursor: string): string {
  const [path = '', query = ''] = url.split('?', 2)
  const parameters = new URLSearchParams(query)
  parameters.set('cursor', cursor)
  return `<${path}?${parameters}>; rel="next"`
}
