// Who may call: every route under /v1 asks for a credential before anything else, whatever the rest of the request,
// and never says why one is refused.
import { randomUUID } from 'node:crypto'
import { makeApiKey } from '../../../src/http/core/credentials/api-key.ts'
import { asOwner, revokeSubject } from '../../../src/store/registration.ts'
import { withService } from '../../support/folder.ts'
import { get, refused, smallQuestionnaire } from '../driver.ts'
import { routesOf } from '../routes.ts'

const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

export const tests = withService(import.meta, (t, service) => {
  t.test('a credential', async (t) => {
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
        t.equal(
          answer.headers['www-authenticate'],
          'Bearer realm="openras", Basic realm="openras", charset="UTF-8"',
        )
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
      const cases: Record<string, readonly [headers: Record<string, string>, logged: string]> = {
        'no key at all': [bearer('nonsense'), 'unknown'],
        'an empty key': [{ authorization: 'Bearer ' }, 'malformed'],
        'a wrong secret': [bearer(`oras_${alpha.id}_${keyId}_${'A'.repeat(43)}`), 'wrong secret'],
        'an unknown key': [bearer(makeApiKey(alpha.id).text), 'unknown'],
        'a key under another authority’s name': [bearer(`oras_${beta.id}_${keyId}_${secret}`), 'unknown'],
        'a key of an authority that does not exist': [bearer(makeApiKey('nobody').text), 'unknown'],
        'an authority of another form': [
          bearer(`oras_${alpha.id.toUpperCase()}_${keyId}_${secret}`),
          'unknown',
        ],
        'a key with something after it': [bearer(`${key}x`), 'unknown'],
        'a key as the name of Basic': [basic(`${key}:`), 'unknown'],
        'no base64 in Basic': [{ authorization: 'Basic ***' }, 'unknown'],
        'another scheme': [{ authorization: `Digest ${key}` }, 'malformed'],
        'a key without a scheme': [{ authorization: key }, 'malformed'],
        'two credentials': [{ authorization: `Bearer ${key}, Bearer ${key}` }, 'malformed'],
        expired: [bearer(expired), 'expired'],
        revoked: [bearer(revoked), 'revoked'],
      }
      for (const [why, [headers, logged]] of Object.entries(cases)) {
        service.logged.length = 0
        const answer = await list(headers)
        refused(t, answer, 'credential-refused', [], why)
        t.equal(
          answer.headers['www-authenticate'],
          'Bearer realm="openras", error="invalid_token", Basic realm="openras", charset="UTF-8"',
        )
        t.match(service.logged.join(''), `"reason":"${logged}","msg":"credential refused"`, why)
        t.notMatch(service.logged.join(''), secret, 'not even there')
        t.notMatch(answer.body, secret, 'nothing is repeated')
      }
    })

    await t.test('is refused with its subject, once that is revoked', async (t) => {
      const leaver = bearer(await alpha.key({ subject: 'leaver' }))
      await asOwner(service.adminUrl, alpha.id, (trx) =>
        revokeSubject(trx, { authorityId: alpha.id, subjectId: 'leaver', reason: 'left' }, new Date()),
      )
      service.logged.length = 0
      refused(t, await list(leaver), 'subject-denied')
      t.match(service.logged.join(''), '"reason":"subject-denied","msg":"credential refused"')
      t.equal((await list(bearer(key))).statusCode, 200, 'and no other')
    })

    await t.test('says whom it stands for, whatever else it may do', async (t) => {
      const expiresAt = new Date(Date.now() + 60_000)
      const limited = await stored({ expiresAt })
      t.strictSame((await get(service, bearer(limited), '/v1/me')).json(), {
        authority: alpha.id,
        client: 'case-management',
        subject: 'author',
        scopes: ['allocations:read'],
        keyId: limited.split('_')[2],
        expiresAt: expiresAt.toISOString(),
      })
      const none = await get(service, bearer(await alpha.key({ scopes: [] })), '/v1/me')
      t.match(none.json(), { scopes: [], expiresAt: null })
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
      const { keyId, secretHash, text } = makeApiKey(alpha.id)
      const at = new Date()
      await asOwner(service.adminUrl, alpha.id, async (trx) => {
        const row = { authority_id: alpha.id, key_id: keyId, recorded_at: at }
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
})
