// A table that has priced nobody is taken back in two steps, by two persons.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CalibrationTableVersion } from '../../contract/documents/calibration-table.ts'
import { VersionParams, WithdrawalConfirmation, WithdrawalRequest } from '../../contract/documents/version.ts'
import {
  ASKING_REFUSALS,
  askWithdrawal,
  CONFIRMING_REFUSALS,
  confirmWithdrawal,
} from '../../operations/document/withdraw-table.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { created } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { requestKeyOf } from '../core/requests/request-key.ts'
import { sendVersion } from './routes.ts'

export function withdrawalRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/:key/versions/:version/withdrawal',
      operation(context, {
        id: 'askCalibrationTableWithdrawal',
        scope: 'tables:publish',
        tag: 'calibration tables',
        summary: 'Ask for the withdrawal of a published table that has priced nobody',
        description:
          'Changes nothing by itself: somebody else must confirm it. Once a table has priced an allocation, publish a successor instead.',
        key: true,
        params: VersionParams,
        body: WithdrawalRequest,
        answers: created(CalibrationTableVersion),
        refuses: ASKING_REFUSALS,
      }),
      async (request, reply) => {
        const key = requestKeyOf(request)
        const { params, body } = request
        const asked = await askWithdrawal(context, callerOf(request), key, params, body.reason)
        return sendVersion(reply, 'calibration-tables', asked)
      },
    )

    app.post(
      '/:key/versions/:version/withdrawal/confirmation',
      operation(context, {
        id: 'confirmCalibrationTableWithdrawal',
        scope: 'tables:publish',
        tag: 'calibration tables',
        summary: 'Confirm a withdrawal that somebody else asked for; it takes effect at once',
        description:
          'From then on no date uses the table. It stays readable, with the reason and the dates of its withdrawal, and its key goes on to the next version.',
        key: true,
        params: VersionParams,
        body: WithdrawalConfirmation,
        answers: created(CalibrationTableVersion),
        refuses: CONFIRMING_REFUSALS,
      }),
      async (request, reply) => {
        const key = requestKeyOf(request)
        const confirmed = await confirmWithdrawal(context, callerOf(request), key, request.params)
        return sendVersion(reply, 'calibration-tables', confirmed)
      },
    )
  }
}
