// The resources of a kind of document: the same for questionnaires and calibration tables.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { TSchema } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Seen } from '../../contract/documents/publication.ts'
import {
  VersionPage,
  VersionParams,
  VersionQuery,
  type VersionRef,
} from '../../contract/documents/version.ts'
import type { RefusalCode } from '../../contract/problems.ts'
import { faultsIn, notFound, Refusal } from '../../contract/refusal.ts'
import { type DocumentRules, draftFindings } from '../../operations/document/document-rules.ts'
import { publishVersion } from '../../operations/document/publish-version.ts'
import type { MatchesRevision, WrittenVersion } from '../../operations/document/revision.ts'
import { versionView, type WithdrawalStep, withdrawalStep } from '../../operations/document/version-view.ts'
import { draftVersion, replaceDraft } from '../../operations/document/write-version.ts'
import type { Written } from '../../operations/write-once.ts'
import { findVersion, listVersions } from '../../store/documents.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { READING_DOCUMENTS } from '../core/credentials/scopes.ts'
import { operation } from '../core/openapi/operation.ts'
import { created, ok, okOrUnchanged } from '../core/openapi/responses.ts'
import { sendJson } from '../core/requests/answers.ts'
import { asCaller, type Context } from '../core/requests/context.ts'
import { isUnchanged, requiredMatch } from '../core/requests/etag.ts'
import { linkedPage } from '../core/requests/paging.ts'
import { requestKeyOf } from '../core/requests/request-key.ts'

export type DocumentResource<Content extends object> = {
  readonly rules: DocumentRules<Content>
  /** What one is called in a sentence: "questionnaire". */
  readonly noun: string
  /** What one is called in operationIds, and so in generated clients. */
  readonly name: string
  /** Its static type is the content with its key. */
  readonly draft: TSchema
  readonly version: TSchema
  /** What publication asks of its caller, and answers with: the version, and what is told beside it. */
  readonly publication: { readonly body: TSchema; readonly answer: TSchema }
  /** What a publisher says they have seen, in such a body; null where nothing is asked. */
  seenIn(body: unknown): Seen | null
  /** What publication refuses beside the rest, after `not-publishable`. */
  readonly refuses: readonly RefusalCode[]
}

/** How lists of versions are paged: by key, then by version. */
export const VERSIONS = {
  forms: [/^[a-z][a-z0-9_-]{0,63}$/, /^[0-9]{1,7}$/],
  place: ({ key, version }: VersionRef) => [key, version],
}

export function refIn([key, version]: readonly string[]): VersionRef | null {
  return key === undefined ? null : { key, version: Number(version) }
}

export function documentRoutes<Content extends object>(
  context: Context,
  resource: DocumentResource<Content>,
): FastifyPluginAsyncTypebox {
  const { database } = context
  const { rules, noun, name, draft, version, publication } = resource
  const tag = `${noun}s`
  const path = tag.replace(' ', '-')
  return async (app) => {
    app.post(
      '/',
      operation(context, {
        id: `draft${name}`,
        scope: 'tables:draft',
        tag,
        summary: `Draft a new version of a ${noun}`,
        description: `Stores a draft as the next version of the ${noun} with this key. It can be replaced until somebody who did not draft it publishes it.`,
        key: true,
        body: draft,
        answers: created(version),
      }),
      async (request, reply) => {
        const requestKey = requestKeyOf(request)
        const { key, content } = sentIn<Content>(request.body)
        const drafted = await draftVersion(context, rules, callerOf(request), requestKey, key, content)
        return sendVersion(reply, path, drafted)
      },
    )

    app.get(
      '/',
      operation(context, {
        id: `list${name}s`,
        scope: READING_DOCUMENTS,
        tag,
        summary: `List the versions of every ${noun}`,
        description: `Lists all versions in the order of their keys, without their content. status=published leaves out drafts and withdrawn tables.`,
        query: VersionQuery,
        answers: ok(VersionPage),
      }),
      (request, reply) => {
        const { status = 'any' } = request.query
        return linkedPage(request, reply, {
          ...VERSIONS,
          listing: { list: path, status },
          read: (after, most) =>
            asCaller(context, request, (trx) => listVersions(trx, rules.kind, status, refIn(after), most)),
        })
      },
    )

    app.get(
      '/:key/versions/:version',
      operation(context, {
        id: `get${name}`,
        scope: READING_DOCUMENTS,
        tag,
        summary: `One version of a ${noun}`,
        description: `Returns the content of a version, its life so far and, once it is published, its hash. Replacing or publishing a draft needs the ETag. A draft is always answered in full, because its faults may change while it does not.`,
        params: VersionParams,
        answers: okOrUnchanged(version),
        refuses: ['not-found'],
      }),
      async (request, reply) => {
        const stored = await asCaller(context, request, (trx) => findVersion(trx, rules.kind, request.params))
        if (stored === null) throw notFound()
        // What publication would refuse of a draft changes with the day and with other versions, and not with the draft.
        const isUnchanging = stored.state === 'published'
        if (isUnchanged(request, reply, versionTag(stored.revision, withdrawalStep(stored))) && isUnchanging)
          return reply.code(304).send()
        const { authorityId } = callerOf(request)
        return versionView(stored, await draftFindings(database, rules, authorityId, stored))
      },
    )

    app.put(
      '/:key/versions/:version',
      operation(context, {
        id: `replace${name}`,
        scope: 'tables:draft',
        tag,
        summary: `Replace a draft of a ${noun}`,
        description: `Replaces the content of a draft; earlier revisions stay in the log. Send the ETag of the revision that you saw as If-Match.`,
        match: true,
        params: VersionParams,
        body: draft,
        answers: ok(version),
        refuses: ['not-found', 'already-published', 'revision-changed'],
      }),
      async (request, reply) => {
        const { params } = request
        const { key, content } = sentIn<Content>(request.body)
        sameKey(params.key, key)
        const matches = matchOf(request)
        const replaced = await replaceDraft(context, rules, callerOf(request), params, content, matches)
        return sendVersion(reply, null, replaced)
      },
    )

    app.post(
      '/:key/versions/:version/publication',
      operation(context, {
        id: `publish${name}`,
        scope: 'tables:publish',
        tag,
        summary: `Publish a version of a ${noun}; from then on it never changes`,
        description: `Publishes a draft as it stands, if it breaks no rule. The publisher must not have drafted any revision of it, and sends the ETag of the revision they checked as If-Match.`,
        key: true,
        match: true,
        params: VersionParams,
        body: publication.body,
        answers: created(publication.answer),
        refuses: [
          'not-found',
          'already-published',
          'revision-changed',
          'publisher-is-drafter',
          'not-publishable',
          ...resource.refuses,
        ],
      }),
      async (request, reply) => {
        const key = requestKeyOf(request)
        const { params } = request
        const matches = matchOf(request)
        const seen = resource.seenIn(request.body)
        const published = await publishVersion(context, rules, callerOf(request), key, params, matches, seen)
        return sendVersion(reply, path, published)
      },
    )
  }
}

// A body that was validated against the draft's schema, whose type is this.
function sentIn<Content>(body: unknown): { readonly key: string; readonly content: Content } {
  const { key, ...content } = body as Content & { readonly key: string }
  return { key, content: content as Content }
}

function sameKey(addressed: string, sent: string): void {
  if (addressed === sent) return
  const detail = `The body says "${sent}" and the address "${addressed}". A version keeps its key.`
  const faults = [{ pointer: '/key', code: 'value-not-allowed', detail } as const]
  throw new Refusal('request-invalid', faultsIn('The body', faults), { faults })
}

/** Which revision the caller saw, as If-Match says. */
export function matchOf(request: FastifyRequest): MatchesRevision {
  const match = requiredMatch(request)
  return (revision) => match(versionTag(revision, null))
}

// Edits count up, and so do the steps of a withdrawal, so the tag changes with every one of them.
function versionTag(revision: number, withdrawal: WithdrawalStep | null): string {
  return `r${revision}${withdrawal === null ? '' : `.${withdrawal}`}`
}

/** Answers a version that was created, under the path of its kind, or replaced: then `path` is null. */
export function sendVersion(
  reply: FastifyReply,
  path: string | null,
  { answer: { text, ref, revision, withdrawal }, replayed }: Written<WrittenVersion>,
): FastifyReply {
  if (replayed) reply.header('idempotency-replayed', 'true')
  if (path !== null) reply.code(201).header('location', `/v1/${path}/${ref.key}/versions/${ref.version}`)
  return sendJson(reply.header('etag', `"${versionTag(revision, withdrawal)}"`), text)
}
