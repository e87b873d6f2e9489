// For a head of service: each group by cost band with each method, bands of points, and whose amount looks odd.

import type { Effect, Reasonableness } from '../../../contract/calibration/impact.ts'
import type { CrossValidation } from '../../../contract/calibration/trust.ts'
import type { DisclosedBand, Shown, UnchangedWith } from '../../../domain/disclosure/disclosed-impact.ts'
import { hiddenTable } from '../../../domain/disclosure/hidden-counts.ts'
import { mayShow } from '../../../domain/disclosure/may-show.ts'
import { inPounds, plain } from '../../../domain/number/in-words.ts'
import { present } from '../../../domain/present.ts'
import {
  type Cell,
  change,
  type Grid,
  grid,
  HIDDEN,
  number,
  percent,
  pounds,
  text,
  unless,
  withTotal,
} from '../../grid.ts'
import type { MethodOfReport } from '../data.ts'
import { type DisclosedMethod, type DisclosedReport, shownGroup } from '../disclosed-report.ts'
import { gridItem, heading, type Item, paragraph, type Section, section } from '../section.ts'
import { groupKeys } from './equality.ts'
import { estimateItems } from './estimates.ts'
import { OUTCOMES } from './headline.ts'

/** Group by group, method by method. */
export function groups(view: DisclosedReport): Section {
  return section('groups', 'Group by group', [
    heading('Average amounts by group and present cost (£ a year)'),
    ...groupKeys(view).flatMap((key) => costBandItems(view, key)),
    heading('Each method by group'),
    ...view.sides.map((one) => gridItem(effectGrid(view, one))),
    ...pointsBandItems(view),
    ...view.methods.flatMap((one) => reasonablenessItems(view, one)),
    ...validationByGroup(view),
    ...estimateItems(view),
  ])
}

function costBandItems({ sides: methods, title }: DisclosedReport, key: string): readonly Item[] {
  const own = methods.map((one) => shownGroup(one, key))
  const first = own[0] ?? null
  if (first === null) return [paragraph(`${title(key)}: hidden.`)]
  const bands = first.costBands.filter((band) => band.suppressed || band.rows > 0)
  if (bands.every(({ suppressed }) => suppressed))
    return [paragraph(`${title(key)}: hidden, because every cost band has too few people.`)]
  const averages = (bandName: string) =>
    own.map((group) => averageNew(group?.costBands.find(({ band }) => band === bandName)))
  return [
    gridItem(
      grid(
        title(key),
        ['Present cost', 'People', 'Now', ...methods.map(({ method }) => method.title)],
        bands.map((band) =>
          band.suppressed
            ? [text(band.band), HIDDEN, HIDDEN, ...methods.map(() => HIDDEN)]
            : [
                text(band.band),
                number(band.people),
                pounds(band.averageExistingWhole),
                ...averages(band.band),
              ],
        ),
      ),
    ),
  ]
}

function averageNew(band: DisclosedBand | undefined): Cell {
  return band === undefined || band.suppressed ? HIDDEN : pounds(band.averageNewWhole)
}

const effectTitles = (unchanged: UnchangedWith) => [
  'People',
  capital(OUTCOMES[unchanged].higher),
  capital(OUTCOMES[unchanged].lower),
  'Now',
  'New',
  'Change',
  'Change %',
  'Share of new total',
]

function effectGrid(view: DisclosedReport, one: DisclosedMethod): Grid {
  const titles = effectTitles(view.unchanged)
  const rows = groupKeys(view).map((key) => {
    const group = shownGroup(one, key)
    if (group === null) return [text(view.title(key)), ...titles.map(() => HIDDEN)]
    return [text(view.title(key)), ...effectCells(group), percent(group.shareNew)]
  })
  return grid(`${one.method.title}: money and people by group`, ['Group', ...titles], rows)
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function effectCells(effect: Shown<Effect>): readonly Cell[] {
  return [
    number(effect.people),
    effect.higher === null ? HIDDEN : number(effect.higher.people),
    effect.lower === null ? HIDDEN : number(effect.lower.people),
    pounds(effect.existing),
    pounds(effect.new),
    change(effect.change),
    percent(effect.changePercent, true),
  ]
}

function pointsBandItems({ sides: methods }: DisclosedReport): readonly Item[] {
  if (methods.some(({ impact }) => impact.pointsBands === null))
    return [paragraph('Points bands are hidden: even their totals would reveal a number under 10.')]
  return [
    heading('Points bands'),
    paragraph(
      'People with similar points should end up closer together than now. “Spread” is how far people in a band are ' +
        'from its average (standard deviation).',
    ),
    ...methods.map(({ method, impact }) =>
      gridItem(
        grid(
          `${method.title}: people with similar points (£ a year)`,
          ['Points', 'People', 'Average now', 'Average new', 'Spread now', 'Spread new'],
          (impact.pointsBands ?? []).map((band) => [
            text(band.band),
            ...(band.suppressed
              ? [HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN]
              : [
                  number(band.people),
                  pounds(band.averageExisting),
                  pounds(band.averageNew),
                  pounds(band.deviationExisting),
                  pounds(band.deviationNew),
                ]),
          ]),
        ),
      ),
    ),
  ]
}

function reasonablenessItems(view: DisclosedReport, one: DisclosedMethod): readonly Item[] {
  const { method } = one
  const { reasonableness } = method
  if (reasonableness === null) return []
  const { rowsBeyond, rows } = reasonableness
  if (![rowsBeyond, rows - rowsBeyond].every((count) => mayShow(count, view.audience)))
    return [
      paragraph(
        `${method.title}: the number of people whose amount would differ by more than ${limitOf(method)} is hidden.`,
      ),
    ]
  const hiddenGroups = reasonableness.groups.map(({ userGroup }) => shownGroup(one, userGroup) === null)
  return [gridItem(reasonablenessGrid(view, method, reasonableness, hiddenGroups))]
}

function reasonablenessGrid(
  view: DisclosedReport,
  method: MethodOfReport,
  { groups: parts, ...all }: Reasonableness,
  hiddenGroups: readonly boolean[],
): Grid {
  const counts = parts.map(({ rows, rowsBeyond }) => [rowsBeyond, rows - rowsBeyond])
  const hidden = hiddenTable(counts, hiddenGroups, view.audience)
  const cells = parts.map(({ userGroup, people, peopleBeyond, sharePercent }, i) => {
    const closed = present(hidden[i]).includes(true)
    return [
      text(view.title(userGroup)),
      unless(present(hiddenGroups[i]), () => number(people)),
      unless(closed, () => number(peopleBeyond)),
      unless(closed, () => percent(sharePercent)),
    ]
  })
  const total = [text('Everybody'), number(all.people), number(all.peopleBeyond), percent(all.sharePercent)]
  const parted = grid(
    `${method.title}: people whose amount would differ by more than ${limitOf(method)}`,
    ['Group', 'People', 'Differ by more', 'Share'],
    cells,
  )
  return withTotal(parted, total)
}

function limitOf({ tolerance }: MethodOfReport): string {
  const parts = [
    ...(tolerance?.percent ? [`${plain(tolerance.percent)}%`] : []),
    ...(tolerance?.pounds ? [`${inPounds(tolerance.pounds)} a year`] : []),
  ]
  return parts.join(' or ')
}

function validationByGroup(view: DisclosedReport): readonly Item[] {
  const tried = view.methods.flatMap(({ method }) => {
    const validation = method.fits.length === 1 ? method.fits[0]?.crossValidation : null
    return validation ? [{ title: method.title, byGroup: validation.byGroup }] : []
  })
  const missOf = (groups: CrossValidation['byGroup'] | undefined, key: string, by: 'method' | 'mean') =>
    pounds(groups?.find(({ userGroup }) => userGroup === key)?.[by].meanAbsolute ?? null)
  if (tried.length === 0) return []
  return [
    heading('How close the methods come, by group'),
    gridItem(
      grid(
        'Average error for people left out of the fit (£ a year)',
        ['Group', 'Average for everyone', ...tried.map(({ title }) => title)],
        groupKeys(view)
          .filter((key) => shownGroup(view.methods[0], key) !== null)
          .map((key) => [
            text(view.title(key)),
            missOf(tried[0]?.byGroup, key, 'mean'),
            ...tried.map(({ byGroup }) => missOf(byGroup, key, 'method')),
          ]),
        'Where “Average for everyone” is lower, the overall average says more about the group than its points do.',
      ),
    ),
  ]
}
