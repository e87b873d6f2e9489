// An assessment that cannot be right is refused by name, with everything that is wrong with it, and leaves nothing.
import type { FaultCode } from '../../../src/contract/faults.ts'
import type { RefusalCode } from '../../../src/contract/problems.ts'
import { withService } from '../../support/folder.ts'
import { asAdmin, publish } from '../../support/service.ts'
import {
  changedQuestionnaire,
  changedTable,
  estimateOf,
  get,
  post,
  refused,
  smallIntake,
  withSmall,
} from '../driver.ts'

type Case = {
  why: string
  change: Record<string, unknown>
  code: RefusalCode
  faults?: readonly `${FaultCode} ${string}`[]
  /** Whether an estimate of it is fine. */
  estimated?: true
}

const eligible = { eligible: true, outcomesNotMet: [], wellbeingImpact: true, decidedOn: '2026-05-01' }

const cases: readonly Case[] = [
  {
    why: 'dated in the future',
    change: { assessedOn: '2199-01-01' },
    code: 'assessed-in-the-future',
    estimated: true,
  },
  {
    why: 'decided in the future',
    change: {
      eligibility: { eligible: true, outcomesNotMet: [], wellbeingImpact: true, decidedOn: '2199-01-01' },
    },
    code: 'decided-in-the-future',
    estimated: true,
  },
  {
    why: 'on an unknown questionnaire',
    change: { questionnaire: { key: 'other', version: 1 } },
    code: 'questionnaire-not-found',
  },
  {
    why: 'on a version that is only a draft',
    change: { questionnaire: { key: 'small', version: 3 } },
    code: 'questionnaire-not-found',
  },
  {
    why: 'on a version that the table does not price',
    change: { questionnaire: { key: 'small', version: 2 } },
    code: 'questionnaire-not-priced',
  },
  { why: 'before the first table', change: { assessedOn: '2026-03-31' }, code: 'no-table-in-force' },
  {
    why: 'above a table that refuses',
    change: {
      assessedOn: '2026-06-01',
      answers: { washing: 'much', company: 'much', money: 'much' },
      weightings: { two_people: 'yes' },
    },
    code: 'points-above-table',
  },
  {
    why: 'with answers of every kind wrong, all told at once',
    change: {
      userGroup: 'children',
      answers: { washing: 'a-lot', cooking: 'some' },
      weightings: {},
      carer: { willingAndAble: true, support: { washing: 'most', money: 'all' } },
      addOns: { travel: 'near', breaks: 'perhaps', parking: 'no' },
    },
    code: 'assessment-invalid',
    faults: [
      'user-group-unknown /userGroup',
      'option-unknown /answers/washing',
      'answer-missing /answers/company',
      'answer-missing /answers/money',
      'answer-not-asked /answers/cooking',
      'answer-missing /weightings/two_people',
      'option-unknown /carer/support/washing',
      'carer-support-missing /carer/support/company',
      'answer-not-asked /carer/support/money',
      'option-unknown /addOns/breaks',
      'answer-not-asked /addOns/parking',
    ],
  },
  {
    why: 'with answers wrong where there is no table either: the answers are the caller’s to mend',
    change: { assessedOn: '2026-03-31', userGroup: 'children' },
    code: 'assessment-invalid',
    faults: ['user-group-unknown /userGroup'],
  },
  {
    why: 'not eligible, with an answer wrong all the same',
    change: {
      eligibility: { eligible: false, outcomesNotMet: [], wellbeingImpact: false, decidedOn: '2026-05-01' },
      weightings: {},
    },
    code: 'assessment-invalid',
    faults: ['answer-missing /weightings/two_people'],
  },
  {
    why: 'with nothing said of a carer where it is asked',
    change: { carer: undefined },
    code: 'assessment-invalid',
    faults: ['carer-missing /carer'],
  },
  {
    why: 'of another form in many places',
    change: {
      userGroup: 'Adults',
      assessedOn: '2026-02-30',
      answers: { washing: 5 },
      otherNeeds: 'no',
      eligibility: { ...eligible, wellbeingImpact: 1 },
      colour: 'red',
    },
    code: 'request-invalid',
    faults: [
      'field-unknown /colour',
      'value-format /userGroup',
      'value-format /assessedOn',
      'value-type /answers/washing',
      'value-type /eligibility/wellbeingImpact',
      'value-type /otherNeeds',
    ],
  },
  {
    why: 'without the day on which eligibility was decided',
    change: { eligibility: { eligible: true, outcomesNotMet: ['2(2)(b)'], wellbeingImpact: true } },
    code: 'request-invalid',
    faults: ['field-missing /eligibility/decidedOn'],
    estimated: true,
  },
  {
    why: 'with a money amount as a number, or finer than a penny',
    change: { currentCostAnnual: 9360 },
    code: 'request-invalid',
    faults: ['value-type /currentCostAnnual'],
    estimated: true,
  },
  {
    why: 'with words, twice the same or too many codes where the outcomes that are not met belong',
    change: { eligibility: { ...eligible, outcomesNotMet: ['Jo cannot wash', '2(2)(b)', '2(2)(b)'] } },
    code: 'request-invalid',
    faults: ['value-not-allowed /eligibility/outcomesNotMet/0', 'value-range /eligibility/outcomesNotMet'],
  },
  {
    why: 'with an NHS number where an opaque reference belongs, and other faults',
    change: {
      ...{ assessmentRef: 'A:943:476:5919', personRef: '943 476 5919', teamRef: '9876543210' },
      ...{ assessorRef: 'NHS9434765919', currentCostAnnual: 'much' },
    },
    code: 'request-invalid',
    faults: [
      ...(['assessmentRef', 'personRef', 'teamRef', 'assessorRef'] as const).map(
        (name) => `ref-nhs-number /${name}` as const,
      ),
      'value-format /currentCostAnnual',
    ],
    estimated: true,
  },
  {
    why: 'with a name where an opaque reference belongs',
    change: { personRef: 'Jo Smith' },
    code: 'request-invalid',
    faults: ['value-format /personRef'],
    estimated: true,
  },
]

export const tests = withService(import.meta, (t, service) => {
  t.test('an assessment is refused', async (t) => {
    const alpha = await withSmall(service, 'alpha')
    const beta = await withSmall(service, 'beta')
    await publish(service, alpha, 'questionnaires', changedQuestionnaire({ title: 'Second' }))
    await post(service, alpha.author, '/v1/questionnaires', changedQuestionnaire({ title: 'Third' }))
    await publish(
      service,
      alpha,
      'calibration-tables',
      changedTable({ effectiveFrom: '2026-06-01', aboveLast: 'refuse' }),
    )

    for (const { why, change, code, faults = [], estimated } of cases) {
      await t.test(why, async (t) => {
        const intake = smallIntake(change)
        const answer = await post(service, alpha.author, '/v1/assessments', intake)
        refused(t, answer, code, faults)
        t.notMatch(answer.body, /Jo |943-/, 'and says nothing of whom it is about')
        const estimate = await post(service, alpha.author, '/v1/estimates', estimateOf(intake))
        if (estimated) t.equal(estimate.statusCode, 200, 'and its estimate is given')
        else refused(t, estimate, code, faults)
      })
    }

    await t.test(
      'when its reference and revision are recorded already, with the address where',
      async (t) => {
        const intake = smallIntake()
        const first = await post(service, alpha.author, '/v1/assessments', intake)
        const again = await post(service, alpha.author, '/v1/assessments', { ...intake, otherNeeds: true })
        refused(t, again, 'assessment-already-recorded')
        t.equal(again.headers.location, first.headers.location)
        t.strictSame(
          (await get(service, alpha.author, String(again.headers.location))).json(),
          first.json().assessment,
        )
        const later = await post(service, alpha.author, '/v1/assessments', { ...intake, revision: 2 })
        refused(t, later, 'another-revision-recorded')
        t.equal(later.headers.location, first.headers.location, 'which is to be corrected')
        t.equal(
          (await post(service, beta.author, '/v1/assessments', intake)).statusCode,
          201,
          'and another authority has its own',
        )
      },
    )

    await t.test('at the same moment as its copy under another key: one is recorded', async (t) => {
      const intake = smallIntake()
      const answers = await Promise.all(
        [1, 2, 3].map(() => post(service, alpha.author, '/v1/assessments', intake)),
      )
      const won = answers.filter(({ statusCode }) => statusCode === 201)
      t.equal(won.length, 1)
      for (const lost of answers.filter((one) => one !== won[0])) {
        refused(t, lost, 'assessment-already-recorded')
        t.equal(lost.headers.location, won[0]?.headers.location)
      }
    })

    await t.test('and what was refused has left nothing, and no key used up', async (t) => {
      const [row] = await asAdmin(
        service.adminUrl,
        `select (select count(*) from openras.payload where authority_id = any($1) and source_ref is not null)::int as payloads,
                (select count(*) from openras.event where authority_id = any($1) and on_date is not null)::int as events`,
        [[alpha.id, beta.id]],
      )
      t.strictSame(row, { payloads: 3, events: 3 })
      const key = { 'idempotency-key': 'refused-then-mended' }
      refused(
        t,
        await post(service, alpha.author, '/v1/assessments', smallIntake({ weightings: {} }), key),
        'assessment-invalid',
        ['answer-missing /weightings/two_people'],
      )
      t.equal((await post(service, alpha.author, '/v1/assessments', smallIntake(), key)).statusCode, 201)
    })
  })
})
