import t from 'tap'
import type { CrossValidation, PredictionError } from '../../../../src/contract/calibration/trust.ts'
import { evidenceOf, settingsOf } from '../../../../src/domain/calibration/cohort/evidence.ts'
import { accuracyOf } from '../../../../src/domain/calibration/trust/accuracy.ts'
import { bnes, person } from '../effects/impact-cases.ts'

const NOWHEN = { collectedFrom: null, collectedBefore: null }

t.test('points are told outward to a multiple of 5, without those of none', async (t) => {
  const points = (...hundredths: readonly number[]) => {
    const found = evidenceOf(
      hundredths.map((one) => person({ points: one })),
      NOWHEN,
    )
    return [found.pointsFrom, found.pointsTo]
  }
  t.strictSame(points(0, 725, 1400), ['5.00', '15.00'])
  t.strictSame(points(500, 2000), ['5.00', '20.00'])
  t.strictSame(points(0), ['0.00', '0.00'])
  t.strictSame(points(), ['0.00', '0.00'])
  t.match(evidenceOf(bnes, { collectedFrom: '2011-10-01', collectedBefore: '2012-01-01' }), {
    people: '134',
    rows: 134,
    collectedBefore: '2012-01-01',
  })
})

t.test('who says nothing lives in a home of their own; another word is none', async (t) => {
  const settings = (...words: readonly (string | null)[]) =>
    settingsOf(words.map((setting) => person({ setting })))
  t.strictSame(settings(null, 'nursing', 'nursing'), ['nursing', 'own-home'])
  t.strictSame(settings('home'), ['own-home'])
  t.strictSame(settings('extra-care'), ['extra-care'])
})

const GOOD: PredictionError = {
  predictions: 20,
  rootMeanSquare: '1.00',
  meanAbsolute: '4838.05',
  bias: '-0.0008',
  withinTenPercent: '0.1672',
  withinQuarter: '0.4381',
  slope: null,
}

function validation(
  method: PredictionError,
  byGroup: readonly (readonly [string, PredictionError])[],
): CrossValidation {
  return {
    method,
    mean: method,
    repeats: 10,
    folds: 5,
    seed: 1,
    restatedBy: '1.0000',
    byGroup: byGroup.map(([userGroup, own]) => ({ userGroup, method: own, mean: own })),
    failed: 0,
    failures: [],
    warnings: [],
  }
}

t.test('how near a method comes names groups of at least ten rows', async (t) => {
  const cases = [...Array(10).fill(person({})), ...Array(9).fill(person({ userGroup: 'elders' }))]
  const found = accuracyOf(
    validation(GOOD, [
      ['adults', GOOD],
      ['elders', GOOD],
    ]),
    cases,
  )
  const figures = { within10: '0.1672', within25: '0.4381', averageMiss: '4838.05', bias: '-0.0008' }
  t.strictSame(found, { ...figures, byGroup: [{ userGroup: 'adults', rows: 10, ...figures }] })
})

t.test('nothing is said where nobody was predicted', async (t) => {
  const cases = Array(10).fill(person({}))
  t.equal(accuracyOf(null, cases), null)
  for (const field of ['meanAbsolute', 'withinTenPercent', 'withinQuarter'] as const) {
    const none = { ...GOOD, [field]: null }
    t.equal(accuracyOf(validation(none, []), cases), null)
    t.strictSame(accuracyOf(validation(GOOD, [['adults', none]]), cases)?.byGroup, [])
  }
})
