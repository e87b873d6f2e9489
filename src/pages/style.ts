// The styles of the pages: what they share, then their own. Apart from the pages, so that whoever sends one need not
// load what draws it.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

export const EXPLANATION_STYLE = styleOf('explanation/explanation.css')
export const REPORT_STYLE = styleOf('report/report.css')
export const REFERENCE_STYLE = styleOf('reference/reference.css')

function styleOf(own: string): string {
  return ['page.css', own].map((path) => readFileSync(new URL(path, import.meta.url), 'utf8')).join('')
}

/** For a Content-Security-Policy that allows this style and no other: `'sha256-…'` over the text between its tags. */
export function styleSource(style: string): string {
  return `'sha256-${createHash('sha256').update(style).digest('base64')}'`
}
