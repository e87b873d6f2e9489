// How figures are printed: tables that can be pasted into docs/performance.md as they are.
import type { Comparison } from './load.ts'

export type Row = readonly string[]

export function print(title: string, head: Row, rows: readonly Row[]): void {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const line = (row: Row) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`
  console.log(`\n${title}\n\n${[line(head), rule, ...rows.map(line)].join('\n')}`)
}

export const COMPARED: Row = [
  '',
  'req/s',
  'against',
  'ratio',
  'lowest–highest',
  'goal',
  'p50/p99 ms',
  'against',
  'CPU µs/req',
  'against',
]

export function compared(name: string, { a, b, ratio, ratios }: Comparison, goal: string): Row {
  return [
    name,
    a.perSecond.toFixed(0),
    b.perSecond.toFixed(0),
    ratio.toFixed(2),
    `${ratios[0]?.toFixed(2)}–${ratios.at(-1)?.toFixed(2)}`,
    goal,
    `${a.p50.toFixed(1)}/${a.p99.toFixed(1)}`,
    `${b.p50.toFixed(1)}/${b.p99.toFixed(1)}`,
    a.cpu.toFixed(0),
    b.cpu.toFixed(0),
  ]
}
