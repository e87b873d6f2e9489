import t from 'tap'
import type { ComputedRequest } from '../../../src/contract/calibration/run-request.ts'
import type { DraftTableRequest } from '../../../src/contract/calibration/run-tables.ts'
import { SINGLE_COSTS } from '../../../src/domain/disclosure/disclosed-curves.ts'
import { type DraftedFrom, draftTable } from '../../../src/operations/run/draft-table.ts'
import { completed } from '../../../src/operations/run/run-request.ts'

const budget = { basis: 'spend', uplift: '0', efficiency: '0' } as const
const methods = [{ method: 'percentile' }, { method: 'isotonic' }, { method: 'fixed' }] as const
const request = completed({ cohortId: '', groups: 'all', budget, methods }, 10_000)
const curve = {
  userGroups: 'all',
  knots: [],
  coefficients: {},
  warnings: [],
  target: '0.00',
  total: '0.00',
  unspent: '0.00',
  roundingDifference: '0.00',
} as const
const results: DraftedFrom['results'] = {
  cohortHash: 'c0ffee',
  engineVersion: '1',
  questionnaire: { key: 'small', version: 1 },
  evidence: {
    people: '134',
    rows: 134,
    pointsFrom: '0.00',
    pointsTo: '100.00',
    collectedFrom: '2025-10-01',
    collectedBefore: null,
  },
  settings: ['extra-care', 'own-home'],
  request,
  methods: request.methods.map((method) => ({
    outcome: 'fitted' as const,
    name: method.name,
    request: method,
    curves: [curve],
    accuracy: null,
  })),
}
const ASKED: Omit<DraftTableRequest, 'method'> = {
  key: 'next',
  title: 'Next',
  financialYear: '2027-28',
  effectiveFrom: '2027-04-01',
  weeksPerYear: '52',
  rationale: 'A test.',
}

t.test('a draft by a method that follows single costs says so in its provenance', async (t) => {
  const disclosure = (method: string) =>
    draftTable({ ...ASKED, method }, { runId: 'run', resultHash: 'hash', results }).provenance?.parameters
      .disclosure
  t.equal(disclosure('percentile-tie-mean'), SINGLE_COSTS)
  t.equal(disclosure('isotonic'), SINGLE_COSTS)
  t.equal(disclosure('fixed'), undefined)
})

t.test(
  'a population that the run stated goes with the draft, since what a sample needs depends on it',
  async (t) => {
    const population = (sampling: ComputedRequest['sampling']) =>
      draftTable(
        { ...ASKED, method: 'fixed' },
        {
          runId: 'run',
          resultHash: 'hash',
          results: { ...results, request: { ...request, ...(sampling && { sampling }) } },
        },
      ).provenance?.parameters.population
    t.equal(population({ confidence: '0.95', margin: '0.09', population: 1000 }), '1000')
    t.equal(population({ confidence: '0.95', margin: '0.09', population: null }), undefined)
    t.equal(population(undefined), undefined)
  },
)

const RULE = {
  rule: 'weekly-cost-above',
  limit: '1000',
  weeksPerYear: '52',
  reason: 'Costed one by one.',
} as const
const FACTORS = [
  { name: 'Prices', kind: 'inflation', factor: '1.03', reason: 'Prices rose.' },
  { name: 'Savings', kind: 'efficiency', factor: '0.97', reason: 'Less is spent.' },
] as const

function drafted(changes: Partial<ComputedRequest>, asked: Partial<DraftTableRequest> = {}, cap?: string) {
  const methods = results.methods.map((method) =>
    cap === undefined || method.outcome === 'refused'
      ? method
      : {
          ...method,
          curves: [
            {
              ...curve,
              cap: {
                amountAnnual: cap,
                inTableAnnual: cap,
                above: { rows: 0, people: '0' },
                uncappedKnots: [],
              },
            },
          ],
        },
  )
  const source = { ...results, methods, request: { ...results.request, ...changes } }
  return draftTable(
    { ...ASKED, ...asked, method: 'fixed' },
    { runId: 'run', resultHash: 'hash', results: source },
  )
}

t.test('who was left out for the cost of a week is above a cap of the table', async (t) => {
  t.strictSame(drafted({ exclusions: [RULE], adjustments: FACTORS }).cap, { amountAnnual: '51953.20' })
  const fifty = { ...RULE, weeksPerYear: '52.18' }
  const rounding = { to: '50.00' } as unknown as ComputedRequest['rounding']
  t.strictSame(drafted({ exclusions: [fifty], rounding }).cap, { amountAnnual: '52150.00' })
  t.strictSame(drafted({ exclusions: [fifty, RULE] }).cap, { amountAnnual: '52000.00' }, 'of two the lower')
  t.match(drafted({ exclusions: [RULE] }).source, 'People above £1,000 a week were left out, £52,000 a year')
  t.equal(drafted({}).cap, undefined)
})

t.test('a lower cap stands, of the request or of the method; a higher one is refused', async (t) => {
  const cap = (amountAnnual: string) => ({ cap: { amountAnnual } })
  t.strictSame(drafted({ exclusions: [RULE] }, cap('40000.00')).cap, { amountAnnual: '40000.00' })
  t.strictSame(drafted({ exclusions: [RULE] }, {}, '30000.00').cap, { amountAnnual: '30000.00' })
  t.strictSame(drafted({ exclusions: [RULE] }, {}, '60000.00').cap, { amountAnnual: '52000.00' })
  t.throws(() => drafted({ exclusions: [RULE] }, cap('52000.01')), {
    code: 'calibration-impossible',
    message: /above the £52,000 above which this run left people out/,
  })
  t.throws(() => drafted({}, cap('30000.01'), '30000.00'), {
    message: /that this method was calibrated with/,
  })
})

t.test(
  'groups left out are outside with the reason of their rule, and settings are those of the people',
  async (t) => {
    const elders = {
      rule: 'user-group',
      userGroups: ['elders', 'young'],
      reason: 'Twelve people are too few.',
    } as const
    const again = { rule: 'user-group', userGroups: ['young'], reason: 'Once more.' } as const
    const homes = { rule: 'setting', settings: ['residential'], reason: 'Homes have fees.' } as const
    const table = drafted({ exclusions: [elders, again, homes] })
    t.strictSame(table.outside, [
      { userGroup: 'elders', reason: 'Twelve people are too few.' },
      { userGroup: 'young', reason: 'Twelve people are too few.' },
    ])
    t.strictSame(table.settings, ['extra-care', 'own-home'])
    t.equal(drafted({}).outside, undefined)
    t.equal(table.provenance?.evidence, results.evidence)
    t.equal(table.provenance?.accuracy, undefined)
  },
)
