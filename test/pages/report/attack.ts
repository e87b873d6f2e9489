// A reader who wants to know what was hidden, and has only the printed page: tables, totals, the price of a point, and
// the limits of the bands in their names. Independent of the code that hides.

export type PrintedTable = {
  readonly caption: string
  readonly heads: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The tables of a page. */
export function tablesOf(html: string): readonly PrintedTable[] {
  return [...html.matchAll(/<table>(.*?)<\/table>/gs)].map(([, table = '']) => ({
    caption: cellsOf(table, 'caption')[0] ?? '',
    heads: cellsOf(table.split('<tbody>')[0] ?? '', 'th'),
    rows: [...(table.split('<tbody>')[1] ?? '').matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) =>
      cellsOf(row, 't[hd]'),
    ),
  }))
}

function cellsOf(markup: string, tag: string): readonly string[] {
  return [...markup.matchAll(new RegExp(`<${tag}(?:\\s[^>]*)?>([^<]*)<`, 'g'))].map(([, text = '']) => text)
}

/** "£1,885,762", "−£500", "+6.2%", "[c]". */
export function figure(text: string | undefined): number | null {
  const digits = text?.replace(/[£,+%]/g, '').replace('−', '-') ?? ''
  return /^-?\d+(\.\d+)?$/.test(digits) ? Number(digits) : null
}

/** One cell of a breakdown: what each of its people has lies from `low` to `high`; null where it is hidden. */
export type Cell = {
  readonly name: string
  readonly low: number
  readonly high: number
  readonly people: number | null
  readonly sum: number | null
}

/** What is known of all cells together, and how far rounding may have moved the sum that is left for the hidden ones. */
export type Known = { readonly people: number; readonly sum: number; readonly within: number }

/** The cells of which a count from 1 to 9 is printed, or is the only one that fits all that is printed. */
export function pinned(cells: readonly Cell[], { people, sum, within }: Known): readonly string[] {
  const shown = cells.filter((cell) => cell.people !== null)
  const hidden = cells.filter((cell) => cell.people === null)
  const few = shown.filter((cell) => (cell.people ?? 0) > 0 && (cell.people ?? 0) < 10)
  const left = people - total(shown.map((cell) => cell.people ?? 0))
  const money = sum - total(shown.map((cell) => cell.sum ?? 0))
  const fits = splits(hidden.length, left).filter((split) => {
    const low = total(split.map((count, i) => count * (hidden[i]?.low ?? 0)))
    const high = total(split.map((count, i) => count * (hidden[i]?.high ?? 0)))
    return low <= money + within && money - within <= high
  })
  const told = hidden.filter((_, i) => {
    const counts = new Set(fits.map((split) => split[i]))
    return counts.size === 1 && [...counts].every((count = 0) => count > 0 && count < 10)
  })
  return [...few, ...told].map(({ name }) => name)
}

/** Every way to share so many people among cells that hold at least one each. */
function splits(cells: number, people: number): readonly (readonly number[])[] {
  if (cells === 0) return people === 0 ? [[]] : []
  return Array.from({ length: Math.max(0, people - cells + 1) }, (_, i) => i + 1).flatMap((first) =>
    splits(cells - 1, people - first).map((rest) => [first, ...rest]),
  )
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** "£2,500 to under £5,000", "90 points and more", or two such names joined. */
export function limitsOf(name: string): { readonly low: number; readonly high: number } {
  const numbers = (name.match(/\d[\d,]*(\.\d+)?/g) ?? []).map((text) => Number(text.replaceAll(',', '')))
  return {
    low: numbers[0] ?? 0,
    high: /more|\+/.test(name) ? Number.MAX_SAFE_INTEGER : (numbers.at(-1) ?? 0),
  }
}

/** What the page of the depth `groups` gives away, as far as counts, money and points go. */
export function leaksOf(html: string): readonly string[] {
  const tables = tablesOf(html)
  const [, people = 0, cost = 0, points = 0] = (
    /: ([\d,]+) people who cost £([\d,]+) a year together.*?They have ([\d,.]+) points in all/s.exec(html) ??
    []
  ).map((text) => figure(text) ?? 0)
  const price = figure(/A point is worth £([\d,.]+) a year/.exec(html)?.[1]) ?? 1
  const groups = tables.find(({ caption }) => caption.startsWith('Change in each group'))?.rows ?? []
  return [
    ...tables
      .filter(({ caption }) => /^Fixed.*similar points/.test(caption))
      .flatMap(({ rows }) =>
        pinned(
          rows.map(([name = '', count, , average]) => cellOf(name, count, average, 1 / price)),
          { people, sum: points, within: people / price + 0.01 * points },
        ),
      ),
    ...pinned(
      groups.map(([name = '', count, now]) => ({
        ...cellOf(name, count, now, 1),
        low: 0,
        high: Number.MAX_SAFE_INTEGER,
        sum: figure(now),
      })),
      { people, sum: cost, within: groups.length },
    ),
    ...groups.flatMap(([group = '', all, now]) => {
      const own = tables.find(
        ({ caption, heads }) =>
          caption === group.replace(' (defined by age)', '') && heads[0] === 'Present cost',
      )
      const cells = (own?.rows ?? []).map(([name = '', count, average]) => cellOf(name, count, average, 1))
      const known = { people: figure(all) ?? 0, sum: figure(now) ?? 0, within: figure(all) ?? 0 }
      return cells.length === 0 ? [] : pinned(cells, known).map((name) => `${group}: ${name}`)
    }),
    ...tables.flatMap(outcomesOf),
  ]
}

function cellOf(name: string, count: string | undefined, average: string | undefined, each: number): Cell {
  const people = figure(count)
  const own = figure(average)
  return {
    name,
    ...limitsOf(name),
    people,
    sum: people === null || own === null ? null : people * own * each,
  }
}

/** Counts of who gets more and who gets less, group by group: what the sums of rows and columns leave them to be. */
function outcomesOf({ caption, heads, rows }: PrintedTable): readonly string[] {
  if (heads[1] !== 'People' || !heads[2]?.startsWith('More')) return []
  return rows.flatMap(([group = '', ...cells]) => {
    const [people, more, less] = cells.map(figure)
    return [more, less]
      .filter((count) => count !== null && count !== undefined && count > 0 && count < 10)
      .map((count) => `${caption}, ${group}: ${count} of ${people}`)
  })
}
