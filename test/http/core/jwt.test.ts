// Access tokens against a real key server on this machine: good ones of each algorithm, and every forgery we know.
import { once } from 'node:events'
import { mock } from 'node:test'
import t from 'tap'
import { Refusal } from '../../../src/contract/refusal.ts'
import { jwtCheck } from '../../../src/http/core/credentials/jwt.ts'
import { forgeries } from './forged-tokens.ts'
import {
  closeServers,
  elsewhere,
  encode,
  good,
  jwks,
  listen,
  makeSigner,
  now,
  rs256,
  settings,
  signed,
  signers,
  stray,
} from './token-issuer.ts'

t.teardown(closeServers)
const check = jwtCheck(settings)
const EXPIRY = now() + 600
const callerOf = (found: Awaited<ReturnType<typeof check>>) =>
  found !== null && 'authorityId' in found ? found : null

t.test('a good token of each accepted algorithm stands for its caller, known scopes only', async (t) => {
  for (const by of signers) {
    t.strictSame(
      await check(await signed({ ...good(), exp: EXPIRY }, { by })),
      {
        authorityId: 'north-shire',
        clientId: 'case-system',
        subjectId: 'auth0|5f2c',
        scopes: new Set(['assessments:write', 'allocations:read']),
        keyId: null,
        expiresAt: new Date(EXPIRY * 1000),
      },
      by.alg,
    )
  }
  t.equal(jwks.asked, 1, 'the keys were fetched once')
})

t.test('what providers differ in is accepted', async (t) => {
  const { client_id, ...rest } = good()
  const cases: Record<string, Promise<string>> = {
    'azp in place of client_id': signed({ ...rest, azp: client_id }),
    'azp beside an equal client_id': signed({ ...good(), azp: client_id }),
    'one of several audiences': signed({ ...good(), aud: ['https://other.test', settings.audience] }),
    'type JWT': signed(good(), { header: { typ: 'JWT' } }),
    'type at+jwt': signed(good(), { header: { typ: 'at+jwt' } }),
    'expired within the tolerance': signed({ ...good(), exp: now() - 2 }),
    'good for a day and no more': signed({ ...good(), iat: now() - 10, exp: now() - 10 + 86_400 }),
    'issued within a minute ahead': signed({ ...good(), iat: now() + 58 }),
    'valid from within the tolerance': signed({ ...good(), nbf: now() + 3 }),
    'a key address elsewhere is not read': signed(good(), { header: { jku: elsewhere.url } }),
  }
  for (const [why, token] of Object.entries(cases)) t.not(callerOf(await check(await token)), null, why)
})

t.test('every forged token stands for nobody', async (t) => {
  for (const [why, make] of Object.entries(forgeries)) t.equal(callerOf(await check(await make())), null, why)
  t.equal(stray.asked, 0, 'no address in a token was followed')
  t.ok(Object.keys(forgeries).length >= 100, 'many kinds')
})

t.test('the operators are told why a token is refused', async (t) => {
  const { openras_authority: _, ...nowhere } = good()
  const { sub: _sub, ...nobody } = good()
  const { client_id: _client, ...noClient } = good()
  const cases: Record<string, Promise<string> | string> = {
    expired: signed({ ...good(), exp: now() - 60 }),
    'lives too long': signed({ ...good(), exp: now() + 86_401 }),
    'issued in the future': signed({ ...good(), iat: now() + 62 }),
    'no lifetime in it': signed({ ...good(), exp: undefined }),
    'not valid yet': signed({ ...good(), nbf: now() + 60 }),
    'wrong issuer': signed({ ...good(), iss: 'https://other.test' }),
    'wrong audience': signed({ ...good(), aud: 'https://other.test' }),
    'wrong signature': `${(await signed(good())).slice(0, -40)}${'A'.repeat(40)}`,
    'unknown signing key': signed(good(), { by: { ...rs256, kid: 'nobody' } }),
    'algorithm not accepted': `${encode({ alg: 'HS256', kid: rs256.kid })}.${encode(good())}.c2ln`,
    'not an access token': signed(good(), { header: { typ: 'logout+jwt' } }),
    'bound to a key': signed({ ...good(), cnf: { jkt: 'x' } }),
    'no authority in it': signed(nowhere),
    'no client in it': signed(noClient),
    'no subject in it': signed(nobody),
    'no known scope in it': signed({ ...good(), scope: 'openid' }),
    malformed: signed({ ...good(), exp: 'soon' }),
  }
  for (const [refused, token] of Object.entries(cases))
    t.strictSame(await check(await token), { refused }, refused)
  t.equal(await check('oras_alpha_key'), null, 'a credential of another kind')
})

t.test('a thousand unknown key ids fetch the keys at most once', async (t) => {
  const before = jwks.asked
  for (let i = 0; i < 1000; i++) {
    await check(`${encode({ alg: 'RS256', kid: `guess-${i}` })}.${encode(good())}.c2ln`)
  }
  t.ok(jwks.asked - before <= 1)
})

t.test('a new key of the issuer is found, and a withdrawn one is no longer accepted', async (t) => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const published = jwks.keys
  t.teardown(() => {
    mock.timers.reset()
    jwks.keys = published
  })
  const next = await makeSigner('ES256', 'k-next')
  const rotating = jwtCheck(settings)
  t.not(callerOf(await rotating(await signed(good()))), null)
  jwks.keys = [next.jwk]
  mock.timers.tick(10_001)
  t.not(callerOf(await rotating(await signed(good(), { by: next }))), null)
  t.strictSame(await rotating(await signed(good())), { refused: 'unknown signing key' })
})

const refusal = async (jwksUrl: string) => {
  const [token, down] = [await signed(good()), jwtCheck({ ...settings, jwksUrl })]
  return down(token).then(
    () => null,
    (error: unknown) => error,
  )
}

t.test('keys out of reach are the service’s trouble and not the caller’s', async (t) => {
  const broken = await listen((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: settings.jwksUrl }).end()
    else if (request.url === '/failing') response.writeHead(500).end()
    else if (request.url === '/html') response.end('<html>')
    else if (request.url === '/other') response.end('{"keys":5}')
  })
  const closed = await listen(() => {})
  closed.server.close()
  await once(closed.server, 'close')
  const started = performance.now()
  const paths = ['moved', 'failing', 'html', 'other', 'silent'].map((path) => `${broken.url}/${path}`)
  for (const error of await Promise.all([closed.url, ...paths].map(refusal))) {
    t.ok(error instanceof Refusal)
    t.match(error, { code: 'unavailable', headers: { 'retry-after': '2' } })
    t.notMatch((error as Refusal).message, /127\.0\.0\.1/)
  }
  t.ok(performance.now() - started < 4500, 'a silent issuer is given up in three seconds')
  broken.server.closeAllConnections()
  broken.server.close()
})

t.test('an issuer that is down is not asked by every request, and is asked again soon', async (t) => {
  let [calls, up] = [0, false]
  const { server, url } = await listen((_request, response) => {
    calls++
    response.statusCode = up ? 200 : 500
    response.end(JSON.stringify({ keys: [rs256.jwk] }))
  })
  t.teardown(() => server.close())
  const [back, token] = [jwtCheck({ ...settings, jwksUrl: url }), await signed(good())]
  for (let i = 0; i < 100; i++) await t.rejects(back(token), { code: 'unavailable' })
  t.equal(calls, 1)
  up = true
  await new Promise((resolve) => setTimeout(resolve, 2_100))
  t.not(callerOf(await back(token)), null)
})
