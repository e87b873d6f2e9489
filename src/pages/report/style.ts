// The report's style, and its name in a Content-Security-Policy: apart from the report, so that whoever sends the page
// need not load what draws it.
import { readFileSync } from 'node:fs'
import { styleSource } from '../style-source.ts'

export const STYLE = readFileSync(new URL('report.css', import.meta.url), 'utf8')

/** For a Content-Security-Policy that allows the report's own style and nothing else: `style-src 'sha256-…'`. */
export function reportStyleSource(): string {
  return styleSource(STYLE)
}
