// Cursors: opaque to callers, a place in the order of a list to us. Never an offset, so pages neither skip nor repeat.
import { Problem } from './problem.ts'

export function encodeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** What a part of a cursor must look like: a regular expression, or anything that can tell. */
export type PartForm = { test(text: string): boolean }

/** The place a cursor stands for, or null without one. `forms` say what each part must look like. */
export function decodeCursor(
  cursor: string | undefined,
  forms: readonly PartForm[],
): readonly string[] | null {
  if (cursor === undefined) return null
  const parts = parse(cursor)
  if (parts?.length === forms.length && forms.every((form, i) => form.test(parts[i] ?? ''))) return parts
  throw new Problem(
    'cursor-invalid',
    'Send the cursor exactly as it was given in nextCursor, or none to begin again.',
  )
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
) {
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  return { data, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(place(last)) : null }
}

/** `Link: rel="next"` for the page after this one. */
export function nextLink(url: string, cursor: string): string {
  const [path = '', query = ''] = url.split('?', 2)
  const parameters = new URLSearchParams(query)
  parameters.set('cursor', cursor)
  return `<${path}?${parameters}>; rel="next"`
}
