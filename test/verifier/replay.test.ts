// The verifier's own computation of points and pounds against the engine's, and against records that say something else.
import fc from 'fast-check'
import t from 'tap'
import { sourceOf } from '../../packages/verifier/src/lines.ts'
import { verifyBundle } from '../../packages/verifier/src/verify.ts'
import type { Answers } from '../../src/contract/allocation/assessment.ts'
import type { CalibrationTable } from '../../src/contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../src/contract/documents/questionnaire.ts'
import { Refusal } from '../../src/contract/refusal.ts'
import { answers, json, questionnaire, table } from '../cases/documents.ts'
import { arbCase } from '../support/arbitraries.ts'
import { draws } from '../support/draws.ts'
import type { Request } from './logs.ts'
import { type Case, type Recorded, recorded, recordedLog } from './records.ts'

const RUNS = draws(200)
const SMALL: Case = { questionnaire, table, answers, eligible: true, otherNeeds: false }

function replayed({ bundle, ...asked }: Request) {
  return verifyBundle(sourceOf(Buffer.from(bundle)), { ...asked, replay: true })
}

/** What is found where a record was changed, and everything else of the log made to fit. */
function found(change: (record: Recorded) => void, one: Case = SMALL) {
  const { documents, record } = recorded(one, 0)
  change(record)
  return replayed(recordedLog([{ documents, record }]))
}

t.test('what the engine computes of random cases is computed again to the same penny', async (t) => {
  const outcomes = new Map<string, number>()
  let refused = 0
  const cases = fc.sample(arbCase, { seed: 20121105, numRuns: RUNS }).flatMap((drawn, number) => {
    try {
      const one = recorded(drawn, number)
      const { outcome } = one.record.facts
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      return [one]
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.code !== 'points-above-table') throw refusal
      refused += 1
      return []
    }
  })
  t.comment({ ...Object.fromEntries(outcomes), refused })
  for (const outcome of ['indicative', 'refer-individual-costing', 'not-eligible'])
    t.ok((outcomes.get(outcome) ?? 0) >= RUNS / 50, `${outcome} is met often enough to mean something`)
  const finding = replayed(recordedLog(cases))
  t.match(finding, {
    verdict: 'good',
    told: [/^log/, /^root/, `${cases.length} allocations computed again: each as it stands in the log`],
  })
})

t.test('so are the worked examples of the sample questionnaire', async (t) => {
  const examples = json<readonly { readonly assessment: Answers }[]>('test/cases/worked-examples.json')
  const sample = {
    questionnaire: json<Questionnaire>('examples/questionnaire-adult.json'),
    table: json<CalibrationTable>('examples/table-adult.json'),
  }
  const cases = examples.map(({ assessment }, number) =>
    recorded({ ...SMALL, ...sample, answers: assessment }, number),
  )
  t.equal(cases.length, 6)
  t.equal(replayed(recordedLog(cases)).verdict, 'good')
})

t.test('whom a table is not for has no figure, and that is found too', async (t) => {
  const outside = { ...table, outside: [{ userGroup: 'elders', reason: 'Few.' }] }
  for (const one of [
    { ...SMALL, setting: 'residential' },
    { ...SMALL, table: outside, answers: { ...answers, userGroup: 'elders' } },
  ]) {
    t.equal(recorded(one, 0).record.facts.amountAnnual, null)
    t.equal(found(() => {}, one).verdict, 'good')
  }
})

t.test('a false figure on a true table is found, though every hash and signature fits', async (t) => {
  const lies: Readonly<Record<string, (record: Recorded) => void>> = {
    'a penny more, in both places': ({ facts, body }) => {
      facts.amountAnnual = body.allocation.amountAnnual = pennyMore(facts.amountAnnual)
    },
    'a penny more in the envelope': ({ facts }) => {
      facts.amountAnnual = pennyMore(facts.amountAnnual)
    },
    'a penny more in the body': ({ body }) => {
      body.allocation.availableAnnual = pennyMore(body.allocation.availableAnnual)
    },
    'more points': ({ facts, body }) => {
      facts.points = body.allocation.points = { ...facts.points, total: '99.00' }
    },
    'another answer': ({ body }) => {
      body.assessment.answers.washing = 'none'
    },
    'an answer that is none': ({ body }) => {
      body.assessment.answers.washing = 'plenty'
    },
    'a question left out': ({ body }) => {
      delete body.assessment.answers.washing
    },
    'a question more': ({ body }) => {
      body.assessment.answers.more = 'some'
    },
    'no carer': ({ body }) => {
      delete body.assessment.carer
    },
    'support where it is not asked for': ({ body }) => {
      body.assessment.carer.overall = 'most'
    },
    'another user group': ({ facts, body }) => {
      facts.userGroup = body.assessment.userGroup = 'nobody'
    },
    'another outcome': ({ facts, body }) => {
      facts.outcome = body.allocation.outcome = 'refer-individual-costing'
    },
    'a reason to refer that there is not': ({ body }) => {
      body.allocation.flags = [{ code: 'above-cap', rule: null, reason: 'Look.' }]
    },
    'not eligible, and yet with money': ({ body }) => {
      body.assessment.eligibility.eligible = false
    },
    'a day that the table is not for': ({ facts, body }) => {
      facts.on = body.assessment.assessedOn = '2020-01-01'
    },
    'a day that is another in the envelope': ({ facts }) => {
      facts.on = '2026-11-17'
    },
    'a table of another hash': ({ body }) => {
      body.allocation.table.contentHash = `sha256:${'0'.repeat(64)}`
    },
    'no table': ({ facts, body }) => {
      facts.table = body.allocation.table = null
    },
    'no engine': ({ body }) => {
      delete body.allocation.engineVersion
    },
    'no facts': (record) => {
      record.facts = {}
    },
    'no assessment': ({ body }) => {
      delete body.assessment
    },
    'no body to speak of': (record) => {
      record.body = null
    },
  }
  for (const [name, lie] of Object.entries(lies))
    t.match(found(lie), { verdict: 'tampered', line: 4, index: 2, what: /^The allocation / }, name)
})

t.test('a table that is for another questionnaire, or has other bytes, is found', async (t) => {
  const one = recorded(SMALL, 0)
  const other = recorded(SMALL, 1)
  const mixed = structuredClone(one.record)
  mixed.facts.table = { key: 'priced-1', version: 3 }
  mixed.body.allocation.table = other.record.body.allocation.table
  const log = recordedLog([other, { documents: one.documents, record: mixed }])
  t.match(replayed(log), { verdict: 'tampered', index: 5, what: /for another questionnaire/ })
  const [questionnaire, { facts, ...rest }] = one.documents
  const renamed = [questionnaire, { ...rest, facts: { ...facts, version: 4 } }] as const
  t.match(replayed(recordedLog([{ ...one, documents: renamed }])), {
    verdict: 'tampered',
    index: 1,
    what: /another key or version/,
  })
})

t.test('what cannot be computed again is said, and is not good', async (t) => {
  t.match(
    found(({ facts, body }) => {
      facts.engine = body.allocation.engineVersion = '2'
    }),
    { verdict: 'unusable', what: /Entry 2 cannot be computed again: this program knows engine 1 only/ },
  )
  t.match(
    found(({ body }) => {
      body.allocation.table.key = 'unpublished'
    }),
    { verdict: 'unusable', what: /does not have calibration-table unpublished version 3/ },
  )
})

t.test('without --replay none of this is looked at', async (t) => {
  const { documents, record } = recorded(SMALL, 0)
  record.facts.amountAnnual = record.body.allocation.amountAnnual = '1.00'
  const { bundle, ...asked } = recordedLog([{ documents, record }])
  t.equal(verifyBundle(sourceOf(Buffer.from(bundle)), asked).verdict, 'good')
})

function pennyMore(amount: string): string {
  const pence = String(BigInt(amount.replace('.', '')) + 1n)
  return `${pence.slice(0, -2)}.${pence.slice(-2)}`
}
