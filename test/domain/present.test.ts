import t from 'tap'
import { present } from '../../src/domain/present.ts'

t.test('what a check made sure of is given on, and its absence is a mistake of the program', async (t) => {
  t.equal(present('there'), 'there')
  for (const absent of [undefined, null]) t.throws(() => present(absent), /made sure of is missing/)
})
