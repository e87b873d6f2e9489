// What axe-core finds in the pages that the service sends, in a real browser, as wide as a telephone and as a desk.

import { readFileSync } from 'node:fs'
import type { OpenAPIV3_1 } from 'openapi-types'
import t from 'tap'
import { en } from '../../src/domain/explanation/catalogue/en.ts'
import { explain } from '../../src/domain/explanation/explanation.ts'
import { ledgersOf } from '../../src/domain/explanation/ledger.ts'
import { sheet } from '../../src/domain/explanation/sheet.ts'
import { explanationPage } from '../../src/pages/explanation/page.ts'
import { formsPage, operationsPage } from '../../src/pages/reference/page.ts'
import { explanationInput, worked } from '../domain/explanation/cases.ts'
import { axeFaults, openBrowser } from '../support/browser.ts'
import { draws } from '../support/draws.ts'
import { pageOf } from './report/bnes-pages.ts'

t.test('axe finds nothing', async (t) => {
  const browser = await openBrowser(t)
  if (browser === null) return
  const document = someForms(JSON.parse(readFileSync('openapi/openapi.json', 'utf8')))
  const drill = draws(1) > 1
  const pages: readonly (readonly [string, string, ...number[]])[] = [
    ['indicative', explained('A'), 390],
    ['referred', explained('C'), 1200],
    ['operations', operationsPage(document), 1200],
    ['forms', formsPage(document), 390],
    ['headline', await pageOf('headline'), 1200, ...(drill ? [390] : [])],
    ['persons', await pageOf('persons'), 390],
    ...(drill ? [['groups', await pageOf('groups'), 1200] as const] : []),
  ]
  // The shortest page and the longest, each at one width and without what repeats: axe takes seconds for each, and
  // `npm run drill -- properties` looks at the rest. All in one tab, since to open one takes as long.
  const page = await browser.newPage()
  for (const [name, html, ...widths] of pages)
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      await page.setContent(html)
      if (!drill) await page.evaluate(WITHOUT_REPEATS)
      t.strictSame(await axeFaults(page), [], `${name}, ${width} pixels wide`)
    }
})

// The rows of a table are written by one function, and so are a subject's operations.
const WITHOUT_REPEATS =
  'document.querySelectorAll("tr:nth-child(n + 5), article ~ article").forEach((one) => one.remove())'

function explained(example: 'A' | 'C'): string {
  const input = explanationInput({ answers: worked(example) })
  return explanationPage(explain(input), sheet(input, en), ledgersOf(input))
}

// So are all forms, and axe takes seconds for a page of 190.
function someForms(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const schemas = Object.entries(document.components?.schemas ?? {}).slice(0, 25)
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(schemas) } }
}
