// Uploads of cohorts that come together: each is stored, or refused at once without being read.
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'

export type Uploaded = {
  readonly status: number
  readonly retryAfter: string | null
  readonly ms: number
  readonly body: string
}

export function cohortFile(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => `U-${i},older-people,${i % 100},${1000 + i}.00`)
  return `ref,userGroup,points,costAnnual\n${lines.join('\n')}\n`
}

const QUERY = 'questionnaire=sample-adult&questionnaireVersion=1&weeksPerYear=52'

/** Sends one file as so many cohorts at the same time; `again`: who is refused comes back when they were told to. */
export async function uploadTogether(
  origin: string,
  authorization: string,
  file: string,
  { uploads, again }: { readonly uploads: number; readonly again: boolean },
): Promise<readonly (readonly Uploaded[])[]> {
  const one = async (number: number): Promise<readonly Uploaded[]> => {
    const key = randomUUID()
    const tries: Uploaded[] = []
    for (;;) {
      const began = performance.now()
      const response = await fetch(`${origin}/v1/cohorts?title=Upload-${number}&${QUERY}`, {
        method: 'POST',
        headers: { authorization, 'idempotency-key': key, 'content-type': 'text/csv' },
        body: file,
      })
      const body = await response.text()
      const retryAfter = response.headers.get('retry-after')
      tries.push({ status: response.status, retryAfter, ms: performance.now() - began, body })
      if (!again || response.status !== 503 || tries.length > 100) return tries
      await delay(1_000 * Number(retryAfter) * (0.5 + Math.random()))
    }
  }
  return Promise.all(Array.from({ length: uploads }, (_, i) => one(i + 1)))
}

/** What is wrong with the answers: one that is neither 201 nor a quick 503 that says when to come back. */
export function uploadFaults(tries: readonly Uploaded[], quickMs: number): readonly string[] {
  return tries.flatMap(({ status, retryAfter, ms, body }) => {
    if (status === 201) return []
    if (status !== 503 || retryAfter !== '5') return [`${status} after ${Math.round(ms)} ms: ${body}`]
    return ms > quickMs ? [`503 only after ${Math.round(ms)} ms`] : []
  })
}
