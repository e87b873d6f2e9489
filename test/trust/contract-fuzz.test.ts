// Bodies generated from the OpenAPI document itself (P10): what the contract allows never makes the service fail, and
// what is accepted is stored and given back exactly as it was sent.
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { createGenerator } from 'json-schema-faker'
import type { Test } from 'tap'
import { PROBLEMS } from '../../src/contract/problems.ts'
import { draws } from '../support/draws.ts'
import { withService } from '../support/folder.ts'
import { example } from '../support/service.ts'
import { leaks } from './hostile-run.ts'
import { populate } from './populated.ts'

type Json = Record<string, unknown>

const sample = example<Json>('assessment')

export const tests = withService(
  import.meta,
  async (t, service) => {
    const avon = await populate(service, 'avon')
    const { components } = service.app.swagger() as unknown as {
      components: { schemas: Record<string, object> }
    }
    const generator = createGenerator({
      seed: 20_261_121,
      optionalsProbability: 0.7,
      maxItems: 6,
      maxDepth: 20,
    })

    const generated = async (name: string) =>
      (await generator.generate({ $ref: `#/components/schemas/${name}`, components })) as Json

    const send = (url: string, payload: Json) =>
      service.request({
        method: 'POST',
        url,
        headers: { ...avon.author, 'idempotency-key': randomUUID() },
        payload,
      })

    t.test(
      'generated assessments and estimates: none fails, and what is stored is what was sent',
      async (t) => {
        let accepted = 0
        for (let number = 0; number < draws(56); number += 1) {
          const [name, url] =
            number % 4 < 2
              ? (['AssessmentIntake', '/v1/assessments'] as const)
              : ([
                  'EstimateIntake',
                  number % 8 < 4 ? '/v1/estimates' : `/public/${avon.id}/estimates`,
                ] as const)
          const body = answered(await generated(name), number)
          const response = await send(url, body)
          if (response.statusCode !== 201) {
            refusedByName(t, response, body)
            continue
          }
          accepted += 1
          const { assessment } = response.json<{ assessment: Json }>()
          const stored = (
            await service.request({ url: `/v1/assessments/${assessment.id}`, headers: avon.author })
          ).json<Json>()
          for (const [field, value] of Object.entries(body))
            if (!isDeepStrictEqual(stored[field], value))
              t.fail(`${field}: ${JSON.stringify({ stored, body })}`)
        }
        t.ok(accepted > draws(7), `${accepted} were recorded`)
      },
    )

    t.test('generated drafts: none fails, and what is stored is what was sent', async (t) => {
      let accepted = 0
      for (let number = 0; number < draws(16); number += 1) {
        const [name, url] =
          number % 2 === 0
            ? (['QuestionnaireDraft', '/v1/questionnaires'] as const)
            : (['CalibrationTableDraft', '/v1/calibration-tables'] as const)
        const body = await generated(name)
        const response = await send(url, body)
        if (response.statusCode !== 201) {
          refusedByName(t, response, body)
          continue
        }
        accepted += 1
        const stored = (
          await service.request({ url: String(response.headers.location), headers: avon.author })
        ).json<Json>()
        for (const [field, value] of Object.entries(body))
          if (!isDeepStrictEqual(stored[field], value))
            t.fail(`${field}: ${JSON.stringify({ stored, body })}`)
        await publication(t, String(response.headers.location), String(response.headers.etag))
      }
      t.ok(accepted > draws(8), `${accepted} were drafted`)
    })

    t.test('nothing of it reached the database that the database had to refuse', async (t) => {
      t.same((await leaks(service)).slice(0, 10), [])
    })

    // What the schema allows and the rules of publication do not must be told, not fallen over.
    async function publication(t: Test, location: string, etag: string): Promise<void> {
      const response = await service.request({
        method: 'POST',
        url: `${location}/publication`,
        headers: { ...avon.publisher, 'idempotency-key': randomUUID(), 'if-match': etag },
        payload: {},
      })
      if (response.statusCode !== 201) refusedByName(t, response, {})
    }
  },
  { sequencer: false },
)

// Half of them keep what only a real questionnaire can make valid, so that they come as far as the database.
function answered(body: Json, number: number): Json {
  if (number % 2 === 0) return body
  const { userGroup, questionnaire, answers, weightings, carer, addOns, assessedOn } = sample
  const eligibility = forAdults(body.eligibility as Json)
  const known = { userGroup, questionnaire, answers, weightings, carer, addOns, assessedOn, eligibility }
  return { ...body, ...known, ...(body.setting === undefined ? {} : { setting: 'extra-care' }) }
}

/** Outcomes of carers are refused of adults. */
function forAdults({ outcomesNotMet, ...others }: Json): Json {
  return Array.isArray(outcomesNotMet)
    ? { ...others, outcomesNotMet: outcomesNotMet.filter((code) => String(code).startsWith('2')) }
    : others
}

function refusedByName(
  t: Test,
  { statusCode, body }: { statusCode: number; body: string },
  sent: Json,
): void {
  if (statusCode === 200) return
  const { code = '' } = JSON.parse(body) as { code?: string }
  if (statusCode < 400 || statusCode > 499 || !(code in PROBLEMS))
    t.fail(`${statusCode} ${body} for ${JSON.stringify(sent)}`)
}
