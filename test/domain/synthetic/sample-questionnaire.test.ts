// The draws stand for the questions of one questionnaire: any other is recognised as another.
import { readFileSync } from 'node:fs'
import t from 'tap'
import type { Questionnaire } from '../../../src/contract/documents/questionnaire.ts'
import { isSampleQuestionnaire } from '../../../src/domain/synthetic/sample-questionnaire.ts'

const read = (name: string): Questionnaire =>
  JSON.parse(readFileSync(new URL(`../../../examples/${name}`, import.meta.url), 'utf8'))
const sample = read('questionnaire-adult.json')

t.test('the sample questionnaire is recognised, with other points too', async (t) => {
  t.ok(isSampleQuestionnaire(sample))
  const domains = sample.domains.map((domain) => ({
    ...domain,
    options: domain.options.map((option) => ({ ...option, points: '1.00' })),
  }))
  t.ok(isSampleQuestionnaire({ ...sample, domains }))
})

const { carerSupport: support, ...unsupported } = sample
const others: Readonly<Record<string, Questionnaire>> = {
  'that of carers': read('questionnaire-carer.json'),
  'one group fewer': { ...sample, userGroups: sample.userGroups.slice(1) },
  'domains in another order': { ...sample, domains: sample.domains.toReversed() },
  'a domain that a carer cannot help with': {
    ...sample,
    domains: sample.domains.map((domain) => ({ ...domain, carerAdjustable: domain.key !== 'night' })),
  },
  'no question about two people': { ...sample, weightings: [] },
  'no carer': unsupported,
  'a carer asked about once': {
    ...sample,
    ...(support === undefined ? {} : { carerSupport: { ...support, scope: 'overall' } }),
  },
  'no add-on': { ...sample, addOns: [] },
}

t.test('any other questionnaire is another', async (t) => {
  for (const [what, other] of Object.entries(others)) t.notOk(isSampleQuestionnaire(other), what)
})
