// Where a little more need brings much more money. Amounts that are rounded for their readers would show jumps that the
// table has not, so of those nothing is said.
import type { Cliff } from '../../../contract/calibration/effects.ts'
import { inPoints, inPounds, plain, plural } from '../../../domain/number/in-words.ts'
import type { DisclosedMethod, DisclosedReport } from '../disclosed-report.ts'
import { heading, type Item, list, paragraph } from '../section.ts'
import { seriesOf } from '../series.ts'

const MOST = 5

/** A line for each method. */
export function cliffItems(view: DisclosedReport): readonly Item[] {
  const entries = view.methods.flatMap((one) => {
    const said = cliffWords(view, one)
    return said === null ? [] : [`${one.method.title}: ${said}`]
  })
  if (entries.length === 0) return []
  return [
    heading('Where the amount jumps'),
    paragraph(
      'At these points a little more need brings much more money: a step, or a stretch over three times as steep as ' +
        'the ones beside it.',
    ),
    list(entries),
  ]
}

function cliffWords(view: DisclosedReport, one: DisclosedMethod): string | null {
  const series = seriesOf(view, one)
  const { cliffs, fits } = one.method
  if (series.some(({ coarse }) => coarse) || series.length < fits.length) return null
  if (cliffs.length === 0) return 'nowhere.'
  const [highest] = cliffs.toSorted(byRise)
  if (cliffs.length > MOST && highest !== undefined)
    return `at ${plural(cliffs.length, 'place', 'places')}; the most at ${placeWords(view, one, highest)}.`
  return `${cliffs.map((cliff) => `at ${placeWords(view, one, cliff)}`).join('; ')}.`
}

function byRise(a: Cliff, b: Cliff): number {
  return Number(b.riseAnnual) - Number(a.riseAnnual)
}

function placeWords(
  { title }: DisclosedReport,
  { method: { fits } }: DisclosedMethod,
  { curve, atPoints, riseAnnual }: Cliff,
): string {
  const group = fits[curve]?.userGroup ?? null
  const whose = group === null ? '' : ` (${title(group)})`
  return `${inPoints(plain(atPoints))}, by ${inPounds(riseAnnual)} a year${whose}`
}
