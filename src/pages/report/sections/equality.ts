// The effect on equality. Age never sets the money, but a group may be age by another name: such groups come first.
import { changeByGroup } from '../../../charts/change-by-group.ts'
import type { DisclosedAgeBand } from '../../../domain/disclosure/disclosed-impact.ts'
import { decimal } from '../../../domain/number/decimal.ts'
import { inPercent, listed } from '../../../domain/number/in-words.ts'
import { type Cell, type Grid, grid, HIDDEN, number, percent, pounds, text } from '../../grid.ts'
import type { MethodOfReport } from '../data.ts'
import {
  type DisclosedMethod,
  type DisclosedReport,
  leadingTitles,
  type ShownGroup,
  shownGroup,
} from '../disclosed-report.ts'
import {
  chartItem,
  gridItem,
  heading,
  type Item,
  list,
  paragraph,
  type Section,
  section,
} from '../section.ts'
import { characteristicItems } from './characteristics.ts'

/** Who bears the change: age-defined groups, all groups, people by age, and by every characteristic. */
export function equality(view: DisclosedReport): Section {
  return section('equality', 'Equality: who bears the change', [
    paragraph(COPIES),
    ...ageDefined(view),
    heading('All groups'),
    ...groupItems(view),
    heading('By age'),
    ...ageItems(view),
    ...characteristicItems(view),
  ])
}

const COPIES =
  'A table built on current spending repeats today’s unfairness: a group that gets too little for its needs now will ' +
  'still get too little. For each group, ask whether its present money meets its needs.'

function ageDefined(view: DisclosedReport): readonly Item[] {
  const keys = groupKeys(view).filter((key) => view.group(key).ageDefined)
  if (keys.length === 0) return [paragraph('None of the groups in this cohort is defined by age.')]
  return [
    paragraph(
      'Some groups are defined by age. A difference between them and other groups is a difference by age. It needs a ' +
        'reason other than age itself.',
    ),
    list(keys.map((key) => `${view.title(key)}: ${rangeSentence(view, key)} ${curveSentence(view, key)}`)),
  ]
}

function rangeSentence({ sides: methods }: DisclosedReport, key: string): string {
  const changes = methods.flatMap((one) => {
    const percentage = shownGroup(one, key)?.changePercent
    return percentage ? [`${moveOf(percentage)} with ${one.method.title}`] : []
  })
  return changes.length === 0 ? 'the change is hidden.' : `their total would ${listed(changes)}.`
}

function moveOf(percentage: string): string {
  const size = inPercent(percentage.replace('-', ''))
  if (size === inPercent('0')) return 'stay the same'
  return `${percentage.startsWith('-') ? 'fall' : 'rise'} by ${size}`
}

function curveSentence({ methods, group }: DisclosedReport, key: string): string {
  const keys = group(key).members ?? [key]
  const apart = methods.map(({ method }) => method).filter((method) => hasOwnCurve(method, keys))
  if (apart.length === 0) return 'They have the same table as everybody else.'
  return (
    `They have their own table with ${listed(apart.map(({ title }) => title))}. ` +
    'Its author must say why age alone is not the reason; without that, it cannot be published.'
  )
}

function hasOwnCurve({ fits }: MethodOfReport, keys: readonly string[]): boolean {
  return fits.some(({ userGroup }) => userGroup !== null && keys.includes(userGroup))
}

/** Age-defined groups first, each part in the order of names. */
export function groupKeys({ methods, group }: DisclosedReport): readonly string[] {
  const keys = (methods[0]?.impact.groups ?? []).map(({ userGroup }) => userGroup)
  return keys.toSorted((a, b) => Number(group(b).ageDefined) - Number(group(a).ageDefined))
}

function groupItems(view: DisclosedReport): readonly Item[] {
  const { sides: methods, title } = view
  const keys = groupKeys(view)
  if (methods.some(({ impact }) => impact.groups === null) || keys.length === 0)
    return [paragraph('Groups cannot be shown: even their totals would reveal a number under 10.')]
  const changes = keys.flatMap((key) =>
    methods.map((one) => ({
      group: title(key),
      method: one.method.title,
      percent: shownGroup(one, key)?.changePercent ?? null,
    })),
  )
  const all = changes.some((one) => one.percent !== null)
  const hidden = changes.some((one) => one.percent === null)
  const note = hidden ? 'Groups without a mark are hidden, or cost nothing now.' : ''
  return [
    ...(all ? [chartItem(changeByGroup('groups', changes, leadingTitles(methods)), note)] : []),
    gridItem(groupGrid(view, keys)),
  ]
}

function groupGrid({ sides: methods, title, group }: DisclosedReport, keys: readonly string[]): Grid {
  const [first] = methods
  const name = (key: string) => `${title(key)}${group(key).ageDefined ? ' (defined by age)' : ''}`
  return grid(
    'Change in each group’s total, as a percentage of what it has now',
    ['Group', 'People', 'Total now', ...methods.map(({ method }) => method.title)],
    keys.map((key) => [
      text(name(key)),
      cellOf(first, key, (found) => number(found.people)),
      cellOf(first, key, (found) => pounds(found.existing)),
      ...methods.map((one) => cellOf(one, key, (found) => percent(found.changePercent, true))),
    ]),
  )
}

function cellOf(one: DisclosedMethod | undefined, key: string, read: (group: ShownGroup) => Cell): Cell {
  const found = shownGroup(one, key)
  return found === null ? HIDDEN : read(found)
}

function ageItems({ sides: methods }: DisclosedReport): readonly Item[] {
  const bands = methods[0]?.impact.ageBands ?? null
  if (bands === null)
    return [paragraph('Age bands cannot be shown: even their totals would reveal a number under 10.')]
  if (bands.every(({ ageBand }) => ageBand === null))
    return [
      paragraph(
        'The cohort has no ages, so we cannot say how people of different ages would be affected. ' +
          'Upload it with age bands before you decide.',
      ),
    ]
  return [
    gridItem(
      grid(
        'Change by age, as a percentage of what people of that age have now',
        ['Age', 'People', 'Total now', ...methods.map(({ method }) => method.title)],
        bands.map((band, i) => ageRow(methods, band, i)),
        widest(methods),
      ),
    ),
  ]
}

function ageRow(methods: readonly DisclosedMethod[], band: DisclosedAgeBand, i: number): readonly Cell[] {
  const name = text(band.ageBand ?? 'age not known')
  if (band.suppressed) return [name, HIDDEN, HIDDEN, ...methods.map(() => HIDDEN)]
  const changes = methods.map(({ impact }) => {
    const own = impact.ageBands?.[i]
    return own === undefined || own.suppressed ? HIDDEN : percent(own.changePercent, true)
  })
  return [name, number(band.people), pounds(band.existing), ...changes]
}

/** The widest gap between two ages, method by method: the figure that a challenge would begin with. */
function widest(methods: readonly DisclosedMethod[]): string | null {
  const gaps = methods.flatMap(({ method, impact }) => {
    const changes = (impact.ageBands ?? [])
      .flatMap((band) =>
        band.suppressed || band.changePercent === null ? [] : [decimal(band.changePercent)],
      )
      .sort((a, b) => a.comparedTo(b))
    const [low, high] = [changes[0], changes.at(-1)]
    if (low === undefined || high === undefined || changes.length < 2) return []
    return [`${method.title} ${high.minus(low).toFixed(1)} percentage points`]
  })
  return gaps.length === 0 ? null : `Widest gap between two age bands: ${gaps.join('; ')}.`
}
