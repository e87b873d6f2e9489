// What a modeller looks at case by case before proposing a table: the people who hold it up, far costs, rows left out,
// amounts that look wrong, and domains of the questionnaire that carry nothing.
import type { ItemFlag, OutlierReason } from '../../../contract/calibration/cohort-figures.ts'
import type { LeftOut } from '../../../contract/calibration/trust.ts'
import { decimal } from '../../../domain/number/decimal.ts'
import { shareInPercent } from '../../../domain/number/in-words.ts'
import { pointsOf } from '../../figures.ts'
import { type Cell, change, grid, NOTHING, number, percent, pounds, text } from '../../grid.ts'
import type { DisclosedReport } from '../disclosed-report.ts'
import { gridItem, heading, type Item, paragraph } from '../section.ts'
import { disclosedSeries } from '../series.ts'

const MOST = 20

const WHO = { 'most-points': 'most points', 'highest-cost': 'highest cost' } as const
const REASONS: Readonly<Record<OutlierReason, string>> = {
  'cost-low': 'far below other costs',
  'cost-high': 'far above other costs',
  'price-low': 'far less per point',
  'price-high': 'far more per point',
}
const FLAGS: Readonly<Record<ItemFlag, string>> = {
  'no-variation': 'everybody gave the same answer',
  'falls-as-the-rest-rises': 'falls as the other points rise',
  'falls-as-cost-rises': 'falls as cost rises',
  'option-never-chosen': 'an option was never chosen',
}

/** The rows that rules left out, and the table without its top people. */
export function leftOutItems(view: DisclosedReport): readonly Item[] {
  const { excluded } = view.data.cohort.exclusion
  const tops = disclosedSeries(view).flatMap(({ title, fit }) =>
    (fit.leaveOneOut ?? []).map((one) => topRow(title, one)),
  )
  return [
    ...gridItems(
      'Rows left out, and why',
      ['Reference', 'Reason'],
      excluded.slice(0, MOST).map(({ ref, reason }) => [text(ref), text(reason)]),
      cut(excluded.length),
    ),
    ...gridItems(
      'How the table changes without one person',
      ['Method', 'Left out', 'Points', 'Cost', 'Change at these points', 'Change at the top of the scale'],
      tops,
    ),
  ]
}

/** A table, where there are rows for it. */
function gridItems(...[caption, titles, rows, note]: Parameters<typeof grid>): readonly Item[] {
  return rows.length === 0 ? [] : [gridItem(grid(caption, titles, rows, note))]
}

function topRow(method: string, left: LeftOut): readonly Cell[] {
  const who = text(`${left.ref} (${WHO[left.who]})`)
  const own = [text(method), who, number(pointsOf(left.points)), pounds(left.cost)]
  if (left.outcome === 'refused') return [...own, text('cannot be fitted'), text('cannot be fitted')]
  return [...own, change(left.atOwnPoints.change), change(left.atScaleMaximum.change)]
}

/** Costs far from all others. */
export function outlierItems({ data, title }: DisclosedReport): readonly Item[] {
  const { rows } = data.cohort.summary.outliers
  if (rows.length === 0) return [paragraph('No cost is unusual.')]
  return gridItems(
    'Unusual costs: check them before you base a table on them',
    ['Reference', 'Group', 'Cost', '£ per point', 'Why'],
    rows
      .slice(0, MOST)
      .map((one) => [
        text(one.ref),
        text(title(one.userGroup)),
        pounds(one.cost),
        pounds(one.poundsPerPoint),
        text(one.reasons.map((reason) => REASONS[reason]).join(', ')),
      ]),
    cut(rows.length),
  )
}

/** Whose amount differs by more than the tolerance, the largest differences first. */
export function unreasonableItems({ methods, title }: DisclosedReport): readonly Item[] {
  return methods.flatMap(({ method }) =>
    gridItems(
      `${method.title}: the largest differences`,
      ['Reference', 'Group', 'Now', 'New', 'Change', 'Change %'],
      (method.reasonableness?.differences ?? [])
        .slice(0, MOST)
        .map((one) => [
          text(one.ref),
          text(title(one.userGroup)),
          pounds(one.existing),
          pounds(one.new),
          change(one.change),
          percent(one.changePercent, true),
        ]),
      cut(method.reasonableness?.rowsBeyond ?? 0),
    ),
  )
}

/** Whether each domain's score carries information. */
export function itemItems({ data }: DisclosedReport): readonly Item[] {
  const { itemAnalysis } = data.cohort
  if (itemAnalysis === null || itemAnalysis.cases === 0) return []
  const figure = (value: string | null) => (value === null ? NOTHING : text(decimal(value).toFixed(2)))
  return [
    heading('The questionnaire’s domains'),
    gridItem(
      grid(
        'How each domain’s score goes with the rest',
        ['Domain', 'With the other points', 'With cost', 'Options chosen', 'Check'],
        itemAnalysis.domains.map(({ domain, itemRest, withCost, options, flags }) => [
          text(domain),
          figure(itemRest),
          figure(withCost),
          text(
            options
              .map(({ option, share }) => `${option} ${share === null ? '–' : shareInPercent(share)}`)
              .join(', '),
          ),
          text(flags.map((flag) => FLAGS[flag]).join(', ')),
        ]),
        'Correlations from −1 to 1.',
      ),
    ),
  ]
}

function cut(count: number): string | null {
  return count > MOST ? `The first ${MOST} of ${count}; the run’s results have them all.` : null
}
