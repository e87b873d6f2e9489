// What history is made of: the six worked examples, and one person who is not eligible, recorded by the service.

import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { AssessmentIntake } from '../../src/contract/allocation/assessment.ts'
import { intake } from './requests.ts'

const examples = JSON.parse(
  readFileSync(new URL('../../test/cases/worked-examples.json', import.meta.url), 'utf8'),
) as readonly { assessment: Partial<AssessmentIntake> }[]

/** Records each through the service at `url`; answers with the text of the last answer of an eligible person. */
export async function recordTemplates(url: string, apiKey: string): Promise<string> {
  const [first] = examples
  const { eligibility } = intake()
  const refused = { ...first?.assessment, eligibility: { ...eligibility, eligible: false } }
  await send(url, apiKey, refused)
  let answer = ''
  for (const { assessment } of examples) answer = await send(url, apiKey, assessment)
  return answer
}

async function send(url: string, apiKey: string, changes: Partial<AssessmentIntake>): Promise<string> {
  const response = await fetch(`${url}/v1/assessments`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'idempotency-key': randomUUID(),
      'content-type': 'application/json',
    },
    body: JSON.stringify({ ...intake(), ...changes }),
  })
  const text = await response.text()
  if (response.status !== 201) throw new Error(`The service refused an example: ${text}`)
  return text
}
