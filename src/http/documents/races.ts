// Two writers of the same revision, version or term: the keys let one commit. Where the other's request still makes
// sense it is done again on what is there now; an edit under If-Match does not, and is told so.

import { Refusal } from '../../contract/refusal.ts'
import { violatedConstraint } from '../../store/database.ts'

const ATTEMPTS = 5

/** Does `work` again where another writer was first. Refuses `busy` after the fifth time. */
export async function withRetry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (!isLostRace(error)) throw error
      if (attempt === ATTEMPTS) throw crowdedOut()
    }
  }
}

function crowdedOut(): Refusal {
  const detail = 'Others write to this at the same time. Send the same request again with the same key.'
  return new Refusal('busy', detail, { headers: { 'retry-after': '1' } })
}

/** Refuses `revision-changed` where another writer was first. */
export async function changed<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw isLostRace(error) ? revisionChanged() : error
  }
}

function isLostRace(error: unknown): boolean {
  const constraint = violatedConstraint(error)
  return (
    constraint?.startsWith('document_revision_') === true || constraint?.startsWith('table_term_') === true
  )
}

export function revisionChanged(): Refusal {
  return new Refusal(
    'revision-changed',
    'The draft has changed since the revision in If-Match. Get it again and decide anew.',
  )
}
