import t from 'tap'
import { present } from '../../src/domain/present.ts'

t.test('what a check made sure of is given on, and its absence is a mistake of the program', async (t) => {
  t.equal(present('there'), 'there')
  t.throws(() => present(undefined), /made sure of is missing/)
})
