// Who gains and who loses by what they cost now: the people in tenths of present cost, each in classes of change.
import { type ChangeShare, changeByTenth } from '../../../charts/change-by-tenth.ts'
import type { JoinedClasses, JoinedTenth } from '../../../contract/calibration/effects.ts'
import type { ChangeClass } from '../../../contract/limits.ts'
import { decimal } from '../../../domain/number/decimal.ts'
import { plain, shareInPercent } from '../../../domain/number/in-words.ts'
import { present } from '../../../domain/present.ts'
import { type Grid, grid, number, pounds, text } from '../../grid.ts'
import type { DisclosedMethod, DisclosedReport } from '../disclosed-report.ts'
import { chartItem, gridItem, type Item, paragraph, type Section, section } from '../section.ts'
import { classWords, tenthWords } from '../words/change-words.ts'

/** A table for each side of each method. */
export function tenths(view: DisclosedReport): Section {
  return section('tenths', 'Who gains and who loses, by present cost', [
    paragraph(
      'The people are in tenths by what they cost now. People of one cost stay together, so tenths may differ in size. ' +
        'A change is counted as a share of present cost.',
    ),
    ...tenthChart(view),
    ...view.sides.flatMap(tenthItems),
  ])
}

// Both sides of one method, the proposed one or the first: what people can plan with leads.
function tenthChart(view: DisclosedReport): readonly Item[] {
  const key = (view.proposed ?? view.methods[0])?.method.key
  const sides = view.sides.filter((one) => one.method.key === key && one.tenths.length > 0)
  return sides.map((one, i) => {
    const { method, tenths: found } = one
    const [finding = 'people by present cost, and how their amount would change'] = tenthSentences(
      one,
      view.persons,
    )
    const bars = found.map((tenth) => ({
      tenth: capital(tenthWords(tenth)),
      shares: shownClasses(found).map((place) => shareOf(tenth, place, view.persons)),
    }))
    const title = `${method.title}: ${finding.replace(/\.$/, '').replace(/^O/, 'o')}`
    return chartItem(changeByTenth(i === 0 ? 'tenths' : `tenths-${one.side}`, title, bars))
  })
}

function shareOf(tenth: JoinedTenth, i: number, persons: boolean): ChangeShare {
  const { classes, people } = present(tenth.classes[i])
  const share = decimal(people).div(tenth.people).toFixed()
  return {
    words: classWords(classes),
    tone: toneOf(classes),
    label: persons ? plain(people) : shareInPercent(share),
    people: Number(people),
  }
}

/** Joined classes have the tone of the outermost. */
function toneOf(classes: readonly ChangeClass[]): number | null {
  const tones = classes.flatMap((one) => (one === 'withoutCost' ? [] : TONES.indexOf(one)))
  const [first, last] = [tones[0], tones.at(-1)]
  if (first === undefined || last === undefined) return null
  return first < TONES.length - 1 - last ? first : last
}

const TONES: readonly ChangeClass[] = ['muchMore', 'more', 'same', 'less', 'muchLess']

function tenthItems({ method, tenths: found }: DisclosedMethod): readonly Item[] {
  if (found.length === 0)
    return [paragraph(`${method.title}: hidden, because a number under 10 would be told.`)]
  return [gridItem(tenthGrid(method.title, found))]
}

function tenthGrid(title: string, found: readonly JoinedTenth[]): Grid {
  const classes = shownClasses(found)
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

/** The places of the classes; people without a cost have a column where there are any. */
function shownClasses(found: readonly JoinedTenth[]): readonly number[] {
  return (found[0]?.classes ?? []).flatMap((one, i) =>
    one.classes.includes('withoutCost') && found.every((tenth) => tenth.classes[i]?.rows === 0) ? [] : i,
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
