// The tables of an explanation: points that add up, money step by step, and what single changes would give.
import t from 'tap'
import { type Ledger, ledgersOf, moneyLedger, pointsLedger } from '../../../src/domain/explanation/ledger.ts'
import { adult, adultTable, explanationInput, fullTable, worked } from './cases.ts'

const rowsOf = (ledger: Ledger | null) => ledger?.rows.map(({ cells }) => cells.join(' | '))
const full = { answers: { ...worked('C'), userGroup: 'learning-disability' }, table: fullTable }

t.test('the points add up line by line, with a rounding where there is one', async (t) => {
  const ledger = pointsLedger(explanationInput({ answers: worked('A') }))
  t.match(rowsOf(ledger)?.[0], /^Eating and drinking well \| .* \| About half of it \| 6 \| 3$/)
  t.match(rowsOf(ledger)?.at(-1), /^In all \| {2}\| {2}\| {2}\| 25$/)
  const counted = ledger.rows.filter(({ isTotal }) => !isTotal).map(({ cells }) => Number(cells.at(-1)))
  t.equal(
    counted.reduce((sum, one) => sum + one, 0),
    25,
  )
  const options =
    adult.carerSupport?.options.map((option) => ({ ...option, retainedFraction: '0.3333' })) ?? []
  const carerSupport = { scope: 'per-domain' as const, options }
  const thirds = rowsOf(
    pointsLedger(explanationInput({ answers: worked('A'), questionnaire: { ...adult, carerSupport } })),
  )
  t.match(thirds?.at(-1), /^Rounded once/)
  const unwilling = rowsOf(pointsLedger(explanationInput({ answers: worked('B') })))
  t.match(unwilling?.at(-2), /\| 0$/, 'an extra question that does not count')
})

t.test('the money goes step by step from the table to what can be planned with', async (t) => {
  t.strictSame(rowsOf(moneyLedger(explanationInput(full))), [
    'By the table, for 34 points |  | £22,000.00',
    'Fees 2026: × 1.06 | +£1,320.00 | £23,320.00',
    'Savings plan: × 0.98 | −£466.40 | £22,853.60',
    'Rounding | −£3.60 | £22,850.00',
    'Your indicative budget |  | £22,850.00',
    'Kept ready, not cut: 20% | −£4,570.00 | ',
    'To plan with now |  | £18,280.00',
  ])
  const adjustments = [{ name: 'None', kind: 'local-cost' as const, factor: '1', reason: 'None.' }]
  const plain = { ...adultTable, adjustments, contingency: { fraction: '0' } }
  t.strictSame(rowsOf(moneyLedger(explanationInput({ answers: worked('A'), table: plain }))), [
    'By the table, for 25 points |  | £13,641.22',
    'None: × 1 | £0.00 | £13,641.22',
    'Your indicative budget |  | £13,641.22',
  ])
})

t.test('single changes stand in a table, the carer’s too', async (t) => {
  const input = explanationInput({ answers: worked('A') })
  const { changes } = ledgersOf(input)
  t.strictSame(rowsOf(changes)?.[0]?.endsWith('| 25.25 | £13,777.63 | +£136.41'), true)
  t.equal(changes?.rows.length, 6)
  const none = { ...input, changes: { changes: [], searchedAll: true } }
  t.equal(ledgersOf(none).changes, null)
  const carer = input.changes.changes.filter(({ question }) => question === 'willingAndAble')
  t.match(rowsOf(ledgersOf({ ...input, changes: { changes: carer, searchedAll: true } }).changes), [
    /^Somebody helps you for no pay \| Yes \| No \| 34 \|/,
  ])
})

t.test('somebody not eligible has points, and neither money nor a table to check', async (t) => {
  const input = explanationInput({ answers: worked('A'), eligible: false })
  const { money, changes, check } = ledgersOf(input)
  t.strictSame([money, changes], [null, null])
  t.strictSame(
    check.rows.map(({ cells }) => cells[0]),
    ['Questions', 'Rules of the sum'],
  )
})
