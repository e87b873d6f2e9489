// HTML as tagged templates: whatever is put in is text and is escaped, unless it is HTML that was made here.
import { escaped } from '../charts/escaped.ts'

/** Markup that may stand in a page as it is. */
export class Html {
  readonly #markup: string

  /** For markup that is known to be safe, such as a drawn chart; everything else goes through `html`. */
  constructor(markup: string) {
    this.#markup = markup
  }

  toString(): string {
    return this.#markup
  }
}

/** html`<p>${'a < b'}</p>` is `<p>a &lt; b</p>`; a list stands line by line, and null for nothing. */
export function html(
  strings: TemplateStringsArray,
  ...values: readonly (string | Html | readonly Html[] | null)[]
): Html {
  return new Html(String.raw({ raw: strings }, ...values.map(markupOf)))
}

function markupOf(value: string | Html | readonly Html[] | null): string {
  if (typeof value === 'string') return escaped(value)
  return value instanceof Html ? value.toString() : (value ?? []).join('\n')
}

/** A whole page, with its style inside and nothing from elsewhere. */
export function page(title: string, style: string, body: Html): string {
  return html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
${body}
</body>
</html>
`.toString()
}

/** A section under its heading, by which links and screen readers find it. */
export function pageSection(id: string, title: string, content: readonly Html[], newPage = false): Html {
  return html`<section id="${id}" aria-labelledby="${id}-heading"${newPage ? NEW_PAGE : null}>
<h2 id="${id}-heading">${title}</h2>
${content}
</section>`
}

const NEW_PAGE = html` class="new-page"`
const FIGURE = html` class="figure"`
const TOTAL = html` class="total"`

export type PageTable = {
  readonly caption: string
  readonly columns: readonly { readonly title: string; readonly numeric: boolean }[]
  /** The first cell of a row names it. */
  readonly rows: readonly { readonly cells: readonly string[]; readonly strong: boolean }[]
}

export function pageTable({ caption, columns, rows }: PageTable): Html {
  const figure = (i: number) => (columns[i]?.numeric ? FIGURE : null)
  return html`<table>
<caption>${caption}</caption>
<thead>
<tr>
${columns.map(({ title }, i) => html`<th scope="col"${figure(i)}>${title}</th>`)}
</tr>
</thead>
<tbody>
${rows.map(
  ({ cells, strong }) => html`<tr${strong ? TOTAL : null}>
${cells.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}</th>` : html`<td${figure(i)}>${cell}</td>`))}
</tr>`,
)}
</tbody>
</table>`
}
