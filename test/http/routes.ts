// Every route that the service describes, read from the OpenAPI document, so that a new one is tested without being
// listed; its path parameters filled with values of the right form that name nothing.
import type { FastifyInstance } from 'fastify'

type Operation = { operationId: string; security?: object[] } & Record<string, unknown>
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Route = {
  readonly method: Method
  readonly path: string
  readonly url: string
  readonly operation: Operation
}

type Document = { readonly paths: Record<string, Record<string, Operation>>; readonly components: Components }
type Components = Readonly<Record<string, Readonly<Record<string, object>>>>

const EXAMPLES: Readonly<Record<string, string>> = {
  id: '019a8f6e-3c1d-7f00-8a2b-5d6c7e8f9a0b',
  key: 'small',
  version: '1',
  authority: 'alpha',
  code: 'busy',
}

/** Every route, with the parameters and answers that it shares with others in their places. */
export function routesOf(app: FastifyInstance): readonly Route[] {
  const document = app.swagger() as unknown as Document
  const paths = inPlace(document.paths, document) as Document['paths']
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase() as Method,
      path,
      url: path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => EXAMPLES[name] ?? 'x'),
      operation,
    })),
  )
}

const SHARED = /^#\/components\/(parameters|responses)\/(.+)$/

function inPlace(node: unknown, { components }: Document): unknown {
  return JSON.parse(
    JSON.stringify(node, (_name, value) => {
      const [, kind = '', name = ''] = SHARED.exec(String(value?.$ref ?? '')) ?? []
      return components[kind]?.[name] ?? value
    }),
  )
}
