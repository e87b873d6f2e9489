// A caller counts only for an authority that somebody created, whatever a sound token says; and nothing is stored for
// any other, whoever asks the database.
import { readFileSync } from 'node:fs'
import t from 'tap'
import { AUTHORITY_PATTERN } from '../../../src/contract/primitives.ts'
import type { Caller } from '../../../src/http/core/credentials/caller.ts'
import { jwtCheck } from '../../../src/http/core/credentials/jwt.ts'
import { knownAuthority } from '../../../src/http/core/credentials/known-authority.ts'
import { SCOPES } from '../../../src/http/core/credentials/scopes.ts'
import type { Database } from '../../../src/store/database.ts'
import { asOwner, revokeSubject } from '../../../src/store/registration.ts'
import { append, draftGiven, entryOf } from '../../support/entries.ts'
import { asAdmin, startService } from '../../support/service.ts'
import { connect, outcomeOf } from '../../trust/connections.ts'
import { get, post, refused, smallQuestionnaire } from '../driver.ts'
import { closeServers, good, settings, signed } from './token-issuer.ts'

t.teardown(closeServers)
const service = await startService(t, { credentialChecks: [jwtCheck(settings)] })
await service.authority('north-shire')

async function tokenFor(authority: string) {
  const token = await signed({ ...good(), openras_authority: authority, scope: SCOPES.join(' ') })
  return { authorization: `Bearer ${token}` }
}

t.test('a token is accepted for an authority that was created, and for no other', async (t) => {
  const [known, phantom] = [await tokenFor('north-shire'), await tokenFor('phantom')]
  t.equal((await post(service, known, '/v1/questionnaires', smallQuestionnaire)).statusCode, 201)
  refused(
    t,
    await post(service, phantom, '/v1/questionnaires', smallQuestionnaire),
    'credential-refused',
    [],
    'a sound token of an authority that nobody created',
  )
  refused(t, await get(service, phantom, '/v1/allocations'), 'credential-refused')
  t.same(await asAdmin(service.adminUrl, `select from openras.event where authority_id = 'phantom'`), [])
})

t.test(
  'an authority counts from the moment it is created, and is asked for once in ten seconds',
  async (t) => {
    let asked = 0
    const counting: Database = {
      ...service.database,
      asAuthority(authorityId, work) {
        asked += 1
        return service.database.asAuthority(authorityId, work)
      },
    }
    const check = knownAuthority(counting, async (authorityId) =>
      authorityId === 'nobody' ? null : callerOf(authorityId),
    )
    t.equal(await check('nobody'), null)
    t.equal(asked, 0, 'who stands for nobody is not asked about')
    t.strictSame(await check('later'), { refused: 'unknown authority' })
    await service.authority('later')
    for (let i = 0; i < 10; i += 1) t.same(await check('later'), callerOf('later'))
    t.equal(asked, 2, 'a miss is not kept, a find is')
    await asOwner(service.adminUrl, 'later', (trx) =>
      revokeSubject(trx, { authorityId: 'later', subjectId: 's', reason: 'left' }, new Date()),
    )
    t.same(await check('later'), callerOf('later'), 'for ten seconds')
    const asking = knownAuthority(counting, async (authorityId) => callerOf(authorityId))
    for (let i = 0; i < 2; i += 1) t.strictSame(await asking('later'), { refused: 'subject-denied' })
    t.equal(asked, 4, 'who may not call is asked about each time')
  },
)

function callerOf(authorityId: string): Caller {
  return { authorityId, clientId: 'c', subjectId: 's', scopes: new Set(SCOPES), keyId: null, expiresAt: null }
}

t.test('a token says whom it stands for, and when it ends', async (t) => {
  const claims = good()
  const authorization = `Bearer ${await signed(claims)}`
  t.strictSame((await get(service, { authorization }, '/v1/me')).json(), {
    authority: 'north-shire',
    client: 'case-system',
    subject: 'auth0|5f2c',
    scopes: ['assessments:write', 'allocations:read'],
    keyId: null,
    expiresAt: new Date(Number(claims.exp) * 1000).toISOString(),
  })
})

t.test('the database keeps nothing of an authority that nobody created', async (t) => {
  const client = await connect(t, service.adminUrl, 'phantom')
  await client.query('set session authorization openras_owner')
  for (const row of [
    `client values ('phantom', 'c', 'C', now())`,
    `subject values ('phantom', 's', 'person', now())`,
  ])
    t.equal(await outcomeOf(client, `insert into openras.${row}`), 'refused 23503', row)
  const app = await connect(t, service.applicationUrl, 'phantom')
  const cohort = { kind: 'cohort-uploaded', facts: { cohort: {} }, parts: { body: '' }, key: 'k' } as const
  for (const [table, given] of Object.entries({ document: draftGiven(), cohort })) {
    const error = await append(app, 'phantom', entryOf('phantom', given)).then(
      () => null,
      (refusal: { constraint?: string }) => refusal,
    )
    t.match(error, { code: '23503', constraint: `${table}_authority` })
  }
})

t.test('the form of an authority’s id is the same in the database', async (t) => {
  const migration = readFileSync(
    new URL('../../../migrations/0002_authorities_and_credentials.sql', import.meta.url),
    'utf8',
  )
  t.match(migration, `check (authority_id ~ '${AUTHORITY_PATTERN}')`)
})
