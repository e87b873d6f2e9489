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

/** What a part of a cursor must look like: a regular expression, or anything that can tell. */
export type PartForm = { test(text: string): boolean }

/** The place a cursor stands for, or null without one. `forms` say what each part must look like. */
export function decodeCursor(
  cursor: string | undefined,
  forms: readonly PartForm[],
  listing: Listing,
): readonly string[] | null {
  if (cursor === undefined) return null
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

/** One page of rows read with a limit of one more than asked, and the Link header of the next. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  place: (row: T) => readonly (string | number)[],
  listing: Listing,
) {
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  const more = rows.length > limit && last !== undefined
  return { data, nextCursor: more ? encodeCursor(place(last), listing) : null }
}

/** The page as it is answered: with a Link header where another follows. */
export function linked<Page extends { readonly nextCursor: string | null }>(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page,
): Page {
  if (page.nextCursor !== null) reply.header('link', nextLink(request.url, page.nextCursor))
  return page
}

/** `Link: rel="next"` for the page after this one. */
function nextLink(url: string, cursor: string): string {
  const [path = '', query = ''] = url.split('?', 2)
  const parameters = new URLSearchParams(query)
  parameters.set('cursor', cursor)
  return `<${path}?${parameters}>; rel="next"`
}
