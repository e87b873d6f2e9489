// The head of a route, said once: who may ask, what is sent, what is answered and what is refused. From it come the
// hook that checks the credential, the schemas that the request is held against, and the operation in the OpenAPI
// document.
import { type Static, type TObject, type TSchema, type TUnsafe, Type, TypeGuard } from '@sinclair/typebox'
import type { onRequestAsyncHookHandler } from 'fastify'
import { named } from '../../../contract/primitives.ts'
import type { RefusalCode } from '../../../contract/problems.ts'
import { alternatives, asksForScopes, type Needed } from '../credentials/scopes.ts'
import type { Context } from '../requests/context.ts'
import type { HeavyWork } from '../requests/heavy-work.ts'
import type { Answers } from './responses.ts'

type Part = TSchema | undefined

export type Head<Params extends Part, Query extends Part, Body> = {
  /** The operationId: what generated clients call it. */
  readonly id: string
  /** What the credential must allow; null: anybody may ask. */
  readonly scope: Needed | null
  readonly tag: string
  readonly summary: string
  readonly description: string
  /** It creates, under an Idempotency-Key. */
  readonly key?: true
  /** It takes much memory or time, and is let in only while few of its kind are under way. */
  readonly heavy?: HeavyWork
  /** It changes what the caller says they saw, by If-Match. */
  readonly match?: true
  readonly params?: Params
  readonly query?: Query
  /** A schema, or `content` with one for each media type. */
  readonly body?: Body
  readonly answers: Answers
  /** In the order in which the rules speak. What follows from the rest of the head comes before, by itself. */
  readonly refuses?: readonly RefusalCode[]
}

/** A schema with a name is referred to by it, so that it appears once. */
type Referred<Body> = Body extends TSchema ? TUnsafe<Static<Body>> : Body

export type Operation<Params, Query, Body> = {
  readonly onRequest: onRequestAsyncHookHandler[]
  readonly schema: {
    readonly operationId: string
    readonly tags: readonly string[]
    readonly summary: string
    readonly description: string
    readonly security: readonly Readonly<Record<string, readonly string[]>>[]
    readonly 'x-problem-codes': readonly RefusalCode[]
    readonly params: Params
    readonly querystring: Query
    readonly headers: TObject
    readonly body: Referred<Body>
    readonly response: Answers
  }
}

export function operation<Params extends Part = undefined, Query extends Part = undefined, Body = undefined>(
  context: Pick<Context, 'allow' | 'gates'>,
  head: Head<Params, Query, Body>,
): Operation<Params, Query, Body>
export function operation(
  context: Pick<Context, 'allow' | 'gates'>,
  head: Head<Part, Part, unknown>,
): { readonly onRequest: onRequestAsyncHookHandler[]; readonly schema: object } {
  const { id, scope, tag, summary, description, params, query, body, answers } = head
  return {
    onRequest: [
      ...(scope === null ? [] : [context.allow(scope)]),
      ...(isAboutPeople(head) ? [keptNowhere] : []),
      ...(head.heavy === undefined ? [] : [context.gates[head.heavy].enter]),
    ],
    schema: {
      operationId: id,
      tags: [tag],
      summary,
      description,
      security: scope === null ? [] : securityOf(scope),
      'x-problem-codes': problemCodes(head),
      response: answers,
      // The framework warns of a part that is there and undefined.
      ...(params && { params }),
      ...(query && { querystring: query }),
      ...((head.key || head.match) && { headers: headersOf(head) }),
      ...(body !== undefined && { body: referred(body) }),
    },
  }
}

// What is answered there is said of somebody, or rests on what was said of them: neither a browser nor a cache in between
// keeps it. Programs that keep a record themselves still ask with its ETag whether it holds.
const ABOUT_PEOPLE: ReadonlySet<string> = new Set([
  'assessments',
  'estimates',
  'allocations',
  'feed',
  'calibration',
])

function isAboutPeople({ scope, tag, body }: Head<Part, Part, unknown>): boolean {
  // What anybody may send is answers, to be tried.
  return ABOUT_PEOPLE.has(tag) || (scope === null && body !== undefined)
}

const keptNowhere: onRequestAsyncHookHandler = async (_request, reply) => {
  reply.header('cache-control', 'no-store')
}

function referred(body: unknown): unknown {
  return TypeGuard.IsSchema(body) && body.$id !== undefined ? named(body) : body
}

// Scopes belong to tokens; a key has its own, and OpenAPI lets no other scheme name any.
function securityOf(needed: Needed) {
  return [...alternatives(needed).map((oauth2) => ({ oauth2 })), { bearer: [] }, { basic: [] }]
}

type Headed = { readonly key?: true; readonly match?: true }

// Described only: the handlers read these headers themselves, since each refusal has a name of its own. The OpenAPI
// document says that they are required.
function headersOf({ key, match }: Headed): TObject {
  return Type.Object({
    ...(key && {
      'idempotency-key': Type.Optional(
        Type.String({ description: 'New for each thing to create, and the same for its retries.' }),
      ),
    }),
    ...(match && {
      'if-match': Type.Optional(Type.String({ description: 'The ETag of the revision that you saw.' })),
    }),
  })
}

export const REQUIRED_HEADERS: readonly string[] = ['idempotency-key', 'if-match']

/** Every refusal of an operation in the order in which they come: credential, form, key, If-Match, its own rules. */
function problemCodes(head: Head<Part, Part, unknown>): readonly RefusalCode[] {
  const { scope, key, match, query, body, refuses = [] } = head
  const codes: RefusalCode[] = [
    ...when(
      scope !== null,
      'credential-missing',
      'credential-refused',
      'subject-denied',
      'rate-limited',
      'unavailable',
    ),
    ...when(scope !== null && asksForScopes(scope), 'scope-missing'),
    ...when(body !== undefined, 'content-type-unsupported', 'content-encoding-unsupported', 'body-too-large'),
    'headers-too-large',
    'request-timeout',
    ...when(body !== undefined, 'body-malformed'),
    'request-invalid',
    ...when('cursor' in (query?.properties ?? {}), 'cursor-invalid'),
    ...when(key, 'idempotency-key-missing', 'idempotency-key-in-use', 'idempotency-key-reused'),
    ...when(key, 'erased-under-policy'),
    ...when(match, 'if-match-missing'),
    ...refuses,
    ...when(key || match, 'clock-differs'),
    'busy',
    ...when(scope !== null, 'record-altered'),
    'internal-error',
  ]
  return [...new Set(codes)]
}

function when(applies: boolean | undefined, ...codes: readonly RefusalCode[]): readonly RefusalCode[] {
  return applies ? codes : []
}
