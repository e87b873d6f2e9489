// A fault of form in an answer names the options that the questionnaire has there; every other fault stays as it is.
import t from 'tap'
import type { FaultCode } from '../../../src/contract/faults.ts'
import { isAboutAnswers, withNamedOptions } from '../../../src/domain/questionnaire/named-options.ts'
import { planScoring } from '../../../src/domain/questionnaire/scoring-plan.ts'
import { questionnaire } from '../../cases/documents.ts'

const { carerSupport: support } = questionnaire
if (support === undefined) throw new Error('the small questionnaire asks about a carer')

const small = planScoring(questionnaire)
const once = planScoring({ ...questionnaire, carerSupport: { ...support, scope: 'overall' } })
const plain = planScoring({ ...questionnaire, weightings: [], referralRules: [] })

type Case = { why: string; code: FaultCode; pointer: string; of?: typeof small; says: RegExp | null }

const OPTIONS = /^Unknown option; expected one of: none, some, much\. Choose one of these\.$/
const SUPPORT = /^Unknown option; expected one of: none, half, all\./

const cases: readonly Case[] = [
  { why: 'a label', code: 'value-format', pointer: '/answers/washing', says: OPTIONS },
  { why: 'a number', code: 'value-type', pointer: '/answers/washing', says: OPTIONS },
  { why: 'a long text', code: 'value-range', pointer: '/answers/washing', says: OPTIONS },
  { why: 'a weighting', code: 'value-type', pointer: '/weightings/two_people', says: /one of: no, yes\./ },
  { why: 'an add-on', code: 'value-type', pointer: '/addOns/travel', says: /one of: near, far\./ },
  { why: 'support', code: 'value-format', pointer: '/carer/support/washing', says: SUPPORT },
  { why: 'support asked once', code: 'value-type', pointer: '/carer/overall', of: once, says: SUPPORT },
  { why: 'support not asked once', code: 'value-type', pointer: '/carer/overall', says: null },
  { why: 'a carer', code: 'value-type', pointer: '/carer/willingAndAble', says: null },
  { why: 'a carer as a whole', code: 'value-type', pointer: '/carer', says: null },
  { why: 'all support', code: 'value-type', pointer: '/carer/support', says: null },
  {
    why: 'a group',
    code: 'value-format',
    pointer: '/userGroup',
    says: /^Unknown user group; .*: adults, elders\./,
  },
  { why: 'no group', code: 'field-missing', pointer: '/userGroup', says: null },
  { why: 'no question', code: 'field-unknown', pointer: '/addOns/Far', says: /it asks: travel, breaks\./ },
  { why: 'an unknown question', code: 'value-type', pointer: '/answers/cooking', says: null },
  { why: 'something in an answer', code: 'field-unknown', pointer: '/answers/washing/a', says: null },
  { why: 'a list of answers', code: 'value-type', pointer: '/answers', says: null },
  {
    why: 'no weightings',
    code: 'field-missing',
    pointer: '/weightings',
    says: /expected an answer to each of: two_people\. Add it\.$/,
  },
  {
    why: 'none to be weighted',
    code: 'field-missing',
    pointer: '/weightings',
    of: plain,
    says: /Add it as \{\}\.$/,
  },
  { why: 'the whole body', code: 'value-type', pointer: '', says: null },
  { why: 'a date', code: 'value-format', pointer: '/assessedOn', says: null },
]

for (const { why, code, pointer, of = small, says } of cases) {
  t.test(`${why}: ${code} ${pointer}`, async (t) => {
    const fault = { code, pointer, detail: 'As it was.' }
    const named = withNamedOptions(of, fault)
    t.strictSame({ ...named, detail: '' }, { ...fault, detail: '' }, 'place and code stay')
    t.match(named.detail, says ?? /^As it was\.$/)
  })
}

t.test('only what a questionnaire asks is about answers', async (t) => {
  const about = (pointer: string) => isAboutAnswers({ pointer, code: 'value-type', detail: '' })
  for (const pointer of ['/userGroup', '/answers', '/answers/washing', '/carer/overall'])
    t.ok(about(pointer), pointer)
  for (const pointer of ['', '/assessedOn', '/answersheet', '/path/authority'])
    t.notOk(about(pointer), pointer)
})
