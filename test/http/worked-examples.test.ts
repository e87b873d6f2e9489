// The six worked examples through HTTP, line by line, points and pounds: what a policy officer wrote down is what an integrator gets.
import { readFileSync } from 'node:fs'
import { withService } from '../support/folder.ts'
import { intake, record } from '../support/service.ts'

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
type Money = {
  example: string
  why: string
  total: string
  amountAnnual: string
  contingencyAnnual: string
  availableAnnual: string
  amountWeekly: string
  flags: string[]
}
type Line = {
  step: string
  result?: string
  domain?: string
  points?: string
  weighted?: string
  net?: string
  support?: { retainedFraction: string; counted: boolean } | null
}
type Allocated = { points: object; working: Line[]; flags: { code: string }[] }

function cases<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../cases/${name}.json`, import.meta.url), 'utf8'))
}
const examples = cases<Worked[]>('worked-examples')
const money = cases<Money[]>('worked-examples-money')

export const tests = withService(import.meta, (t, service) => {
  t.test('the six worked examples, through HTTP', async (t) => {
    const demo = await service.authority('alpha', { sampled: true })

    for (const { name, why, assessment, expected } of examples) {
      await t.test(`${name}: ${why}`, async (t) => {
        const response = await record(service, demo, intake(assessment))
        t.equal(response.statusCode, 201, response.body)
        const { allocation } = response.json<{ allocation: Allocated }>()
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

        const worked = money.find(({ example }) => name.startsWith(`${example}: `))
        if (worked === undefined) throw new Error(`${name} has no money worked by hand`)
        const { example: _, why: _1, total: counted, flags, ...amounts } = worked
        t.equal(counted, total)
        t.match(allocation, { ...amounts, currency: 'GBP' })
        // The record of eligibility is the example assessment's, and fits only its own answers.
        const raised = allocation.flags.map(({ code }) => code).filter((code) => !/^eligibility-/.test(code))
        t.strictSame(raised, flags)
        const after = allocation.working.findIndex(({ step }) => step === 'eligibility')
        t.strictSame(allocation.working.slice(after), moneyLines(worked))
      })
    }
  })
})

// What the sample table makes of the points: one straight line to £54,564.87 at 100, a fifth held ready, 52 weeks.
function moneyLines({ total, amountAnnual, contingencyAnnual, availableAnnual, amountWeekly }: Money) {
  return [
    { step: 'eligibility', eligible: true },
    { step: 'table', key: 'bnes-2012-fixed', version: 1, on: '2026-11-16', effectiveFrom: '2012-04-01' },
    {
      step: 'curve',
      points: total,
      interpolation: 'linear',
      place: 'on-segment',
      from: { points: '0.00', amountAnnual: '0.00' },
      to: { points: '100.00', amountAnnual: '54564.87' },
      change: amountAnnual,
      cumulative: amountAnnual,
    },
    { step: 'rounding', to: '0.01', mode: 'half-up', change: '0.00', result: amountAnnual },
    { step: 'contingency', fraction: '0.20', result: contingencyAnnual },
    { step: 'available', result: availableAnnual },
    { step: 'weekly', weeksPerYear: '52', result: amountWeekly },
  ]
}
