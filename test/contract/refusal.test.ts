// A refusal carries its code and all of its faults; a pointer is one that RFC 6901 can resolve.
import t from 'tap'
import { pointerSegment, Refusal } from '../../src/contract/refusal.ts'

t.test('a refusal is an error with a code, a message and its faults', async (t) => {
  const fault = { pointer: '/a', code: 'answer-missing', detail: 'No answer.' } as const
  const error = new Refusal('assessment-invalid', 'Wrong.', { faults: [fault] })
  t.type(error, Error)
  t.match(error, { name: 'Refusal', code: 'assessment-invalid', message: 'Wrong.', faults: [fault] })
  t.strictSame(new Refusal('no-table-in-force', 'None.').faults, [])
})

t.test('a segment of a pointer escapes the tilde before the slash', async (t) => {
  t.equal(pointerSegment('washing'), '/washing')
  t.equal(pointerSegment(3), '/3')
  t.equal(pointerSegment('a/b/c'), '/a~1b~1c')
  t.equal(pointerSegment('~1'), '/~01')
})
