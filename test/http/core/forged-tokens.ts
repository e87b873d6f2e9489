// Every kind of forged or unfit access token that we know, against one issuer with real keys on this machine.
import { createHmac, randomBytes } from 'node:crypto'
import { exportSPKI, generateKeyPair } from 'jose'
import {
  eddsa,
  elsewhere,
  encode,
  es256,
  es384,
  type Fields,
  good,
  now,
  ps256,
  rs256,
  settings,
  signed,
  stranger,
} from './token-issuer.ts'

const spki = await exportSPKI(rs256.publicKey)
const tampered = async (change: (parts: string[]) => string[]) =>
  change((await signed(good())).split('.')).join('.')
const without = (name: string) => {
  const { [name]: _, ...rest } = good()
  return signed(rest)
}
const withClaims = (claims: Fields) => signed({ ...good(), ...claims })
const text = (value: unknown) => JSON.stringify(value)
const header = text({ alg: 'RS256', kid: rs256.kid })
const byStranger = (more: Fields) => signed(good(), { by: stranger, header: more })

export const forgeries: Record<string, () => Promise<string> | string> = {
  'alg none, no signature': () => `${encode({ alg: 'none' })}.${encode(good())}.`,
  'alg none, some signature': () => `${encode({ alg: 'none' })}.${encode(good())}.c2ln`,
  'alg None in another case': () => `${encode({ alg: 'nOnE', kid: rs256.kid })}.${encode(good())}.c2ln`,
  'no alg': () => `${encode({ kid: rs256.kid })}.${encode(good())}.c2ln`,
  'alg as a list': () => `${encode({ alg: ['RS256'], kid: rs256.kid })}.${encode(good())}.c2ln`,
  'HS256 with the public key as PEM': () => hmac(spki),
  'HS256 with the public key as PEM, trimmed': () => hmac(spki.trim()),
  'HS256 with the public key as JWK': () => hmac(text(rs256.jwk)),
  'HS256 with the modulus': () => hmac(Buffer.from(rs256.jwk.n ?? '', 'base64url')),
  'HS256 with an empty secret': () => hmac(''),
  'an algorithm that is published and not accepted': () => signed(good(), { by: es384 }),
  'RS512 by the right key': async () => {
    const pair = await generateKeyPair('RS512', { extractable: true })
    return signed(good(), { by: { ...rs256, alg: 'RS512', privateKey: pair.privateKey } })
  },
  'PS256 signature under the RS256 key id': () => signed(good(), { by: { ...ps256, kid: rs256.kid } }),
  'ES256 signature under the EdDSA key id': () => signed(good(), { by: { ...es256, kid: eddsa.kid } }),
  'another key under a known key id': () => byStranger({}),
  'an unknown key id': () => byStranger({ kid: 'nobody' }),
  'an empty key id': () => byStranger({ kid: '' }),
  'a key id that is a path': () => byStranger({ kid: '../../dev/null' }),
  'a key id that is SQL': () => byStranger({ kid: "' or 1=1 --" }),
  'a key id that is a number': () => signedText(text({ alg: 'RS256', kid: 5 }), text(good())),
  'its own key in the header': () => byStranger({ jwk: stranger.jwk }),
  'its own key and no key id': () => byStranger({ jwk: stranger.jwk, kid: undefined }),
  'a key address elsewhere': () => byStranger({ jku: `${elsewhere.url}/jwks` }),
  'a certificate address elsewhere': () => byStranger({ x5u: `${elsewhere.url}/cert.pem` }),
  'its own certificate': () => byStranger({ x5c: [randomBytes(64).toString('base64')] }),
  'a critical extension': () =>
    signedText(text({ alg: 'RS256', kid: rs256.kid, crit: ['exp'], exp: 1 }), text(good())),
  'an empty list of critical extensions': () =>
    signedText(text({ alg: 'RS256', kid: rs256.kid, crit: [] }), text(good())),
  'an unencoded payload': () =>
    signedText(text({ alg: 'RS256', kid: rs256.kid, b64: false, crit: ['b64'] }), text(good())),
  'the type none': () => signed(good(), { header: { typ: 'none' } }),
  'the type of a logout token': () => signed(good(), { header: { typ: 'logout+jwt' } }),
  'a type that is a number': () => signedText(text({ alg: 'RS256', kid: rs256.kid, typ: 1 }), text(good())),
  'another issuer': () => withClaims({ iss: 'https://login.example.test/other' }),
  'the issuer with a slash': () => withClaims({ iss: `${settings.issuer}/` }),
  'a prefix of the issuer': () => withClaims({ iss: 'https://login.example.test' }),
  'the issuer in another case': () => withClaims({ iss: settings.issuer.toUpperCase() }),
  'the issuer in a list': () => withClaims({ iss: [settings.issuer] }),
  'no issuer': () => without('iss'),
  'another audience': () => withClaims({ aud: 'https://other.test' }),
  'other audiences': () => withClaims({ aud: ['https://other.test', 'https://third.test'] }),
  'no audience in the list': () => withClaims({ aud: [] }),
  'the audience in a list in the list': () => withClaims({ aud: [[settings.audience]] }),
  'the audience as an object': () => withClaims({ aud: { [settings.audience]: true } }),
  'a prefix of the audience': () => withClaims({ aud: settings.audience.slice(0, -1) }),
  'the audience with more after it': () => withClaims({ aud: `${settings.audience}.evil.test` }),
  'the audience with a slash': () => withClaims({ aud: `${settings.audience}/` }),
  'no audience': () => without('aud'),
  expired: () => withClaims({ exp: now() - 60 }),
  'expired just beyond the tolerance': () => withClaims({ exp: now() - 7 }),
  'expired before 1970': () => withClaims({ exp: -1 }),
  'no expiry': () => without('exp'),
  'no time of issue': () => without('iat'),
  'good for ten years': () => withClaims({ exp: now() + 10 * 365 * 86_400 }),
  'good for longer than there are dates': () => withClaims({ exp: 1e15 }),
  'a second more than a day': () => withClaims({ iat: now() - 10, exp: now() - 10 + 86_401 }),
  'issued before 1970': () => withClaims({ iat: -1 }),
  'issued an hour ahead': () => withClaims({ iat: now() + 3600, exp: now() + 3900 }),
  'issued just beyond a minute ahead': () => withClaims({ iat: now() + 62, exp: now() + 300 }),
  'the time of issue as text': () => withClaims({ iat: String(now()) }),
  'the expiry as text': () => withClaims({ exp: String(now() + 300) }),
  'the expiry as null': () => withClaims({ exp: null }),
  'the expiry too large for a number': () =>
    signedText(header, text(good()).replace(/"exp":\d+/, '"exp":1e999')),
  'not valid yet': () => withClaims({ nbf: now() + 60 }),
  'the start as text': () => withClaims({ nbf: String(now() - 60) }),
  'no authority': () => without('openras_authority'),
  'the authority in capitals': () => withClaims({ openras_authority: 'North-Shire' }),
  'the authority as a list': () => withClaims({ openras_authority: ['north-shire'] }),
  'the authority as a number': () => withClaims({ openras_authority: 7 }),
  'an empty authority': () => withClaims({ openras_authority: '' }),
  'a wildcard authority': () => withClaims({ openras_authority: '*' }),
  'the authority with a line end': () => withClaims({ openras_authority: 'north-shire\n' }),
  'the authority with more after a NUL': () => withClaims({ openras_authority: 'north-shire\0x' }),
  'the authority named twice': () =>
    signedText(header, text(good()).replace(/^{/, '{"openras_authority":"south-shire",')),
  'no client': () => without('client_id'),
  'client_id and azp that differ': () => withClaims({ azp: 'another-system' }),
  'an empty client beside azp': () => withClaims({ client_id: '', azp: 'another-system' }),
  'a client with a space': () => withClaims({ client_id: 'case system' }),
  'no subject': () => without('sub'),
  'an empty subject': () => withClaims({ sub: '' }),
  'a subject that is a number': () => withClaims({ sub: 12 }),
  'a subject with a NUL': () => withClaims({ sub: 'a\0b' }),
  'a subject that is half a character': () =>
    signedText(header, text(good()).replace('auth0|5f2c', '\\ud800')),
  'a subject longer than any': () => withClaims({ sub: 'a'.repeat(256) }),
  'no scope': () => without('scope'),
  'an empty scope': () => withClaims({ scope: '' }),
  'unknown scopes only': () => withClaims({ scope: 'openid profile Admin admin:all' }),
  'scopes as a list': () => withClaims({ scope: ['admin'] }),
  'scopes parted by commas': () => withClaims({ scope: 'admin,audit:read' }),
  'bound to a key of its holder': () => withClaims({ cnf: { jkt: 'abc' } }),
  'a payload changed after signing': () =>
    tampered(([head, , signature]) => [head ?? '', encode({ ...good(), scope: 'admin' }), signature ?? '']),
  'a header changed after signing': () =>
    tampered(([, payload, signature]) => [
      encode({ alg: 'RS256', kid: rs256.kid, typ: 'JWT' }),
      payload ?? '',
      signature ?? '',
    ]),
  'the signature of another token': async () => {
    const other = (await withClaims({ sub: 'other' })).split('.')[2] ?? ''
    return tampered(([head, payload]) => [head ?? '', payload ?? '', other])
  },
  'one bit changed in the signature': () =>
    tampered(([head, payload, signature]) => {
      const bytes = Buffer.from(signature ?? '', 'base64url')
      bytes[0] = (bytes[0] ?? 0) ^ 1
      return [head ?? '', payload ?? '', bytes.toString('base64url')]
    }),
  'no signature': () => tampered(([head, payload]) => [head ?? '', payload ?? '', '']),
  'two parts': () => tampered((parts) => parts.slice(0, 2)),
  'a signature cut short': () =>
    tampered(([head, payload, rest]) => [head ?? '', payload ?? '', (rest ?? '').slice(0, -4)]),
  'a fourth part': () => tampered((parts) => [...parts, 'AAAA']),
  'five parts, as if encrypted': () => tampered((parts) => [...parts, 'AAAA', 'AAAA']),
  'the header twice': () => tampered(([head, ...rest]) => [head ?? '', head ?? '', ...rest]),
  'alg named twice in the header': () =>
    signedText(`{"alg":"none","alg":"RS256","kid":"${rs256.kid}"}`, text(good())),
  'a space before': () => tampered(([head, ...rest]) => [` ${head}`, ...rest]),
  'a line end after': async () => `${await signed(good())}\n`,
  'a space in the middle': () => tampered(([head, ...rest]) => [`${head} `, ...rest]),
  'base64 padding': () =>
    tampered(([head, payload, signature]) => [head ?? '', payload ?? '', `${signature}==`]),
  'base64 of the other alphabet': () => tampered((parts) => parts.map((part) => `${part}+/`)),
  'stray bits at the end of the signature': () =>
    tampered(([head, payload, signature]) => [head ?? '', payload ?? '', nextLetter(signature ?? '')]),
  'a payload that is no JSON': () => signedText(header, 'hello'),
  'a payload that is a list': () => signedText(header, '[]'),
  'a payload that is null': () => signedText(header, 'null'),
  'a payload with a byte order mark': () => signedText(header, `\ufeff${text(good())}`),
  'a payload that names a prototype': () =>
    signedText(header, text(good()).replace(/^{/, '{"__proto__":{"scope":"admin"},')),
  'a header that is no JSON': () => `${encode('x')}.${encode(good())}.c2ln`,
  'a header that is a list': () => `${encode('[]')}.${encode(good())}.c2ln`,
  'a deep payload': () => signedText(header, '['.repeat(3000) + ']'.repeat(3000)),
  huge: () => withClaims({ filler: 'x'.repeat(9000) }),
  'a million letters': () => 'a'.repeat(1_000_000),
  'a million dots': () => '.'.repeat(1_000_000),
  'dots only': () => '..',
  nothing: () => '',
  'an API key': () => `oras_north-shire_0123456789ab_${'a'.repeat(43)}`,
}

// 256 bytes leave four unused bits in the last letter, which plain decoders skip.
function nextLetter(signature: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = letters.indexOf(signature.slice(-1))
  return signature.slice(0, -1) + letters[last + 1]
}

// Signs the very bytes given, which a library would refuse to write.
async function signedText(header: string, payload: string, by = rs256): Promise<string> {
  const input = `${encode(header)}.${encode(payload)}`
  const name = 'RSASSA-PKCS1-v1_5'
  return `${input}.${Buffer.from(await crypto.subtle.sign(name, by.privateKey, Buffer.from(input))).toString('base64url')}`
}

async function hmac(secret: string | Buffer, kid = rs256.kid): Promise<string> {
  const input = `${encode({ alg: 'HS256', kid })}.${encode(good())}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}
