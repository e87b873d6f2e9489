// Who gains and who loses by what they cost now: the people in tenths of present cost, each in classes of change.
import type { JoinedClasses, JoinedTenth } from '../../../contract/calibration/effects.ts'
import { decimal } from '../../../domain/number/decimal.ts'
import { plain } from '../../../domain/number/in-words.ts'
import { type Grid, grid, number, pounds, text } from '../../grid.ts'
import type { DisclosedMethod, DisclosedReport } from '../disclosed-report.ts'
import { gridItem, type Item, paragraph, type Section, section } from '../section.ts'
import { classWords, tenthWords } from '../words/change-words.ts'

/** A table for each side of each method. */
export function tenths(view: DisclosedReport): Section {
  return section('tenths', 'Who gains and who loses, by present cost', [
    paragraph(
      'The people are in tenths by what they cost now. People of one cost stay together, so tenths may differ in size. ' +
        'A change is counted as a share of present cost.',
    ),
    ...view.sides.flatMap(tenthItems),
  ])
}

function tenthItems({ method, tenths: found }: DisclosedMethod): readonly Item[] {
  if (found.length === 0)
    return [paragraph(`${method.title}: hidden, because a number under 10 would be told.`)]
  return [gridItem(tenthGrid(method.title, found))]
}

function tenthGrid(title: string, found: readonly JoinedTenth[]): Grid {
  const classes = (found[0]?.classes ?? []).flatMap((one, i) =>
    one.classes.includes('withoutCost') && found.every((tenth) => tenth.classes[i]?.rows === 0) ? [] : i,
  )
  const heads = classes.map((i) => capital(classWords(found[0]?.classes[i]?.classes ?? [])))
  return grid(
    `${title}: people by present cost and change`,
    ['Present cost', 'People', ...heads, 'Now', 'New'],
    found.map((tenth) => [
      text(capital(tenthWords(tenth))),
      number(tenth.people),
      ...classes.map((i) => number(tenth.classes[i]?.people ?? '0')),
      pounds(tenth.existing),
      pounds(tenth.new),
    ]),
  )
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Two sentences for the first screen: of the dearest how many lose, of the cheapest how many gain. */
export function tenthSentences({ tenths: found }: DisclosedMethod, persons: boolean): readonly string[] {
  const [cheapest, dearest] = [found[0], found.at(-1)]
  if (cheapest === undefined || dearest === undefined || found.length < 2) return []
  return [
    ...outcome(dearest, dearest.classes.at(-1), 'lose', persons),
    ...outcome(cheapest, gainers(cheapest), 'gain', persons),
  ]
}

// Without a present cost there is nothing that a gain could be a share of.
function gainers({ classes }: JoinedTenth): JoinedClasses | undefined {
  return classes.find((one) => one.classes.includes('muchMore'))
}

function outcome(
  tenth: JoinedTenth,
  most: JoinedClasses | undefined,
  verb: 'lose' | 'gain',
  persons: boolean,
): readonly string[] {
  const amount = most && AMOUNTS[verb][most.classes.join()]
  if (most === undefined || amount === undefined) return []
  const who = `${tenthWords(tenth)} by present cost`
  if (persons)
    return [
      `Of the ${plain(tenth.people)} people in ${who}, ${countOf(most.people)} would ${verb} ${amount}.`,
    ]
  const share = decimal(most.people).div(tenth.people).times(100).toFixed(0)
  return [`Of ${who}, ${share} in 100 would ${verb} ${amount}.`]
}

function countOf(people: string): string {
  return people === '0' ? 'nobody' : plain(people)
}

/** What a class that begins at an end says of everybody in it. */
const AMOUNTS: Readonly<Record<'lose' | 'gain', Readonly<Record<string, string>>>> = {
  lose: { muchLess: 'more than a quarter', 'less,muchLess': 'more than 5%' },
  gain: { muchMore: 'more than a quarter', 'muchMore,more': 'more than 5%' },
}
