import t from 'tap'
import type { Declared } from '../../../../src/contract/calibration/cohort.ts'
import { characteristicEffects } from '../../../../src/domain/calibration/effects/characteristics.ts'
import { disclosedCharacteristics } from '../../../../src/domain/disclosure/disclosed-characteristics.ts'
import { audienceOf, MODELLER } from '../../../../src/domain/disclosure/may-show.ts'
import { person } from './impact-cases.ts'

const SEX: Declared = {
  key: 'sex',
  title: 'Sex',
  values: [
    { key: 'female', title: 'Women' },
    { key: 'male', title: 'Men' },
    { key: 'other', title: 'Others' },
  ],
}

/** So many people of a value, of whom the first `losing` lose half of their £1,000 and the others keep it. */
function people(sex: string | null, rows: number, losing: number) {
  const characteristics = sex === null ? null : { sex }
  const cases = Array.from({ length: rows }, () => person({ characteristics }))
  return cases.map((one, i) => ({ one, amount: i < losing ? 50_000 : 100_000 }))
}

function cohort(...parts: readonly ReturnType<typeof people>[]) {
  const all = parts.flat()
  return [all.map(({ one }) => one), all.map(({ amount }) => amount)] as const
}

t.test('each value that anybody has, in the order declared; not known comes last', async (t) => {
  const [cases, amounts] = cohort(people(null, 1, 0), people('male', 3, 1), people('female', 2, 2))
  t.strictSame(characteristicEffects([SEX], cases, amounts), [
    {
      key: 'sex',
      title: 'Sex',
      values: [
        {
          key: 'female',
          title: 'Women',
          rows: 2,
          people: '2',
          existing: '2000.00',
          new: '1000.00',
          change: '-1000.00',
          changePercent: '-50.00',
          averageChange: '-500.00',
          losingOverQuarter: { rows: 2, people: '2', sharePercent: '100.00' },
        },
        {
          key: 'male',
          title: 'Men',
          rows: 3,
          people: '3',
          existing: '3000.00',
          new: '2500.00',
          change: '-500.00',
          changePercent: '-16.67',
          averageChange: '-166.67',
          losingOverQuarter: { rows: 1, people: '1', sharePercent: '33.33' },
        },
        {
          key: null,
          title: 'Not known',
          rows: 1,
          people: '1',
          existing: '1000.00',
          new: '1000.00',
          change: '0.00',
          changePercent: '0.00',
          averageChange: '0.00',
          losingOverQuarter: { rows: 0, people: '0', sharePercent: '0.00' },
        },
      ],
    },
  ])
})

t.test('against what people have otherwise, not against their cost', async (t) => {
  const [cases, amounts] = cohort(people('male', 1, 0))
  const [found] = characteristicEffects([SEX], cases, amounts, [400_000])
  t.strictSame(
    found?.values.map(({ existing, losingOverQuarter: { rows } }) => [existing, rows]),
    [['4000.00', 1]],
  )
})

t.test('the public sees small values joined, and no few who lose', async (t) => {
  const PUBLIC = audienceOf('groups')
  const [cases, amounts] = cohort(people('female', 40, 15), people('male', 7, 7), people('other', 6, 6))
  const [found] = disclosedCharacteristics([SEX], cases, amounts, PUBLIC)
  t.strictSame(
    found?.values.map(({ keys, title, rows, losingOverQuarter }) => [
      keys,
      title,
      rows,
      losingOverQuarter?.rows,
    ]),
    [
      [['female'], 'Women', 40, 15],
      [['male', 'other'], 'Men and Others together', 13, 13],
    ],
  )
  const few = cohort(people('female', 40, 15), people('male', 20, 3))
  t.strictSame(
    disclosedCharacteristics([SEX], ...few, PUBLIC)[0]?.values.map(
      ({ losingOverQuarter }) => losingOverQuarter,
    ),
    [null, null],
    'three would be told, by the other value too',
  )
  const seen = disclosedCharacteristics([SEX], ...few, MODELLER)[0]?.values
  t.strictSame(
    seen?.map(({ keys, losingOverQuarter }) => [keys, losingOverQuarter?.rows]),
    [
      [['female'], 15],
      [['male'], 3],
    ],
  )
  const tiny = cohort(people('female', 4, 0), people(null, 4, 0))
  t.strictSame(
    disclosedCharacteristics([SEX], ...tiny, PUBLIC)[0]?.values.map(({ keys, title }) => [keys, title]),
    [[['female', null], 'Women and Not known together']],
  )
})
