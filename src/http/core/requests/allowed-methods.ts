// A method that an address does not take is refused by name, with those that it takes (RFC 9110, 15.5.6). Only the
// address's pattern decides, before any credential is read, so the answer says nothing of what is stored.
import type { FastifyInstance } from 'fastify'
import { faultsIn, Refusal } from '../../../contract/refusal.ts'

/**
 * Watches the routes that are added from here on. What it gives back is called once they all are: it adds to each
 * address the methods that are left.
 */
export function watchMethods(app: FastifyInstance): () => void {
  const offered = new Map<string, Set<string>>()
  let watching = true
  app.addHook('onRoute', ({ url, method }) => {
    if (!watching) return
    // Fastify reads an address with and without a last slash as one.
    const address = url.replace(/(?<=.)\/$/, '')
    offered.set(address, new Set([...(offered.get(address) ?? []), ...[method].flat()]))
  })
  return () => {
    watching = false
    for (const [address, methods] of offered) refuseOthers(app, address, methods)
  }
}

function refuseOthers(app: FastifyInstance, url: string, methods: ReadonlySet<string>): void {
  const allow = [...methods].sort().join(', ')
  const refuse = async () => {
    throw new Refusal('method-not-allowed', `This address allows ${allow}. Use one of these methods.`, {
      headers: { allow },
    })
  }
  app.route({
    method: app.supportedMethods.filter((method) => !methods.has(method)),
    url,
    // A query is not asked about: it is the method that is wrong.
    schema: { hide: true, querystring: {} },
    onRequest: refuse,
    handler: refuse,
  })
}

// A query string where none is read would be dropped without a word, and could carry a reference into an address.
export function registerUnaskedQuery(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ url, routeOptions: { url: route, schema } }) => {
    const ours = route?.startsWith('/v1/') === true || route?.startsWith('/public/') === true
    if (!ours || schema?.querystring !== undefined || !/\?./.test(url)) return
    const detail = 'This address takes no query string. Remove it, and put what it says in the body.'
    const faults = [{ pointer: '/query', code: 'field-unknown', detail } as const]
    throw new Refusal('request-invalid', faultsIn('The query string', faults), { faults })
  })
}
