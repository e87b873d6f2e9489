// The names of bands that are joined: one band where the names are of a form that says so, else the names together.
import { listed } from '../number/in-words.ts'

const FROM = /^(.+?) to under (.+)$/
const ONWARDS = /^(.+) and (?:more|over|above)$/
const BETWEEN = /^(\S+) [-–] (\S+)$/

/** ["£0 to under £5", "£5 to under £10"] is "£0 to under £10"; ["£0 - £5", "£6 - £10", "£10+"] is "£0+". */
export function joinedLabel(labels: readonly string[]): string {
  const [first = '', last = first] = [labels[0], labels.at(-1)]
  if (labels.length < 2) return first
  const from = FROM.exec(first)?.[1]
  const [, , to] = FROM.exec(last) ?? []
  if (from !== undefined && to !== undefined) return `${from} to under ${to}`
  if (from !== undefined && ONWARDS.test(last)) return `${from}${unitOf(last)} and more`
  const low = BETWEEN.exec(first)?.[1]
  if (low !== undefined && last.endsWith('+')) return `${low}+`
  const high = BETWEEN.exec(last)?.[2]
  if (low !== undefined && high !== undefined) return `${low} - ${high}`
  return labels.length < 4 ? listed(labels) : `${first}, up to ${last}`
}

/** What stands behind the number: " points". */
function unitOf(label: string): string {
  return / points\b/.test(label) ? ' points' : ''
}
