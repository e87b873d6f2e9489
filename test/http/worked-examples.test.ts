// The six worked examples through HTTP, line by line: what a policy officer wrote down is what an integrator gets.
import { readFileSync } from 'node:fs'
import t from 'tap'
import { intake, record, startService } from '../support/service.ts'

type Worked = {
  name: string
  why: string
  assessment: Record<string, unknown>
  expected: {
    domains: { domain: string; points: string; weighted: string; retainedFraction: string; net: string }[]
    gross: string
    carerReduction: string
    addOns: string
    total: string
  }
}
type Line = {
  step: string
  domain?: string
  points?: string
  weighted?: string
  net?: string
  support?: { retainedFraction: string; counted: boolean } | null
}

const examples = JSON.parse(
  readFileSync(new URL('../cases/worked-examples.json', import.meta.url), 'utf8'),
) as Worked[]

t.test('the six worked examples, through HTTP', async (t) => {
  const service = await startService(t)
  const demo = await service.authority('alpha', { sampled: true })

  for (const { name, why, assessment, expected } of examples) {
    await t.test(`${name}: ${why}`, async (t) => {
      const response = await record(service, demo, intake(assessment))
      t.equal(response.statusCode, 201, response.body)
      const { allocation } = response.json<{ allocation: { points: object; working: Line[] } }>()
      const lines = allocation.working.filter(({ step }) => step === 'domain')
      t.strictSame(
        lines.map(({ domain, points, weighted, support, net }) => ({
          domain,
          points,
          weighted,
          retainedFraction: support?.counted === true ? support.retainedFraction : '1',
          net,
        })),
        expected.domains,
      )
      const { gross, carerReduction, addOns, total } = expected
      t.strictSame(allocation.points, { gross, carerReduction, addOns, total })
    })
  }
})
