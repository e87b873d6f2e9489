import { ok } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { hiddenLine, hiddenTable } from '../../../src/domain/disclosure/hidden-counts.ts'
import { audienceOf, MODELLER } from '../../../src/domain/disclosure/may-show.ts'

const PUBLIC = audienceOf('groups')

t.test('a small count takes the smallest other one with it', async (t) => {
  t.strictSame(hiddenLine([3, 40, 12, 90], PUBLIC), [true, false, true, false])
})

t.test('small counts that add up to enough need no other', async (t) => {
  t.strictSame(hiddenLine([6, 40, 8, 90], PUBLIC), [true, false, true, false])
})

t.test('counts of ten and more, and zeros, are shown', async (t) => {
  t.strictSame(hiddenLine([68, 66, 0], PUBLIC), [false, false, false])
  t.strictSame(hiddenLine([10, 0], PUBLIC), [false, false])
  t.strictSame(hiddenLine([], PUBLIC), [])
})

t.test('two small ones whose sum leaves no doubt take a third with them', async (t) => {
  t.strictSame(hiddenLine([1, 1, 50], PUBLIC), [true, true, true])
})

t.test('nine and one of ten: neither can be told, though both are few', async (t) => {
  t.strictSame(hiddenLine([9, 1], PUBLIC), [true, true])
})

t.test('ten single people of ten cannot be hidden in a line', async (t) => {
  t.equal(hiddenLine(Array(10).fill(1), PUBLIC), null)
})

t.test('one small count in a table takes a rectangle with it', async (t) => {
  const rows = [
    [3, 20, 30],
    [20, 11, 40],
    [30, 40, 50],
  ]
  t.strictSame(hiddenTable(rows, [false, false, false], PUBLIC), [
    [true, true, false],
    [true, true, false],
    [false, false, false],
  ])
})

t.test('a row that is hidden is hidden whole, and protects others', async (t) => {
  const rows = [
    [3, 0],
    [20, 30],
    [15, 40],
  ]
  t.strictSame(hiddenTable(rows, [true, false, true], PUBLIC), [
    [true, true],
    [false, false],
    [true, true],
  ])
})

t.test('a table whose sums give a count away is hidden whole', async (t) => {
  const rows = [
    [1, 0, 9],
    [0, 10, 0],
  ]
  t.strictSame(hiddenTable(rows, [false, false], PUBLIC), [
    [true, true, true],
    [true, true, true],
  ])
})

t.test('nothing is hidden where no count is small, nor from the modeller', async (t) => {
  t.strictSame(hiddenLine([0, 25, 30], PUBLIC), [false, false, false])
  t.strictSame(hiddenLine([3, 40, 12], PUBLIC), [true, false, true])
  t.strictSame(hiddenLine([3, 40, 12], MODELLER), [false, false, false])
})

t.test('an empty table', async (t) => {
  t.strictSame(hiddenTable([], [], PUBLIC), [])
})

/** Small tables by brute force: a threshold of 3, counts up to 7. */
const FEW = 3
const FEWER = { fewest: FEW, published: [] }
const arbCount = fc.integer({ min: 0, max: 7 })

t.test('no small count of a line can be worked out from the sum and the others', async (t) => {
  const property = fc.property(fc.array(arbCount, { minLength: 1, maxLength: 6 }), (counts) => {
    const hidden = hiddenLine(counts, FEWER)
    fc.pre(hidden !== null && total(counts) >= FEW)
    const seen = new Map(counts.map((count, i) => [i, new Set<number>([count])]))
    // Whoever knows the rule knows that a hidden count is not zero.
    for (const reading of readings(counts, hidden ?? [], 1, total(counts)))
      reading.forEach((value, i) => {
        seen.get(i)?.add(value)
      })
    counts.forEach((count, i) => {
      if (count > 0 && count < FEW) ok(hidden?.[i] && (seen.get(i)?.size ?? 0) > 1, `${counts} at ${i}`)
    })
  })
  fc.assert(property, { seed: 12, numRuns: 1000 })
  t.pass()
})

t.test('a line is given up only where every reading of it is the same', async (t) => {
  const property = fc.property(fc.array(arbCount, { minLength: 1, maxLength: 6 }), (counts) => {
    if (hiddenLine(counts, FEWER) !== null) return
    const all = counts.map((count) => count > 0)
    ok([...readings(counts, all, 1, total(counts))].length === 1, `${counts}`)
  })
  fc.assert(property, { seed: 13, numRuns: 1000 })
  t.pass()
})

const arbTable = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .chain(([height, width]) =>
    fc.array(fc.array(arbCount, { minLength: width, maxLength: width }), {
      minLength: height,
      maxLength: height,
    }),
  )

t.test('no small count of a table can be worked out from its row and column sums', async (t) => {
  const property = fc.property(arbTable, (rows) => {
    // What the callers see to: no sum that is shown is small itself.
    const sums = [...rows, ...columnsOf(rows)].map(total)
    fc.pre(sums.every((sum) => sum === 0 || sum >= FEW))
    const hidden = hiddenTable(
      rows,
      rows.map(() => false),
      FEWER,
    )
    const zerosToo = hidden.flat().every((cell) => cell)
    const found = tablesLike(rows, hidden, zerosToo ? 0 : 1)
    rows.forEach((counts, i) => {
      counts.forEach((count, j) => {
        if (count === 0 || count >= FEW) return
        ok(hidden[i]?.[j])
        ok(new Set(found.map((table) => table[i]?.[j])).size > 1, `${JSON.stringify(rows)} at ${i}, ${j}`)
      })
    })
  })
  fc.assert(property, { seed: 14, numRuns: 400 })
  t.pass()
})

function tablesLike(
  rows: readonly (readonly number[])[],
  hidden: readonly (readonly boolean[])[],
  atLeast: number,
): readonly (readonly (readonly number[])[])[] {
  const columns = columnsOf(rows).map(total)
  let tables: (readonly number[])[][] = [[]]
  rows.forEach((counts, i) => {
    const options = [...readings(counts, hidden[i] ?? [], atLeast, total(counts))]
    tables = tables.flatMap((table) => options.map((option) => [...table, option]))
    tables = tables.filter((table) =>
      columnsOf(table).every((column, j) => total(column) <= (columns[j] ?? 0)),
    )
  })
  return tables.filter((table) => columnsOf(table).every((column, j) => total(column) === columns[j]))
}

/** Every list that shows what is shown and comes to the sum. */
function* readings(
  counts: readonly number[],
  hidden: readonly boolean[],
  atLeast: number,
  sum: number,
): Generator<readonly number[]> {
  const [first, ...rest] = counts
  if (first === undefined) {
    if (sum === 0) yield []
    return
  }
  const [from, to] = hidden[0] ? [atLeast, sum] : [first, first]
  for (let value = from; value <= to; value += 1)
    for (const others of readings(rest, hidden.slice(1), atLeast, sum - value)) yield [value, ...others]
}

function columnsOf(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return (rows[0] ?? []).map((_, j) => rows.map((row) => row[j] ?? 0))
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
