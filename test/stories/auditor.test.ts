// The auditor's story: she reads the whole feed, holds every receipt and every published document against its hash, and
// computes the figures again from what is published.
import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { get, post, smallAnswers, smallIntake, withSmall } from '../http/driver.ts'
import { withService } from '../support/folder.ts'
import { oracleAllocation } from '../support/oracle.ts'

// biome-ignore lint/suspicious/noExplicitAny: an outsider's view of JSON
type Item = { logIndex: number; eventId: string; kind: string; leafHash: string; content: any }

export const tests = withService(import.meta, (t, service) => {
  t.test('the feed is whole, hashes hold, and every figure is computed again', async (t) => {
    const council = await withSmall(service, 'avon')
    const receipts: { eventId: string; leafHash: string }[] = []
    for (const money of ['none', 'some', 'much']) {
      const answers = { ...smallAnswers.answers, money }
      const recorded = await post(service, council.author, '/v1/assessments', smallIntake({ answers }))
      receipts.push(recorded.json().allocation.receipt)
    }

    const items: Item[] = []
    for (let after = -1; items.length < 7; await setTimeout(20)) {
      const page = (await get(service, council.author, `/v1/feed?after=${after}&limit=2`)).json()
      items.push(...page.data)
      after = page.nextAfter
    }
    t.strictSame(
      items.map(({ logIndex }) => logIndex),
      [0, 1, 2, 3, 4, 5, 6],
      'no index is missing',
    )
    const entries = new Map(items.map(({ eventId, leafHash }) => [eventId, leafHash]))
    for (const { eventId, leafHash } of receipts)
      t.equal(entries.get(eventId), leafHash, 'what a system was given as its receipt stands in the log')

    t.comment('What is published is hashed by anybody, from the bytes that the public can fetch.')
    const published: Record<string, never>[] = []
    for (const path of ['questionnaires/small/versions/1', 'calibration-tables/small-table/versions/1']) {
      const address = `/public/${council.id}/${path}`
      const { contentHash, ...document } = (await service.request({ url: address })).json()
      const bytes = (await service.request({ url: `${address}/canonical` })).rawPayload
      t.equal(contentHash, `sha256:${createHash('sha256').update(bytes).digest('hex')}`)
      published.push(document)
    }

    t.comment('And every figure of the feed comes out again, to the penny.')
    const [questionnaire, table] = published as [never, never]
    const allocated = items.filter(({ kind }) => kind === 'assessment-allocated')
    t.equal(allocated.length, 3)
    for (const { content } of allocated) {
      const { assessment, allocation } = content
      const { userGroup, answers, weightings, carer, addOns, otherNeeds } = assessment
      const given = { userGroup, answers, weightings, carer, addOns }
      const expected = oracleAllocation(questionnaire, table, { answers: given, eligible: true, otherNeeds })
      const { points: _, ...figures } = expected
      t.match(allocation, figures)
    }
    t.equal(new Set(allocated.map(({ content }) => content.allocation.amountAnnual)).size, 3)
  })
})
