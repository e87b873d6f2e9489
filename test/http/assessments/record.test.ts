// What an integrator gets for an assessment: stored once, with an allocation whose sum is the estimate's and nothing
// else's, at addresses that answer with the same bytes.
import { withService } from '../../support/folder.ts'
import { publish } from '../../support/service.ts'
import { changedTable, estimateOf, get, post, refused, smallIntake, withSmall } from '../driver.ts'

const RESULT = [
  'outcome',
  'points',
  'amountAnnual',
  'contingencyAnnual',
  'availableAnnual',
  'amountWeekly',
  'flags',
  'questionnaire',
  'table',
  'engineVersion',
  'working',
]
const resultOf = (of: Record<string, unknown>) => JSON.stringify(RESULT.map((name) => [name, of[name]]))

export const tests = withService(import.meta, (t, service) => {
  t.test('an assessment recorded', async (t) => {
    const alpha = await withSmall(service, 'alpha')
    const record = (intake: object) => post(service, alpha.author, '/v1/assessments', intake)

    await t.test('is answered with its address, itself as sent, and its allocation', async (t) => {
      const intake = smallIntake({
        ageBand: '75-84',
        teamRef: 'T-1',
        assessorRef: 'W-1',
        currentCostAnnual: '9360.00',
      })
      const answer = await record(intake)
      t.equal(answer.statusCode, 201)
      const { assessment, allocation } = answer.json()
      const { id, corrects, correctedBy, allocationId, createdAt, createdBy, ...content } = assessment
      t.strictSame(content, intake)
      t.equal(answer.headers.location, `/v1/assessments/${id}`)
      t.strictSame(
        { corrects, correctedBy, allocationId, createdBy },
        {
          corrects: null,
          correctedBy: null,
          allocationId: allocation.id,
          createdBy: { client: 'case-management', subject: 'author' },
        },
      )
      t.equal(allocation.createdAt, createdAt)
      t.match(allocation, {
        assessmentId: id,
        personRef: 'P-1',
        userGroup: 'adults',
        assessedOn: '2026-05-01',
        currency: 'GBP',
        outcome: 'indicative',
        points: { gross: '12.50', carerReduction: '0.00', addOns: '0.00', total: '12.50' },
        amountAnnual: '12500.00',
        contingencyAnnual: '2500.00',
        availableAnnual: '10000.00',
        amountWeekly: '240.38',
        flags: [],
        table: { key: 'small-table', version: 1 },
        supersedes: null,
        supersededBy: null,
      })
      t.strictSame((await get(service, alpha.author, `/v1/assessments/${id}`)).json(), assessment)
      t.strictSame((await get(service, alpha.author, `/v1/allocations/${allocation.id}`)).json(), allocation)
    })

    await t.test('and its allocation are not sent again to who has them', async (t) => {
      const { assessment, allocation } = (await record(smallIntake())).json()
      for (const url of [`/v1/assessments/${assessment.id}`, `/v1/allocations/${allocation.id}`]) {
        const { etag } = (await get(service, alpha.author, url)).headers
        const unchanged = await get(service, alpha.author, url, { 'if-none-match': String(etag) })
        t.equal(unchanged.statusCode, 304, url)
        t.equal(unchanged.body, '')
        t.equal((await get(service, alpha.author, url, { 'if-none-match': '"other"' })).statusCode, 200)
      }
    })

    await t.test('has the result of its estimate, byte for byte', async (t) => {
      for (const change of [
        {},
        { otherNeeds: true },
        {
          eligibility: {
            eligible: false,
            outcomesNotMet: [],
            wellbeingImpact: false,
            decidedOn: '2026-05-01',
          },
        },
        { answers: { washing: 'much', company: 'much', money: 'much' }, weightings: { two_people: 'yes' } },
        {
          carer: { willingAndAble: true, support: { washing: 'half', company: 'all' } },
          addOns: { travel: 'far', breaks: 'yes' },
        },
      ]) {
        const intake = smallIntake(change)
        const estimate = await post(service, alpha.author, '/v1/estimates', estimateOf(intake))
        t.equal(estimate.statusCode, 200)
        const { allocation } = (await record(intake)).json()
        t.equal(resultOf(allocation), resultOf(estimate.json()), JSON.stringify(change))
        t.equal(
          estimate.body,
          JSON.stringify({ currency: 'GBP', ...pick(allocation) }),
          'and in the same order',
        )
      }
    })

    await t.test('has the same result whatever age, cost and references it comes with', async (t) => {
      const { allocation } = (await record(smallIntake())).json()
      for (const change of [
        { ageBand: '18-64' },
        { ageBand: '85+' },
        { currentCostAnnual: '0' },
        { currentCostAnnual: '999999999999.99' },
        { teamRef: 'T-9', assessorRef: 'W-9', personRef: 'P-999' },
        { revision: 7 },
        {
          eligibility: {
            eligible: true,
            outcomesNotMet: ['2(2)(b)', '2(2)(g)', '2(2)(c)'],
            wellbeingImpact: true,
            decidedOn: '2026-01-01',
          },
        },
      ]) {
        const other = (await record(smallIntake(change))).json().allocation
        t.equal(resultOf(other), resultOf(allocation), JSON.stringify(change))
      }
    })

    await t.test('found eligible without grounds, has its figure and a flag for a person', async (t) => {
      const decided = {
        eligible: true,
        outcomesNotMet: ['2(2)(a)', '2(2)(b)'],
        wellbeingImpact: true,
        decidedOn: '2026-05-01',
      }
      const flagged = [{ code: 'eligibility-without-grounds', rule: null }]
      for (const [change, flags] of [
        [{}, []],
        [{ outcomesNotMet: [] }, flagged],
        [{ wellbeingImpact: false }, flagged],
        [{ eligible: false, outcomesNotMet: [], wellbeingImpact: false }, []],
      ] as const) {
        const { allocation } = (await record(smallIntake({ eligibility: { ...decided, ...change } }))).json()
        t.match(allocation.flags, flags, JSON.stringify(change))
        t.equal(allocation.flags.length, flags.length)
        if (flags.length > 0) t.match(allocation, { outcome: 'indicative', amountAnnual: '12500.00' })
      }
    })

    await t.test(
      'where the table has no prices, is referred by the table, with points and no money',
      async (t) => {
        const { allocation } = (await record(smallIntake({ setting: 'nursing' }))).json()
        t.match(allocation, {
          outcome: 'refer-individual-costing',
          points: { total: '12.50' },
          amountAnnual: null,
          contingencyAnnual: null,
          availableAnnual: null,
          amountWeekly: null,
          table: { key: 'small-table', version: 1 },
          flags: [{ code: 'outside-table', reason: 'The table has no prices for this setting.' }],
        })
        t.match(allocation.working.at(-1), { step: 'outside', by: 'setting', key: 'nursing' })
        const read = await get(service, alpha.author, `/v1/allocations/${allocation.id}`)
        t.equal(read.json().amountAnnual, null)
        const why = await get(service, alpha.author, `/v1/allocations/${allocation.id}/explanation`)
        t.match(why.json().short[0].text, /^There is no figure yet: the council’s table is not made for/)
        const url = '/v1/calibration-tables/small-table/versions/1/application'
        const { counted } = (await post(service, alpha.author, url, {})).json()
        t.equal(counted.outside, 1)
        const { body } = await service.app.inject('/metrics')
        t.match(body, /^openras_allocations_flagged_total\{flag="outside-table"\} 1$/m)
      },
    )

    await t.test('in no such setting, or with outcomes of another population, is refused', async (t) => {
      refused(t, await record(smallIntake({ setting: 'hospital' })), 'assessment-invalid', [
        'setting-unknown /setting',
      ])
      const eligibility = {
        eligible: true,
        outcomesNotMet: ['3(2)(a)'],
        wellbeingImpact: true,
        decidedOn: '2026-05-01',
      }
      refused(t, await record(smallIntake({ eligibility })), 'assessment-invalid', [
        'outcome-not-of-population /eligibility/outcomesNotMet/0',
      ])
    })

    await t.test('not eligible, has points and no money, and needs no table', async (t) => {
      const eligibility = {
        eligible: false,
        outcomesNotMet: [],
        wellbeingImpact: false,
        decidedOn: '2020-01-01',
      }
      const answer = await record(smallIntake({ eligibility, assessedOn: '2020-01-01' }))
      t.equal(answer.statusCode, 201, answer.body)
      t.match(answer.json().allocation, {
        outcome: 'not-eligible',
        points: { total: '12.50' },
        amountAnnual: null,
        contingencyAnnual: null,
        availableAnnual: null,
        amountWeekly: null,
        table: null,
      })
    })

    await t.test('with needs the form does not ask about, is flagged and has its figure', async (t) => {
      t.match((await record(smallIntake({ otherNeeds: true }))).json().allocation, {
        outcome: 'indicative',
        amountAnnual: '12500.00',
        flags: [{ code: 'other-needs-not-scored', rule: null }],
      })
    })
  })

  t.test('a case for individual costing keeps its whole figure and says why it is referred', async (t) => {
    const alpha = await withSmall(service, 'alpha', { table: false })
    await publish(service, alpha, 'calibration-tables', changedTable({ cap: { amountAnnual: '20000.00' } }))
    const much = { washing: 'much', company: 'much', money: 'none' }
    for (const { why, change, amount, flags } of [
      { why: 'at the cap: nothing', change: { answers: much }, amount: '20000.00', flags: [] },
      {
        why: 'above the cap: the cap refers and never cuts',
        change: { answers: { ...much, money: 'some' } },
        amount: '25000.00',
        flags: [{ code: 'above-cap', rule: null }],
      },
      {
        why: 'above the scale through a weighting: held at the table’s last',
        change: { answers: { ...much, money: 'much' }, weightings: { two_people: 'yes' } },
        amount: '30000.00',
        flags: [{ code: 'above-cap' }, { code: 'above-scale' }],
      },
      {
        why: 'a referral rule, and other needs beside it',
        change: {
          answers: { washing: 'much', company: 'none', money: 'none' },
          weightings: { two_people: 'yes' },
          addOns: { travel: 'far', breaks: 'no' },
          otherNeeds: true,
        },
        amount: '20000.00',
        flags: [
          { code: 'eligibility-answers-differ', figures: { outcome: '2(2)(g)', listed: 'true' } },
          { code: 'other-needs-not-scored' },
          { code: 'referral-rule', rule: 'two-and-much', reason: 'Points describe this badly.' },
        ],
      },
    ]) {
      await t.test(why, async (t) => {
        const { allocation } = (
          await post(service, alpha.author, '/v1/assessments', smallIntake(change))
        ).json()
        t.equal(allocation.amountAnnual, amount)
        t.equal(allocation.flags.length, flags.length)
        t.match(allocation.flags, flags)
        t.equal(allocation.outcome, flags.length === 0 ? 'indicative' : 'refer-individual-costing')
      })
    }
  })
})

function pick(of: Record<string, unknown>) {
  return Object.fromEntries(RESULT.map((name) => [name, of[name]]))
}
