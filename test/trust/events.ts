// Events appended directly, as the application's role: the shortest way to many transactions of every shape.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { canonicalJson, leafHash } from '../../src/domain/log/canonical.ts'

/** Appends one event in whatever transaction the connection is in; returns its id. */
export async function appendEvent(client: pg.Client, authority: string): Promise<string> {
  const eventId = randomUUID()
  const nonce = randomBytes(32)
  const at = new Date().toISOString()
  const body = JSON.stringify({ assessment: {}, allocation: {} })
  const commitment = createHash('sha256').update(nonce).update(body).digest('hex')
  const envelope = canonicalJson({ at, authority, commitment, eventId })
  await client.query({
    name: 'append',
    text: 'select openras.append_event($1, $2, null, $3, 200::smallint, $4, $5, $6, $7, $8, $9)',
    values: [
      authority,
      'direct',
      nonce,
      eventId,
      'questionnaire-drafted',
      envelope,
      leafHash(envelope),
      nonce,
      body,
    ],
  })
  return eventId
}
