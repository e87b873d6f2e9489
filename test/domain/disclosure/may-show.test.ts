import t from 'tap'
import { audienceOf, MODELLER, mayShow, readersOf } from '../../../src/domain/disclosure/may-show.ts'

const PUBLIC = audienceOf('headline', ['groups'])

t.test(
  'nobody, and ten and more, may be shown to everybody; from 1 to 9 to the modeller alone',
  async (t) => {
    for (const people of [0, 10, 134]) t.ok(mayShow(people, PUBLIC))
    for (const people of [1, 9]) {
      t.notOk(mayShow(people, PUBLIC))
      t.ok(mayShow(people, MODELLER))
    }
  },
)

t.test('the depth `persons` is the modeller’s, the others are for everybody', async (t) => {
  t.equal(audienceOf('persons', ['groups']), MODELLER)
  t.strictSame(audienceOf('groups'), { fewest: 10, published: [] })
  t.strictSame(audienceOf('headline'), audienceOf('groups'))
})

t.test('everybody may see small counts of what the council has published, and of nothing else', async (t) => {
  t.ok(mayShow(3, readersOf('groups', PUBLIC)))
  t.notOk(mayShow(3, readersOf('ageBands', PUBLIC)))
})
