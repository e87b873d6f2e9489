// For the modeller alone: every person's points and money, with each method. Never to be published.
import { type Panel, pointsAgainstCost, pointsAgainstMethods } from '../../../charts/points-against-money.ts'
import type { Case } from '../../../domain/calibration/cohort/case.ts'
import { plain, plural } from '../../../domain/number/in-words.ts'
import { present } from '../../../domain/present.ts'
import { pointsOf, poundsOfPence } from '../../figures.ts'
import { type Grid, grid, number, pounds, text } from '../../grid.ts'
import type { MethodOfReport } from '../data.ts'
import type { DisclosedReport } from '../disclosed-report.ts'
import { chartItem, gridItem, heading, type Item, paragraph, type Section, section } from '../section.ts'
import { groupKeys } from './equality.ts'
import { itemItems, leftOutItems, outlierItems, unreasonableItems } from './modeller-checks.ts'

/** More rows than a page should hold; the workbook holds all. */
const MOST_ROWS = 500
const MOST_DOTS = 4_000

/** Charts with a dot for each person, checks of single cases, and the rows. */
export function persons(view: DisclosedReport): Section {
  return section(
    'persons',
    'Person by person',
    [
      ...charts(view),
      ...leftOutItems(view),
      ...outlierItems(view),
      ...unreasonableItems(view),
      ...itemItems(view),
      heading('Everybody'),
      ...rows(view),
    ],
    true,
  )
}

function charts(view: DisclosedReport): readonly Item[] {
  const { methods } = view
  const { cases } = view.data.cohort
  const shown = thinned(cases)
  const keys = groupKeys(view)
  const note =
    shown.length < cases.length
      ? `The charts show ${plural(shown.length, 'person', 'people')} of ${plain(String(cases.length))}, evenly chosen.`
      : ''
  const panelOf = (title: string, own: readonly Case[], curves: Panel['curves']): Panel => ({
    title,
    dots: own.map(({ points, cost }) => ({
      points: pointsOf(points),
      cost: poundsOfPence(cost),
    })),
    curves,
  })
  const byGroup = (methodsShown: readonly MethodOfReport[]) =>
    keys.map((key) =>
      panelOf(
        view.title(key),
        shown.filter(({ userGroup }) => userGroup === key),
        methodsShown.map((method) => ({ name: method.title, knots: knotsFor(method, key) })),
      ),
    )
  return [
    chartItem(pointsAgainstCost('dots', byGroup([])), note),
    chartItem(pointsAgainstMethods('dots-methods', byGroup(methods.map(({ method }) => method))), note),
  ]
}

function knotsFor({ fits }: MethodOfReport, userGroup: string): MethodOfReport['fits'][number]['knots'] {
  const fit = fits.find((one) => one.userGroup === userGroup) ?? fits.find((one) => one.userGroup === null)
  return fit?.knots ?? []
}

function thinned(cases: readonly Case[]): readonly Case[] {
  const every = Math.ceil(cases.length / MOST_DOTS)
  return cases.toSorted((a, b) => a.points - b.points || a.cost - b.cost).filter((_, i) => i % every === 0)
}

function rows(view: DisclosedReport): readonly Item[] {
  const table = personGrid(view)
  if (table.rows.length <= MOST_ROWS) return [gridItem(table)]
  return [
    paragraph(`The first ${MOST_ROWS} of ${table.rows.length} rows; the workbook has them all.`),
    gridItem({ ...table, rows: table.rows.slice(0, MOST_ROWS) }),
  ]
}

/** A row for every case, in the order of their references. */
export function personGrid({ data, methods, title }: DisclosedReport, places: 0 | 2 = 0): Grid {
  const { cases, existing } = data.cohort
  const order = cases
    .map((_, i) => i)
    .sort((a, b) => (present(cases[a]).ref < present(cases[b]).ref ? -1 : 1))
  return grid(
    `Points and money of every person (£ a year)`,
    ['Reference', 'Group', 'Points', 'Now', ...methods.map(({ method }) => method.title)],
    order.map((i) => {
      const one = present(cases[i])
      return [
        text(one.ref),
        text(title(one.userGroup)),
        number(pointsOf(one.points)),
        pounds(poundsOfPence(present(existing[i])), places),
        ...methods.map(({ method }) => pounds(poundsOfPence(present(method.amounts[i])), places)),
      ]
    }),
  )
}
