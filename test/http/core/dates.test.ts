// The legal day is England's, whatever the machine's zone and locale.
import t from 'tap'
import { today } from '../../../src/operations/day-in-england.ts'

t.test('today is the day in England, in summer and in winter', async (t) => {
  for (const [instant, day] of [
    ['2026-01-15T23:59:59.999Z', '2026-01-15'],
    ['2026-01-16T00:00:00.000Z', '2026-01-16'],
    ['2026-07-15T22:59:59.999Z', '2026-07-15'],
    ['2026-07-15T23:00:00.000Z', '2026-07-16'],
    ['2026-12-31T23:59:30.000Z', '2026-12-31'],
    ['2027-01-01T00:00:00.000Z', '2027-01-01'],
  ] as const)
    t.equal(today(Date.parse(instant)), day, instant)
  t.match(today(), /^20\d\d-\d\d-\d\d$/)
})
