// The table of contents: every resource by name, in the order a reader would look for them. What each needs of a
// caller stands in its own routes; everything under /public needs nothing.
import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import metricsPlugin from 'fastify-metrics'
import type { Logger } from 'pino'
import { allocationRoutes } from './http/allocations/routes.ts'
import { flagCounts } from './http/assessments/flag-counts.ts'
import { assessmentRoutes, estimateRoutes } from './http/assessments/routes.ts'
import { calibrationRunRoutes } from './http/calibration-runs/routes.ts'
import { cohortRoutes } from './http/cohorts/routes.ts'
import { registerJsonBody } from './http/core/bodies/json-body.ts'
import { schemaCompiler } from './http/core/bodies/validation.ts'
import { apiKeyCheck } from './http/core/credentials/api-key.ts'
import { type CredentialCheck, requireCaller } from './http/core/credentials/caller.ts'
import { knownAuthority } from './http/core/credentials/known-authority.ts'
import { meRoute } from './http/core/credentials/me-route.ts'
import { refusalCount } from './http/core/credentials/refusal-count.ts'
import { openapi } from './http/core/openapi/openapi.ts'
import { referenceRoutes } from './http/core/openapi/reference-routes.ts'
import { sharedSchemas } from './http/core/openapi/shared-schemas.ts'
import { problemFor, refuseAsLate, registerErrorHandling } from './http/core/refusals/errors.ts'
import { failureCounts } from './http/core/refusals/failure-counts.ts'
import { refuseClientError, sendProblem } from './http/core/refusals/problem.ts'
import { registerUnaskedQuery, watchMethods } from './http/core/requests/allowed-methods.ts'
import { registerCallerHeaders } from './http/core/requests/caller-headers.ts'
import type { Context } from './http/core/requests/context.ts'
import { gateFor } from './http/core/requests/heavy-work.ts'
import { registerHttpForm } from './http/core/requests/http-form.ts'
import { registerInTime } from './http/core/requests/in-time.ts'
import { correlationId, registerCorrelation, registerRequestLog } from './http/core/requests/request-log.ts'
import { calibrationTableRoutes } from './http/documents/calibration-tables.ts'
import { questionnaires } from './http/documents/questionnaires.ts'
import { documentRoutes } from './http/documents/routes.ts'
import { feedRoutes } from './http/feed/routes.ts'
import { healthRoutes } from './http/health/routes.ts'
import { proofRoutes } from './http/log/proofs.ts'
import { problemRoutes } from './http/problems/routes.ts'
import { publicRoutes } from './http/public/routes.ts'
import { publishedVersions } from './operations/document/published-versions.ts'
import { type LogKey, logSigner } from './operations/log/log-key.ts'
import type { Threads } from './operations/worker/threads.ts'
import { workerPool } from './operations/worker/worker-pool.ts'
import { type Proxies, trusted } from './proxies.ts'
import type { Database } from './store/database.ts'
import { openLog } from './store/log.ts'

export type AppOptions = {
  readonly database: Database
  readonly threads: Threads
  readonly logger: Logger
  readonly logKey: LogKey
  readonly release: string
  /** Checks beside API keys: tokens where they are configured, the demonstration's keys where it runs. */
  readonly credentialChecks: readonly CredentialCheck[]
  readonly publicEstimatesPerMinute: number
  readonly uploadsAtOnce: number
  /** For tests on a machine that does much else; 5.5 s where nothing is said. */
  readonly answerWithinMs?: number
  readonly refusalsPerMinute: number
  readonly trustProxy: Proxies
  readonly stopping: () => boolean
}

/** Less than six seconds, with the way to the caller. */
const ANSWER_WITHIN_MS = 5_500

/** One caller's summary, comparison, application, drawing or export each; a run at work has a thread besides. */
const READINGS_AT_ONCE = 2

export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { database, release, stopping } = options
  const app = server(options)
  await app.register(metricsPlugin.default, {
    endpoint: null,
    clearRegisterOnInit: true,
    // A histogram can be added up over replicas and costs less than half of what a summary does.
    routeMetrics: { enabled: { histogram: true, summary: false } },
  })
  const refuseOtherMethods = watchMethods(app)
  const counts = failureCounts(app.metrics.client)
  registerErrorHandling(app, counts)
  registerInTime(app, options.answerWithinMs ?? ANSWER_WITHIN_MS, (request, reply) =>
    refuseAsLate(request, reply, counts),
  )
  registerCorrelation(app)
  registerHttpForm(app)
  registerRequestLog(app)
  registerUnaskedQuery(app)
  registerCallerHeaders(app)
  registerJsonBody(app)
  // A connection kept alive beyond its last answer would hold up the stop.
  app.addHook('onSend', async (_request, reply) => {
    if (stopping()) reply.header('connection', 'close')
  })
  await app.register(helmet, SECURITY_HEADERS)
  await app.register(swagger, openapi(release))

  const elsewhere = options.credentialChecks.map((check) => knownAuthority(database, check))
  const checks = [...elsewhere, apiKeyCheck(database)]
  const countRefusal = await refusalCount(app, options.refusalsPerMinute)
  const context: Context = {
    database,
    published: publishedVersions(database),
    log: openLog(database),
    logKey: options.logKey,
    receipts: logSigner(options.logKey),
    release,
    gates: { upload: gateFor(options.uploadsAtOnce), reading: gateFor(READINGS_AT_ONCE) },
    allow: (needed) => requireCaller(checks, countRefusal, needed),
    publicEstimatesPerMinute: options.publicEstimatesPerMinute,
    flagged: flagCounts(app.metrics.client, options.logger),
    workers: workerPool(options.threads, READINGS_AT_ONCE),
  }

  await app.register(healthRoutes(context, stopping))
  await app.register(problemRoutes(context), { prefix: '/problems' })

  await app.register(meRoute(context), { prefix: '/v1/me' })
  await app.register(documentRoutes(context, questionnaires), { prefix: '/v1/questionnaires' })
  await app.register(calibrationTableRoutes(context), { prefix: '/v1/calibration-tables' })
  await app.register(assessmentRoutes(context), { prefix: '/v1/assessments' })
  await app.register(estimateRoutes(context), { prefix: '/v1/estimates' })
  await app.register(allocationRoutes(context), { prefix: '/v1/allocations' })
  await app.register(feedRoutes(context), { prefix: '/v1/feed' })
  await app.register(proofRoutes(context), { prefix: '/v1' })

  await app.register(cohortRoutes(context), { prefix: '/v1/cohorts' })
  await app.register(calibrationRunRoutes(context), { prefix: '/v1/calibration-runs' })

  await app.register(publicRoutes(context), { prefix: '/public/:authority' })

  await app.register(referenceRoutes)
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(app.metrics.client.register.contentType).send(await app.metrics.client.register.metrics()),
  )
  refuseOtherMethods()
  return app
}

// Slow and stalled clients are let go before they can hold others up; a stopping server finishes what it has begun.
function server({ logger, trustProxy }: AppOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'correlationId' }),
    genReqId: correlationId,
    frameworkErrors: (error, request, reply) =>
      void sendProblem(request, reply.header('x-correlation-id', request.id), problemFor(error, false)),
    trustProxy: trusted(trustProxy),
    clientErrorHandler: refuseClientError,
    requestTimeout: 10_000,
    connectionTimeout: 15_000,
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 500 },
    bodyLimit: 256 * 1024,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
  }).withTypeProvider<TypeBoxTypeProvider>()
  for (const schema of sharedSchemas) app.addSchema(schema)
  app.setValidatorCompiler(schemaCompiler(sharedSchemas))
  app.setSerializerCompiler(() => JSON.stringify)
  return app as unknown as FastifyInstance
}

// Answers are data: nothing in them may be run, framed or guessed at. Headers that only old or full browsers' pages
// need are left out; the documentation page brings its own policy.
const SECURITY_HEADERS = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xFrameOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
} as const
