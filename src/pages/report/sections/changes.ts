// Who would get more and who less: how many people, by how much, and points against money as far as a depth may show.
import { averagesByPoints } from '../../../charts/averages-by-points.ts'
import { changeBands } from '../../../charts/change-bands.ts'
import { gainsAndLosses } from '../../../charts/gains-and-losses.ts'
import { type Panel, pointsAgainstMethods } from '../../../charts/points-against-money.ts'
import { listed } from '../../../domain/number/in-words.ts'
import { present } from '../../../domain/present.ts'
import { pointsText } from '../../figures.ts'
import { type Grid, grid, parted, pounds, text } from '../../grid.ts'
import {
  type DisclosedMethod,
  type DisclosedReport,
  existingOf,
  leadingTitles,
  shownGroup,
} from '../disclosed-report.ts'
import { chartItem, gridItem, type Item, paragraph, type Section, section } from '../section.ts'
import { coarseNote, disclosedSeries, printedPoints, type Series } from '../series.ts'
import { cliffItems } from './cliffs.ts'

/** The sizes of the changes, and what points are worth with each method. */
export function changes(view: DisclosedReport): Section {
  return section('changes', 'Who would get more, and who would get less', [
    ...histogram(view),
    ...whatPointsGive(view),
    ...averages(view),
  ])
}

function histogram({ data, sides, audience, unchanged }: DisclosedReport): readonly Item[] {
  const shown = sides.filter(({ impact }) => impact.all.higher !== null)
  if (shown.length === 0)
    return [paragraph('The sizes of changes are hidden: too few people would get more, less or the same.')]
  const { cases } = data.cohort
  const moves = shown.map(({ side, method }) => {
    const existing = existingOf(data.cohort, side)
    return method.amounts.map((amount, i) => amount - present(existing[i]))
  })
  const bands = changeBands(moves, audience, unchanged)
  const weighted = cases.some(({ weight }) => weight !== 10_000)
  return [
    chartItem(
      gainsAndLosses(
        'changes',
        shown.map(({ method }) => method.title),
        bands,
        leadingTitles(shown),
      ),
      (weighted
        ? 'Bars count the cohort’s rows; a row may stand for more than one person.'
        : `The difference between the new amount and ${data.cohort.existingIs}, in pounds a year.`) +
        leftOut(sides.filter((one) => !shown.includes(one))),
    ),
  ]
}

function leftOut(methods: readonly DisclosedMethod[]): string {
  if (methods.length === 0) return ''
  const names = listed(methods.map(({ method }) => method.title))
  return ` Not shown: ${names}, because fewer than 10 people would gain, or fewer than 10 would lose.`
}

function whatPointsGive(view: DisclosedReport): readonly Item[] {
  const fits = disclosedSeries(view)
  const together: Panel = {
    title: 'Everybody',
    dots: [],
    curves: fits.map(({ title, fit }) => ({ name: title, knots: fit.knots })),
  }
  return [
    fits.length <= MOST_LINES
      ? chartItem(pointsAgainstMethods('methods', [together]))
      : paragraph(`There are too many lines for one chart (${fits.length}). The tables below show them all.`),
    ...hiddenCurves(view),
    ...cliffItems(view),
    ...parted(fits, 5).map((some, i, all) => gridItem(pointsGrid(view, some, partOf(i, all.length)))),
  ]
}

const MOST_LINES = 6

/** Tells the parts of a table apart that is too wide for a page. */
export function partOf(i: number, parts: number): string {
  return parts === 1 ? '' : `, part ${i + 1} of ${parts}`
}

function hiddenCurves({ methods, persons, title }: DisclosedReport): readonly Item[] {
  if (persons) return []
  const hidden = methods.flatMap((one) =>
    one.method.fits.flatMap(({ userGroup }) =>
      userGroup === null || shownGroup(one, userGroup) !== null ? [] : [title(userGroup)],
    ),
  )
  if (hidden.length === 0) return []
  return [paragraph(`Groups too small to show on their own are left out: ${listed([...new Set(hidden)])}.`)]
}

function pointsGrid(view: DisclosedReport, fits: readonly Series[], part: string): Grid {
  const places = printedPoints(view)
  const amounts = fits.map(({ amountsAt }) => amountsAt(places))
  return grid(
    `Amount for points, by method (£ a year)${part}`,
    ['Points', ...fits.map(({ title }) => title)],
    places.map((points, i) => [text(pointsText(points)), ...amounts.map((own) => pounds(present(own[i])))]),
    coarseNote(fits),
  )
}

function averages({ sides, depth }: DisclosedReport): readonly Item[] {
  const bands = sides[0]?.impact.pointsBands ?? null
  if (depth === 'headline' || bands === null || bands.length < 2) return []
  const now = bands.map((band) => ({
    band: band.band,
    series: 'Now',
    average: band.suppressed ? null : band.averageExisting,
  }))
  const then = sides.flatMap(({ method, impact }) =>
    (impact.pointsBands ?? []).map((band) => ({
      band: band.band,
      series: method.title,
      average: band.suppressed ? null : band.averageNew,
    })),
  )
  return [chartItem(averagesByPoints('averages', [...now, ...then]))]
}
