import t from 'tap'
import type { ComputedRequest } from '../../../src/contract/calibration/run-request.ts'
import type { DraftTableRequest } from '../../../src/contract/calibration/run-tables.ts'
import { SINGLE_COSTS } from '../../../src/domain/disclosure/disclosed-curves.ts'
import { draftTable } from '../../../src/operations/run/draft-table.ts'
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
const results = {
  cohortHash: 'c0ffee',
  engineVersion: '1',
  questionnaire: { key: 'small', version: 1 },
  request,
  methods: request.methods.map((method) => ({
    outcome: 'fitted' as const,
    name: method.name,
    request: method,
    curves: [curve],
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
