// A query string where none is read would be dropped without a word, and could carry a reference into an address.
import type { FastifyInstance } from 'fastify'
import { faultsIn, Refusal } from '../../../contract/refusal.ts'

export function registerUnaskedQuery(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ url, routeOptions: { url: route, schema } }) => {
    const ours = route?.startsWith('/v1/') === true || route?.startsWith('/public/') === true
    if (!ours || schema?.querystring !== undefined || !/\?./.test(url)) return
    const detail = 'This address takes no query string. Remove it, and put what it says in the body.'
    const faults = [{ pointer: '/query', code: 'field-unknown', detail } as const]
    throw new Refusal('request-invalid', faultsIn('The query string', faults), { faults })
  })
}
