import { equal } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import {
  marginOf,
  meanInterval,
  peopleOf,
  sampleSize,
  sampleSizeForMean,
} from '../../../../src/domain/calibration/cohort/sampling.ts'
import { arbCase, bnes, person, refusal, repeated } from '../effects/impact-cases.ts'

const LARGE = { confidence: '0.95', population: null }

t.test('95 % and ±9 % need 119 people of a large population', async (t) => {
  t.strictSame(sampleSize({ ...LARGE, margin: '0.09' }), {
    z: '1.959964',
    size: '119',
    sizeWithoutPopulation: '119',
  })
})

t.test('a small population needs fewer', async (t) => {
  const size = (population: number) => sampleSize({ confidence: '0.95', margin: '0.09', population }).size
  t.equal(size(1000), '107')
  t.equal(size(5600), '117')
  t.equal(size(20_000), '118')
  t.equal(size(100_000), '119')
  t.equal(size(1), '1')
})

t.test('134 people give ±8.5 % at 95 %', async (t) => {
  t.equal(marginOf({ ...LARGE, size: '134' }), '0.0847')
  t.equal(marginOf({ confidence: '0.95', population: 1000, size: '134' }), '0.0788')
  t.equal(marginOf({ confidence: '0.95', population: 134, size: '134' }), '0.0000')
  t.equal(marginOf({ confidence: '0.95', population: 1, size: '1' }), '0.0000')
  t.equal(marginOf({ ...LARGE, size: '133.5' }), '0.0848', 'weights need not be whole')
})

t.test('a mean whose spread is as large as itself: ±17 % needs 133 people', async (t) => {
  t.equal(sampleSizeForMean({ ...LARGE, margin: '0.17', variation: '1' }).size, '133')
})

t.test('the mean cost of the 134 of 2012 and its interval', async (t) => {
  t.strictSame(meanInterval(bnes, LARGE), {
    people: '134',
    mean: '14072.85',
    standardDeviation: '12392.24',
    variation: '0.8806',
    low: '11974.66',
    high: '16171.04',
    margin: '2098.19',
    marginPercent: '14.91',
  })
  t.equal(meanInterval(bnes, { confidence: '0.95', population: 1000 })?.margin, '1952.56')
  t.equal(meanInterval(bnes, { confidence: '0.95', population: 134 })?.margin, '0.00')
})

t.test('nobody, or one person, says nothing of a spread; equal costs have none', async (t) => {
  t.equal(meanInterval([], LARGE), null)
  t.equal(meanInterval([person({})], LARGE), null)
  t.equal(meanInterval([person({}), person({})], LARGE)?.margin, '0.00')
  const free = meanInterval([person({ cost: 0 }), person({ cost: 0 })], LARGE)
  t.equal(free?.variation, null)
  t.equal(free?.marginPercent, null)
})

t.test('a weight is the row repeated, and the order of rows is nothing', async (t) => {
  const property = fc.property(fc.array(arbCase, { maxLength: 12 }), (cases) => {
    const found = JSON.stringify(meanInterval(cases, LARGE))
    equal(JSON.stringify(meanInterval(repeated(cases, cases)[0], LARGE)), found)
    equal(JSON.stringify(meanInterval(cases.toReversed(), LARGE)), found)
  })
  fc.assert(property, { seed: 8, numRuns: 30 })
  t.pass()
})

for (const [name, run, pointer] of [
  ['a margin of 0', () => sampleSize({ ...LARGE, margin: '0' }), '/margin'],
  ['a margin of 1', () => sampleSize({ ...LARGE, margin: '1' }), '/margin'],
  ['a spread of 0', () => sampleSizeForMean({ ...LARGE, margin: '0.1', variation: '0' }), '/variation'],
  ['no confidence', () => sampleSize({ ...LARGE, confidence: '0', margin: '0.1' }), '/confidence'],
  ['certainty', () => sampleSize({ ...LARGE, confidence: '1', margin: '0.1' }), '/confidence'],
  ['nobody', () => sampleSize({ ...LARGE, population: 0, margin: '0.1' }), '/population'],
  ['half a person', () => sampleSize({ ...LARGE, population: 1.5, margin: '0.1' }), '/population'],
  ['more people than there are', () => marginOf({ ...LARGE, population: 9, size: '10' }), '/population'],
  ['a cohort above its population', () => meanInterval(bnes, { ...LARGE, population: 9 }), '/population'],
  ['a size of 0', () => marginOf({ ...LARGE, size: '0' }), '/size'],
  ['less than a person', () => marginOf({ ...LARGE, size: '0.5' }), '/size'],
] as const)
  t.test(`refuses ${name}`, async (t) => {
    const [fault = ''] = refusal(run)
    t.ok(fault.startsWith(`${pointer} parameter-out-of-range`), fault)
  })

t.test('people are counted by their weights, and nobody is none', async (t) => {
  t.equal(peopleOf([person({ weight: 25_000 }), person({ weight: 10_000 })]), '3.5')
  t.equal(peopleOf([]), '0')
})
