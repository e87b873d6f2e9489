// The demonstration authority of an embedded start: sample questionnaires and two published tables, made through the
// service's own resources by two subjects, as a council would make them.
import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import {
  DEMONSTRATION_AUTHOR,
  DEMONSTRATION_AUTHORITY,
  DEMONSTRATION_PUBLISHER,
} from './http/core/credentials/demonstration-keys.ts'
import { findAuthority } from './store/authorities.ts'
import type { Database } from './store/database.ts'
import { asOwner, createAuthority } from './store/registration.ts'

const DOCUMENTS = [
  { path: '/v1/questionnaires', file: 'questionnaire-adult.json' },
  { path: '/v1/questionnaires', file: 'questionnaire-carer.json' },
  { path: '/v1/calibration-tables', file: 'table-adult.json' },
  { path: '/v1/calibration-tables', file: 'table-carer.json' },
]

/** Makes what is missing of the demonstration. Each step is sent under a key of its own, so that an interrupted
 * start is completed by the next, and a complete one changes nothing. `adminUrl` is the migrating role's. */
export async function prepareDemonstration(
  app: FastifyInstance,
  database: Database,
  adminUrl: string,
): Promise<void> {
  if ((await findAuthority(database, DEMONSTRATION_AUTHORITY)) === null) {
    const authority = {
      authorityId: DEMONSTRATION_AUTHORITY,
      title: 'the demonstration authority',
      challengeRoute:
        'This is a demonstration: there is nobody to write to. A council puts here whom to ask, and how.',
    }
    await asOwner(adminUrl, DEMONSTRATION_AUTHORITY, (trx) => createAuthority(trx, authority, new Date()))
  }
  for (const { path, file } of DOCUMENTS) {
    const document = await readFile(new URL(`../examples/${file}`, import.meta.url), 'utf8')
    await publish(app, path, file, document)
  }
}

async function publish(app: FastifyInstance, path: string, file: string, document: string): Promise<void> {
  const drafted = await send(
    app,
    path,
    DEMONSTRATION_AUTHOR,
    { 'idempotency-key': `demonstration-draft-${file}` },
    document,
  )
  const { key, version, warnings } = JSON.parse(drafted.body) as Drafted
  const address = `${path}/${key}/versions/${version}/publication`
  const headers = {
    'idempotency-key': `demonstration-publish-${file}`,
    'if-match': String(drafted.headers.etag),
  }
  // The publisher of a demonstration has seen what its author was told.
  const acknowledges = [...new Set(warnings?.map(({ code }) => code))]
  const body = acknowledges.length === 0 ? {} : { acknowledges }
  await send(app, address, DEMONSTRATION_PUBLISHER, headers, JSON.stringify(body))
}

/** An earlier release's drafts had no warnings, and its publications were asked for without any. */
type Drafted = {
  readonly key: string
  readonly version: number
  readonly warnings?: readonly { readonly code: string }[]
}

async function send(
  app: FastifyInstance,
  url: string,
  key: string,
  headers: Record<string, string>,
  payload: string,
) {
  const response = await app.inject({
    method: 'POST',
    url,
    payload,
    headers: { ...headers, authorization: `Bearer ${key}`, 'content-type': 'application/json' },
  })
  if (response.statusCode !== 201) throw new Error(`The demonstration cannot be prepared: ${response.body}`)
  return response
}
