// The style of an explanation's page, and its name in a Content-Security-Policy.
import { readFileSync } from 'node:fs'
import { styleSource } from '../style-source.ts'

export const STYLE = readFileSync(new URL('explanation.css', import.meta.url), 'utf8')

export const EXPLANATION_STYLE_SOURCE = styleSource(STYLE)
