// What came with the methods that a reader must know: their own warnings, and whose costs a table would publish.
import { followsSingleCosts } from '../../../domain/disclosure/disclosed-curves.ts'
import { listed, plural } from '../../../domain/number/in-words.ts'
import type { DisclosedReport } from '../disclosed-report.ts'
import { heading, type Item, list } from '../section.ts'
import type { Series } from '../series.ts'
import { warningText } from '../words/warning-words.ts'

/** A warning that several methods share is said once. */
export function warningItems(view: DisclosedReport, lines: readonly Series[]): readonly Item[] {
  const found = lines.flatMap((line) => {
    const { title, fit } = line
    const said = [...fit.warnings, ...(fit.bands?.warnings ?? [])].map((one) =>
      warningText(one, view.persons),
    )
    return [...said, ...disclosure(view, line)].map((words) => ({ title, words }))
  })
  if (found.length === 0) return []
  const entries = [...Map.groupBy(found, ({ words }) => words)].map(([words, own]) => {
    const titles = [...new Set(own.map(({ title }) => title))]
    return `${titles.length === lines.length && lines.length > 1 ? 'All methods' : listed(titles)}: ${words}`
  })
  return [heading('Warnings'), list(entries)]
}

const REMEDY =
  'Before you publish, remove knots from the draft until each stands for at least 10 people, or choose a method whose ' +
  'line is based on everybody.'

// Publication is for everybody, whatever this report rounds: who knows one person's points would know the cost.
function disclosure({ data, persons }: DisclosedReport, { fit, request }: Series): readonly string[] {
  if (!followsSingleCosts(request)) return []
  if (!persons)
    return [
      `A published table of this method reveals what single people cost now, at points that few people have. ${REMEDY}`,
    ]
  const own = data.cohort.cases.filter(
    ({ userGroup }) => fit.userGroup === null || userGroup === fit.userGroup,
  )
  const sharing = [...Map.groupBy(own, ({ points }) => points).values()].map((people) => people.length)
  const alone = sharing.filter((count) => count === 1).length
  return [
    `The table follows present costs one by one. Of the ${plural(sharing.length, 'points value', 'points values')} in the cohort, ` +
      `${plural(alone, 'belongs', 'belong')} to one person alone: there the published amount is that person’s cost, or close to it. ${REMEDY}`,
  ]
}
