// An explanation as a page to read on a telephone, print or post: the sheet first, on a page of its own, then the
// sentences of its other forms under their headings, and its figures as tables. No scripts, and nothing from elsewhere.
import type { Explanation, ExplanationSection } from '../../contract/allocation/explanation.ts'
import type { Sentence } from '../../domain/explanation/catalogue/words.ts'
import type { Ledger, Ledgers } from '../../domain/explanation/ledger.ts'
import { SECTION_TITLES } from '../../domain/explanation/line.ts'
import type { PartOfSheet } from '../../domain/explanation/sheet.ts'
import { type Html, html, page, pageSection, pageTable } from '../html.ts'
import { EXPLANATION_STYLE } from '../style.ts'

/** The page as HTML. The same explanation gives the same bytes. */
export function explanationPage(
  { title, lines }: Explanation,
  sheet: readonly PartOfSheet[],
  { points, money, changes, check }: Ledgers,
): string {
  const tables: Readonly<Partial<Record<ExplanationSection, Ledger | null>>> = {
    total: points,
    sum: money,
    changes,
    check,
  }
  const sections = [...Map.groupBy(lines, ({ section }) => section)].map(([key, own]) =>
    pageSection(key, SECTION_TITLES[key], [
      ...own.filter(({ told }) => told === 'sentence').map(({ text }) => html`<p>${text}</p>`),
      ...ledgerTable(tables[key] ?? null),
    ]),
  )
  return page(
    title,
    EXPLANATION_STYLE,
    html`<main>
<div class="sheet">
<h1>${title}</h1>
${sheet.map(sheetPart)}
</div>
${sections}
</main>`,
  )
}

function sheetPart({ part, title, paragraphs }: PartOfSheet): Html {
  const said = paragraphs.map((sentences) => html`<p>${sentences.map(sentenceHtml)}</p>`)
  if (title === null) {
    const [[first = [], ...others] = [], ...more] = paragraphs
    return html`<div id="sheet-${part}">
<p><strong>${sentenceHtml(first)}</strong> ${others.map(sentenceHtml)}</p>
${more.map((sentences) => html`<p>${sentences.map(sentenceHtml)}</p>`)}
</div>`
  }
  return pageSection(`sheet-${part}`, title, said)
}

// Each figure can be read by a program, and the council's own words are marked as such.
function sentenceHtml(pieces: Sentence): Html {
  return pieces.reduce<Html>((before, piece) => {
    if (typeof piece === 'string') return html`${before}${piece}`
    if ('quoted' in piece) return html`${before}<span data-quoted>${piece.quoted}</span>`
    return html`${before}<data value="${piece.value}">${piece.shown}</data>`
  }, html``)
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
