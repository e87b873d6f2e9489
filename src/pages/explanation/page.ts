// An explanation as a page to read on a telephone, print or post: the sentences of its other forms, under the same
// headings, and the figures once more as tables. No scripts, and nothing from elsewhere.
import type { Explanation, ExplanationSection } from '../../contract/allocation/explanation.ts'
import type { Ledger } from '../../domain/explanation/ledger.ts'
import { SECTION_TITLES } from '../../domain/explanation/line.ts'
import { type Html, html, page, pageSection, pageTable } from '../html.ts'
import { EXPLANATION_STYLE } from '../style.ts'

/** The figures of an explanation as tables; no table of money for somebody found not eligible. */
export type Ledgers = { readonly points: Ledger; readonly money: Ledger | null }

/** The page as HTML. The same explanation gives the same bytes. */
export function explanationPage({ title, lines }: Explanation, { points, money }: Ledgers): string {
  const tables: Readonly<Partial<Record<ExplanationSection, Ledger | null>>> = { total: points, sum: money }
  const sections = [...Map.groupBy(lines, ({ section }) => section)].map(([key, own]) =>
    pageSection(key, SECTION_TITLES[key], [
      ...own.map(({ text }) => html`<p>${text}</p>`),
      ...ledgerTable(tables[key] ?? null),
    ]),
  )
  return page(
    title,
    EXPLANATION_STYLE,
    html`<main>
<h1>${title}</h1>
${sections}
</main>`,
  )
}

function ledgerTable(ledger: Ledger | null): readonly Html[] {
  if (ledger === null) return []
  const { caption, columns, words, rows } = ledger
  return [
    pageTable({
      caption,
      columns: columns.map((title, i) => ({ title, numeric: i >= words })),
      rows: rows.map(({ cells, isTotal }) => ({ cells, strong: isTotal })),
    }),
  ]
}
