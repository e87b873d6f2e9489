// Events appended directly, as the application's role: the shortest way to many transactions of every shape.
import type pg from 'pg'
import { append, draftGiven, entryOf } from '../support/entries.ts'

/** Appends one event in whatever transaction the connection is in; returns its id. */
export async function appendEvent(client: pg.Client, authority: string): Promise<string> {
  const entry = entryOf(authority, draftGiven())
  await append(client, authority, entry)
  return entry.eventId
}
