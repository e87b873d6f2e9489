// Who may call: every route under /v1 asks for a credential before anything else, whatever the rest of the request,
// and never says why one is refused.
import { randomUUID } from 'node:crypto'
import t from 'tap'
import { makeApiKey } from '../../../src/http/core/credentials/api-key.ts'
import { asOwner } from '../../../src/store/registration.ts'
import { startService } from '../../support/service.ts'
import { get, refused, smallQuestionnaire } from '../driver.ts'
import { routesOf } from '../routes.ts'

const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

t.test('a credential', async (t) => {
  const service = await startService(t)
  const alpha = await service.authority('alpha')
  const beta = await service.authority('beta')
  const key = await alpha.key({})
  const list = (headers: Record<string, string>) => get(service, headers, '/v1/allocations')

  await t.test('is asked for by every route under /v1, and by no other', async (t) => {
    const routes = routesOf(service.app)
    t.ok(routes.length > 25)
    for (const { method, path, url } of routes) {
      const answer = await service.request({ method, url })
      if (!path.startsWith('/v1/')) {
        t.not(answer.statusCode, 401, `${method} ${path}`)
        continue
      }
      refused(t, answer, 'credential-missing', [], `${method} ${path}`)
      t.match(answer.headers['www-authenticate'], /^Bearer realm="openras", Basic realm="openras"/)
      const wrong = await service.request({
        method,
        url,
        headers: { ...bearer('wrong'), 'content-type': 'text/plain' },
        payload: '{',
      })
      refused(t, wrong, 'credential-refused', [], `${method} ${path}, whatever the body`)
    }
  })

  await t.test('is an API key as bearer, or as the password of HTTP Basic under any name', async (t) => {
    for (const headers of [
      bearer(key),
      { authorization: `bearer   ${key}` },
      basic(`excel:${key}`),
      basic(`:${key}`),
      basic(key),
    ])
      t.equal((await list(headers)).statusCode, 200, headers.authorization)
  })

  await t.test('is refused alike for every fault, and the answer repeats nothing of it', async (t) => {
    const [, , keyId, ...rest] = key.split('_')
    const secret = rest.join('_')
    const expired = await stored({ expiresAt: new Date(Date.now() - 1) })
    const revoked = await stored({ revoked: true })
    const cases: Record<string, Record<string, string>> = {
      'no key at all': bearer('nonsense'),
      'an empty key': { authorization: 'Bearer ' },
      'a wrong secret': bearer(`oras_alpha_${keyId}_${'A'.repeat(43)}`),
      'an unknown key': bearer(makeApiKey('alpha').text),
      'a key under another authority’s name': bearer(`oras_beta_${keyId}_${secret}`),
      'a key of an authority that does not exist': bearer(makeApiKey('nobody').text),
      'an authority of another form': bearer(`oras_ALPHA_${keyId}_${secret}`),
      'a key with something after it': bearer(`${key}x`),
      'a key as the name of Basic': basic(`${key}:`),
      'no base64 in Basic': { authorization: 'Basic ***' },
      'another scheme': { authorization: `Digest ${key}` },
      'a key without a scheme': { authorization: key },
      'two credentials': { authorization: `Bearer ${key}, Bearer ${key}` },
      expired: bearer(expired),
      revoked: bearer(revoked),
    }
    for (const [why, headers] of Object.entries(cases)) {
      const answer = await list(headers)
      refused(t, answer, 'credential-refused', [], why)
      t.match(answer.headers['www-authenticate'], /Bearer.*Basic/)
      t.notMatch(answer.body, secret, 'nothing is repeated')
    }
    t.notMatch(service.logged.join('\n'), new RegExp(secret))
  })

  await t.test('is for one authority: what another has recorded is not there', async (t) => {
    const drafted = await service.request({
      method: 'POST',
      url: '/v1/questionnaires',
      headers: { ...beta.author, 'idempotency-key': randomUUID() },
      payload: smallQuestionnaire,
    })
    const address = String(drafted.headers.location)
    t.equal((await get(service, beta.author, address)).statusCode, 200)
    const [others, never] = [
      await get(service, bearer(key), address),
      await get(service, bearer(key), address.replace('/1', '/2')),
    ]
    refused(t, others, 'not-found')
    t.equal(others.body.replace('versions/1', 'versions/2'), never.body)
  })

  async function stored({
    expiresAt = null,
    revoked = false,
  }: {
    expiresAt?: Date | null
    revoked?: boolean
  }) {
    const { keyId, secretHash, text } = makeApiKey('alpha')
    const at = new Date()
    await asOwner(service.adminUrl, 'alpha', async (trx) => {
      const row = { authority_id: 'alpha', key_id: keyId, recorded_at: at }
      await trx
        .insertInto('openras.api_key')
        .values({
          ...row,
          client_id: 'case-management',
          subject_id: 'author',
          scopes: ['allocations:read'],
          secret_hash: secretHash,
          expires_at: expiresAt,
        })
        .execute()
      if (revoked)
        await trx
          .insertInto('openras.api_key_revocation')
          .values({ ...row, reason: 'lost' })
          .execute()
    })
    return text
  }
})
