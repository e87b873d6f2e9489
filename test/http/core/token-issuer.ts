// An issuer of access tokens on this machine: real keys of every accepted algorithm, and a server that publishes them.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

export type Signer = { alg: string; kid: string; privateKey: CryptoKey; publicKey: CryptoKey; jwk: JWK }
export type Fields = Record<string, unknown>

export async function makeSigner(alg: string, kid: string): Promise<Signer> {
  const pair = await generateKeyPair(alg, { extractable: true })
  return { alg, kid, ...pair, jwk: { ...(await exportJWK(pair.publicKey)), kid, alg, use: 'sig' } }
}

export async function listen(
  answer: Parameters<typeof createServer>[1],
): Promise<{ server: Server; url: string }> {
  const server = createServer(answer as never)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

export const signers = await Promise.all(
  ['RS256', 'PS256', 'ES256', 'EdDSA'].map((alg) => makeSigner(alg, `k-${alg}`)),
)
export const [rs256, ps256, es256, eddsa] = signers as [Signer, Signer, Signer, Signer]
export const stranger = await makeSigner('RS256', rs256.kid)
export const es384 = await makeSigner('ES384', 'k-ES384')
/** What the server publishes, and how often it was asked. */
export const jwks = { keys: [...signers, es384].map(({ jwk }) => jwk), asked: 0 }
const keyServer = await listen((_request, response) => {
  jwks.asked++
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: jwks.keys }))
})
/** A server that tokens point at and nobody may ask. */
export const stray = { asked: 0 }
export const elsewhere = await listen((_request, response) => {
  stray.asked++
  response.end(JSON.stringify({ keys: [stranger.jwk] }))
})

export function closeServers(): void {
  for (const { server } of [keyServer, elsewhere]) server.close()
}

export const settings = {
  issuer: 'https://login.example.test/tenant',
  audience: 'https://ras.example.test',
  jwksUrl: `${keyServer.url}/jwks`,
  maxLifetimeSeconds: 86_400,
}
export const now = () => Math.floor(Date.now() / 1000)
export const good = (): Fields => ({
  iss: settings.issuer,
  aud: settings.audience,
  iat: now(),
  exp: now() + 300,
  sub: 'auth0|5f2c',
  client_id: 'case-system',
  openras_authority: 'north-shire',
  scope: 'openid assessments:write allocations:read',
})

export const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
export const signed = (claims: Fields, { header = {}, by = rs256 }: { header?: Fields; by?: Signer } = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg: by.alg, kid: by.kid, ...header }).sign(by.privateKey)
