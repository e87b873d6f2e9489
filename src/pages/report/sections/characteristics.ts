// The effect by characteristic: sex, ethnicity, disability, area, or what else the cohort says of its people.
import type { JoinedCharacteristic, JoinedValue } from '../../../contract/calibration/effects.ts'
import { present } from '../../../domain/present.ts'
import { type Cell, type Grid, grid, HIDDEN, number, percent, pounds, text } from '../../grid.ts'
import type { DisclosedMethod, DisclosedReport } from '../disclosed-report.ts'
import { gridItem, heading, type Item, paragraph } from '../section.ts'

/** Two tables for each characteristic: side by side they would be wider than a page. */
export function characteristicItems({ sides }: DisclosedReport): readonly Item[] {
  const declared = present(sides[0]).characteristics
  if (declared.length === 0)
    return [
      paragraph(
        'The cohort does not say who has which sex, ethnicity or disability, so we cannot say how they would be ' +
          'affected. Upload it with characteristics before you decide.',
      ),
    ]
  return declared.flatMap((one, i) => [
    heading(`By ${one.title}`),
    gridItem(changeGrid(one, sides, i)),
    gridItem(losingGrid(one, sides, i)),
  ])
}

function changeGrid(
  { title, values }: JoinedCharacteristic,
  sides: readonly DisclosedMethod[],
  c: number,
): Grid {
  return grid(
    `Change by ${title}, as a percentage of what people have now`,
    [title, 'People', 'Total now', ...sides.map(({ method }) => method.title)],
    values.map((value, v) => [
      text(value.title),
      number(value.people),
      pounds(value.existing),
      ...sides.map((side) => percent(ownValue(side, c, v).changePercent, true)),
    ]),
  )
}

function losingGrid(
  { title, values }: JoinedCharacteristic,
  sides: readonly DisclosedMethod[],
  c: number,
): Grid {
  return grid(
    `People who would lose over a quarter, by ${title}`,
    [title, 'People', ...sides.map(({ method }) => method.title)],
    values.map((value, v) => [
      text(value.title),
      number(value.people),
      ...sides.map((side) => losing(ownValue(side, c, v))),
    ]),
  )
}

function ownValue(side: DisclosedMethod, c: number, v: number): JoinedValue {
  return present(side.characteristics[c]?.values[v])
}

function losing({ losingOverQuarter }: JoinedValue): Cell {
  return losingOverQuarter === null ? HIDDEN : percent(losingOverQuarter.sharePercent)
}
