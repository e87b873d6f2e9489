// A cohort is the one body that may rightly be larger than a body can be: whoever sends one is told how it is sent.
import { Refusal } from '../../contract/refusal.ts'

const ADVICE =
  'Send the first rows to POST /v1/cohorts without "seal" and the rest to POST /v1/cohorts/{id}/parts, then seal it. ' +
  'Or send a file as text/csv, with up to 50,000 rows and 32 MB in each request.'

/** The refusal of a list of rows that is too large says what to do; every other stays as it is. */
export function withAdvice(error: Error & { readonly code?: unknown }): Error {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Refusal(
      'body-too-large',
      `The body is larger than 256 kB, the limit for rows in JSON. ${ADVICE}`,
    )
  if (!(error instanceof Refusal) || error.faults.every(({ code }) => code !== 'body-too-many-tokens'))
    return error
  return new Refusal(error.code, `The body has too many names and values. ${ADVICE}`, {
    faults: error.faults,
  })
}
