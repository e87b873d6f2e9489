// What the command line can do: each command's form, what it writes, and what it says afterwards.
import { makeApiKey } from '../http/core/credentials/api-key.ts'
import type { Transaction } from '../store/database.ts'
import {
  CommandRefused,
  createApiKey,
  createAuthority,
  createClient,
  createSubject,
  listApiKeys,
  revokeApiKey,
  revokeSubject,
  updateAuthority,
} from '../store/registration.ts'
import type { CommandForm, Given } from './arguments.ts'
import { keyTable } from './key-table.ts'
import type { Outcome } from './outcome.ts'
import { makeSyntheticCouncil, SYNTHETIC_COUNCIL } from './synthetic-council.ts'

/** One that registers runs as the owner of an authority's rows; one that only makes something needs no database. */
export type Command = CommandForm & { readonly purpose: string } & (Registering | Making)

type Registering = { run(trx: Transaction, given: Given, now: Date): Promise<Outcome> }
type Making = { make(given: Given): Promise<Outcome> }

const ofAuthority = { authority: 'required' } as const

export const COMMANDS: Readonly<Record<string, Command>> = {
  'authority create': {
    purpose: 'adds an authority; challenge-route says how its decisions are challenged',
    argument: 'authority',
    options: { title: 'required', 'challenge-route': 'required' },
    async run(trx, given, now) {
      await createAuthority(trx, authorityIn(given), now)
      return { note: `created the authority ${given.one('authority')}` }
    },
  },
  'authority update': {
    purpose: 'adds a revision of an authority; the earlier ones are kept',
    argument: 'authority',
    options: { title: 'required', 'challenge-route': 'required' },
    async run(trx, given, now) {
      const revision = await updateAuthority(trx, authorityIn(given), now)
      return { note: `the authority ${given.one('authority')} is at revision ${revision}` }
    },
  },
  'client create': {
    purpose: 'adds an integrating system, which keeps its id when its keys change',
    argument: 'client',
    options: { ...ofAuthority, title: 'required' },
    async run(trx, given, now) {
      const [authorityId, clientId] = [given.one('authority'), given.one('client')]
      await createClient(trx, { authorityId, clientId, title: given.one('title') }, now)
      return { note: `created the client ${clientId}` }
    },
  },
  'subject create': {
    purpose: 'adds a person or system in whose name keys act; no one publishes what they drafted',
    argument: 'subject',
    options: { ...ofAuthority, kind: 'required' },
    async run(trx, given, now) {
      const [authorityId, subjectId] = [given.one('authority'), given.one('subject')]
      const kind = given.one('kind') === 'person' ? 'person' : 'system'
      await createSubject(trx, { authorityId, subjectId, kind }, now)
      return { note: `created the subject ${subjectId}` }
    },
  },
  'subject revoke': {
    purpose: 'denies a subject for good, with keys and with tokens; services refuse it within ten seconds',
    argument: 'subject',
    options: { ...ofAuthority, reason: 'required' },
    async run(trx, given, now) {
      const [authorityId, subjectId] = [given.one('authority'), given.one('subject')]
      await revokeSubject(trx, { authorityId, subjectId, reason: given.one('reason') }, now)
      return { note: `revoked the subject ${subjectId}; services refuse it within ten seconds` }
    },
  },
  'key create': {
    purpose: 'makes a key and prints it, once and alone, on standard output',
    options: {
      ...ofAuthority,
      client: 'required',
      subject: 'required',
      scope: 'repeated',
      expires: 'optional',
    },
    run: createKey,
  },
  'key revoke': {
    purpose: 'revokes a key for good; services refuse it within ten seconds',
    argument: 'key',
    options: { ...ofAuthority, reason: 'required' },
    async run(trx, given, now) {
      const [authorityId, keyId] = [given.one('authority'), given.one('key')]
      await revokeApiKey(trx, { authorityId, keyId, reason: given.one('reason') }, now)
      return { note: `revoked the key ${keyId}; services refuse it within ten seconds` }
    },
  },
  'key list': {
    purpose: 'lists the keys of an authority, without their secrets',
    options: ofAuthority,
    async run(trx, given) {
      return { output: keyTable(await listApiKeys(trx, given.one('authority'))) }
    },
  },
  'synthetic council': {
    purpose: 'prints people about nobody, as a cohort file or as assessments; needs no database',
    ...SYNTHETIC_COUNCIL,
    make: makeSyntheticCouncil,
  },
}

function authorityIn(given: Given) {
  return {
    authorityId: given.one('authority'),
    title: given.one('title'),
    challengeRoute: given.one('challenge-route'),
  }
}

async function createKey(trx: Transaction, given: Given, now: Date): Promise<Outcome> {
  const authorityId = given.one('authority')
  const expiresAt = endOf(given.optional('expires'), now)
  const { keyId, secretHash, text } = makeApiKey(authorityId)
  const [clientId, subjectId] = [given.one('client'), given.one('subject')]
  const scopes = [...new Set(given.all('scope'))]
  await createApiKey(trx, { authorityId, keyId, secretHash, clientId, subjectId, scopes, expiresAt }, now)
  const until = expiresAt === null ? 'does not expire' : `works until ${expiresAt.toISOString()}`
  return { output: text, note: `created the key ${keyId}, which ${until}; it is shown this once only` }
}

const DAY_MS = 86_400_000

function endOf(day: string | null, now: Date): Date | null {
  if (day === null) return null
  const end = new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS)
  if (end > now) return end
  throw new CommandRefused(
    `The day ${day} is over, so the key would never work. Give a day to come, or none.`,
  )
}
