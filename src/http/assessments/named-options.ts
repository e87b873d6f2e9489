// An answer given by its label or as a number is no key, so the form of the body refuses it: the options are named even so.
import { Value } from '@sinclair/typebox/value'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { VersionRef } from '../../contract/documents/version.ts'
import { Refusal } from '../../contract/refusal.ts'
import { isAboutAnswers, withNamedOptions } from '../../domain/questionnaire/named-options.ts'
import type { PublishedVersions } from '../../operations/document/published-versions.ts'

/** Where answers are sent, faults of form name the options of the questionnaire that the body names. */
export function nameOptions(
  app: Pick<FastifyInstance, 'setErrorHandler'>,
  published: PublishedVersions,
  authorityOf: (request: FastifyRequest) => string,
): void {
  app.setErrorHandler(async (error, request) => {
    if (!(error instanceof Refusal) || error.code !== 'request-invalid' || !error.faults.some(isAboutAnswers))
      throw error
    const ref: unknown = Object(request.body).questionnaire
    if (!Value.Check(VersionRef, ref)) throw error
    const found = await published.questionnaire(authorityOf(request), ref)
    if (found === null) throw error
    const faults = error.faults.map((fault) => withNamedOptions(found.plan, fault))
    throw new Refusal(error.code, error.message, { faults, headers: error.headers })
  })
}
