// A run person by person as CSV: for the modeller's own spreadsheet. Text that a spreadsheet would take for a formula
// is marked as text; numbers stay numbers, also below zero.
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { stringify } from 'csv-stringify/sync'
import { fixed, percentage } from '../../domain/number/figures.ts'
import { type PersonLine, peopleIn } from '../../operations/run/outcome-text.ts'
import { plainText } from '../../pages/csv-text.ts'

const ROWS_A_TURN = 200

const COLUMNS = [
  'ref',
  'userGroup',
  'points',
  'currentCostAnnual',
  'weight',
  'ageBand',
  'setting',
  'team',
  'estimateAnnual',
  'excludedBecause',
]

/** The file, a few hundred rows at a time. `methods` are their names in the order of the run. */
export function exportCsv(persons: string, methods: readonly string[]): Readable {
  return Readable.from(chunks(persons, methods))
}

async function* chunks(persons: string, methods: readonly string[]): AsyncGenerator<string> {
  const parts = ['amountAnnual', 'changeAnnual', 'changePercent', 'beyondTolerance']
  yield stringify([[...COLUMNS, ...methods.flatMap((name) => parts.map((part) => `${name}.${part}`))]])
  let rows: (readonly string[])[] = []
  for (const person of peopleIn(persons)) {
    rows.push(cells(person))
    if (rows.length < ROWS_A_TURN) continue
    yield stringify(rows)
    rows = []
    await setImmediate()
  }
  yield stringify(rows)
}

function cells(person: PersonLine): readonly string[] {
  const { ref, userGroup, points, cost, weight, ageBand, setting, team, estimate, excluded } = person
  return [
    ...[ref, userGroup].map(plainText),
    hundredths(points),
    hundredths(cost),
    fixed({ n: BigInt(weight), d: 10_000n }, 4),
    ...[ageBand, setting, team].map(plainText),
    estimate === null ? '' : hundredths(estimate),
    plainText(excluded?.reason ?? null),
    ...person.amounts.flatMap((amount, i) => amountCells(person, amount, i)),
  ]
}

function amountCells({ cost, beyond }: PersonLine, amount: number | null, i: number): readonly string[] {
  if (amount === null) return ['', '', '', '']
  const change = percentage(BigInt(amount - cost), BigInt(cost)) ?? ''
  return [hundredths(amount), hundredths(amount - cost), change, (beyond[i] ?? []).join(' and ')]
}

function hundredths(value: number): string {
  return fixed({ n: BigInt(value), d: 100n }, 2)
}
