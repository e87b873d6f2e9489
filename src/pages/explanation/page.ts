// An explanation as a page to read on a telephone, print or post: the sentences of its other forms, under the same
// headings, and the figures once more as tables. No scripts, and nothing from elsewhere.

import nunjucks from 'nunjucks'
import type { Explanation, ExplanationSection } from '../../contract/allocation/explanation.ts'
import type { Ledger } from '../../domain/explanation/ledger.ts'
import { SECTION_TITLES } from '../../domain/explanation/line.ts'
import { STYLE } from './style.ts'

const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(import.meta.dirname), {
  autoescape: true,
  throwOnUndefined: true,
  trimBlocks: true,
  lstripBlocks: true,
})

/** The figures of an explanation as tables; no table of money for somebody found not eligible. */
export type Ledgers = { readonly points: Ledger; readonly money: Ledger | null }

/** The page as HTML. The same explanation gives the same bytes. */
export function explanationPage({ title, lines }: Explanation, { points, money }: Ledgers): string {
  const tables: Readonly<Partial<Record<ExplanationSection, Ledger | null>>> = { total: points, sum: money }
  const sections = (Object.keys(SECTION_TITLES) as ExplanationSection[])
    .map((key) => ({
      key,
      title: SECTION_TITLES[key],
      texts: lines.filter(({ section }) => section === key).map(({ text }) => text),
      table: tables[key] ?? null,
    }))
    .filter(({ texts }) => texts.length > 0)
  return environment.render('explanation.njk', { title, sections, style: STYLE })
}
