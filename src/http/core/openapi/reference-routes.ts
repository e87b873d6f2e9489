// What can be asked of the service: the OpenAPI document for programs, and the same as pages for people.
import type { FastifyPluginAsync } from 'fastify'
import type { OpenAPIV3_1 } from 'openapi-types'
import { formsPage, operationsPage } from '../../../pages/reference/page.ts'
import { REFERENCE_STYLE, styleSource } from '../../../pages/style.ts'
import { asPage, pagePolicy } from '../requests/representation.ts'

const PAGE_POLICY = pagePolicy(styleSource(REFERENCE_STYLE))
const HIDDEN = { schema: { hide: true } }

export const referenceRoutes: FastifyPluginAsync = async (app) => {
  app.get('/openapi.json', HIDDEN, async () => app.swagger())
  for (const [path, made] of [
    ['/docs', operationsPage],
    ['/docs/forms', formsPage],
  ] as const) {
    // The document does not change while the service runs.
    let text: string | undefined
    app.get(path, HIDDEN, async (_request, reply) => {
      text ??= made(app.swagger() as OpenAPIV3_1.Document)
      return asPage(reply, PAGE_POLICY).send(text)
    })
  }
}
