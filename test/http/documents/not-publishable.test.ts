// What would be wrong to publish is refused as a whole, with every fault by its place, so that one round mends it.
import type { Test } from 'tap'
import type { FaultCode } from '../../../src/contract/faults.ts'
import { withService } from '../../support/folder.ts'
import { publish, type TestAuthority, type TestService } from '../../support/service.ts'
import {
  askPublication,
  changedQuestionnaire,
  changedTable,
  get,
  post,
  refused,
  smallQuestionnaire,
  smallTable,
  withSmall,
} from '../driver.ts'

type Case = { why: string; document: object; faults: readonly `${FaultCode} ${string}`[] }

const knots = (...pairs: [string, string][]) =>
  pairs.map(([points, amountAnnual]) => ({ points, amountAnnual }))
const { backdatingReason: _, ...undated } = smallTable
const adjustment = { name: 'Prices', kind: 'inflation', factor: '0.90', reason: 'A test.' } as const
const [line] = smallTable.curves
const [washing, company, money] = smallQuestionnaire.domains
const [twoPeople] = smallQuestionnaire.weightings
const [rule] = smallQuestionnaire.referralRules
if (!line || !washing || !company || !money || !twoPeople || !rule)
  throw new Error('a small document lacks a part')
const { carerSupport: _1, ...withoutCarer } = smallQuestionnaire

const tables: readonly Case[] = [
  {
    why: 'nine different faults at once',
    document: {
      ...undated,
      effectiveFrom: '2026-03-01',
      effectiveBefore: '2026-02-01',
      curves: [
        {
          userGroups: ['elders'],
          interpolation: 'linear',
          knots: knots(['5.00', '900.00'], ['40.00', '100.00'], ['40.00', '200.00']),
        },
      ],
      adjustments: [adjustment],
      contingency: { fraction: '1' },
      rounding: { to: '0.00', mode: 'half-up' },
      weeksPerYear: '54',
    },
    faults: [
      'user-group-not-covered /curves',
      'group-curve-without-reason /curves/0/reasonForDifference',
      'age-defined-group-without-reason /curves/0/ageReason',
      'knot-above-scale /curves/0/knots/1/points',
      'knot-above-scale /curves/0/knots/2/points',
      'curve-not-monotone /curves/0/knots/1/amountAnnual',
      'knots-not-increasing /curves/0/knots/2/points',
      'backdating-without-reason /backdatingReason',
      'effective-period-empty /effectiveBefore',
      'factor-out-of-range /adjustments/0/factor',
      'contingency-out-of-range /contingency/fraction',
      'rounding-impossible /rounding/to',
      'weeks-per-year-out-of-range /weeksPerYear',
      'release-not-stated /contingency/release',
    ],
  },
  {
    why: 'it prices a questionnaire that is not published',
    document: changedTable({ questionnaire: { key: 'small', version: 9 }, effectiveFrom: '2026-06-01' }),
    faults: ['questionnaire-version-unknown /questionnaire'],
  },
  {
    why: 'it begins in the past and does not say why',
    document: { ...undated, effectiveFrom: '2026-04-02' },
    faults: ['backdating-without-reason /backdatingReason'],
  },
]

const questionnaires: readonly Case[] = [
  {
    why: 'nine faults of six kinds at once',
    document: {
      ...withoutCarer,
      domains: [{ ...washing, weightingGroup: 'nobody' }, company, { ...money, key: 'company' }],
      weightings: [{ ...twoPeople, options: [{ key: 'no', label: 'No', factor: '0' }] }],
      referralRules: [
        { ...rule, key: 'one', all: [{ question: 'cooking', option: 'much' }] },
        { ...rule, key: 'two', all: [{ question: 'washing', option: 'a-lot' }] },
      ],
      scaleMaximum: '29.99',
    },
    faults: [
      'key-duplicate /domains/2/key',
      'scale-exceeded /scaleMaximum',
      'weighting-group-unknown /domains/0/weightingGroup',
      'weighting-group-unknown /weightings/0/appliesTo',
      'factor-out-of-range /weightings/0/options/0/factor',
      'carer-support-undefined /domains/0/carerAdjustable',
      'carer-support-undefined /domains/1/carerAdjustable',
      'carer-support-undefined /addOns/1/condition',
      'referral-rule-unknown-question /referralRules/0/all/0/question',
      'referral-rule-unknown-option /referralRules/1/all/0/option',
    ],
  },
  {
    why: 'its highest options are a hundredth above its scale',
    document: changedQuestionnaire({ scaleMaximum: '29.99' }),
    faults: ['scale-exceeded /scaleMaximum'],
  },
]

async function refuses(
  t: Test,
  service: TestService,
  authority: TestAuthority,
  path: string,
  { why, document, faults }: Case,
) {
  await t.test(`a draft of ${path} is not published: ${why}`, async (t) => {
    const drafted = await post(service, authority.author, `/v1/${path}`, document)
    t.equal(drafted.statusCode, 201, 'a draft may be wrong: it is work in hand')
    const address = String(drafted.headers.location)
    const answer = await askPublication(service, authority.publisher, address)
    refused(t, answer, 'not-publishable', faults)
    t.match(answer.json().detail, new RegExp(`\\b${faults.length} faults?\\b`))
    t.match((await get(service, authority.author, address)).json(), {
      contentHash: null,
      lifecycle: { status: 'draft', revision: 1 },
    })
    refused(t, await service.app.inject(address.replace('/v1/', `/public/${authority.id}/`)), 'not-found')
  })
}

export const tests = withService(import.meta, (t, service) => {
  t.test('what may not be published', async (t) => {
    const alpha = await withSmall(service, 'alpha')
    for (const one of tables) await refuses(t, service, alpha, 'calibration-tables', one)
    for (const one of questionnaires) await refuses(t, service, alpha, 'questionnaires', one)

    await t.test('a table for a draft of a questionnaire waits until that is published', async (t) => {
      const beta = await service.authority('beta')
      await post(service, beta.author, '/v1/questionnaires', smallQuestionnaire)
      const drafted = await post(service, beta.author, '/v1/calibration-tables', smallTable)
      const address = String(drafted.headers.location)
      refused(t, await askPublication(service, beta.publisher, address), 'not-publishable', [
        'questionnaire-version-unknown /questionnaire',
      ])
      await askPublication(service, beta.publisher, '/v1/questionnaires/small/versions/1')
      t.equal((await askPublication(service, beta.publisher, address)).statusCode, 201)
    })

    await t.test(
      'a curve of its own for a group defined by age warns, and everybody may read it',
      async (t) => {
        const gamma = await withSmall(service, 'gamma', { table: false })
        const address = await publish(
          service,
          gamma,
          'calibration-tables',
          changedTable({
            curves: [
              { ...line, userGroups: ['adults'], reasonForDifference: 'Prices differ.' },
              {
                ...line,
                userGroups: ['elders'],
                reasonForDifference: 'Prices differ.',
                ageReason: 'Prices, not age.',
              },
            ],
          }),
        )
        const warned = (lifecycle: { warnings: readonly { code: string; detail: string }[] }) =>
          lifecycle.warnings.filter(({ code }) => code === 'age-defined-curve').map(({ detail }) => detail)
        const details = [/"elders" is defined by age/]
        t.match(warned((await get(service, gamma.author, address)).json().lifecycle), details)
        const open = await service.request({ url: address.replace('/v1/', `/public/${gamma.id}/`) })
        t.match(warned(open.json().lifecycle), details)
        const all = await publish(
          service,
          gamma,
          'calibration-tables',
          changedTable({ effectiveFrom: '2026-05-01' }),
        )
        t.strictSame(
          warned((await get(service, gamma.author, all)).json().lifecycle),
          [],
          'one curve for all is not',
        )
      },
    )
  })
})
