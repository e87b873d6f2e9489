// The first screen: what is proposed, what it costs against the budget, how many gain and lose and by how much, and
// the methods side by side. A minute's reading.
import type { Effect } from '../../../contract/calibration/impact.ts'
import type { Shown } from '../../../domain/disclosure/disclosed-impact.ts'
import { decimal } from '../../../domain/number/decimal.ts'
import { fromTo, inPercent, inPounds, listed, plain } from '../../../domain/number/in-words.ts'
import { each, size } from '../../figures.ts'
import { type Cell, change, type Grid, grid, HIDDEN, number, pounds } from '../../grid.ts'
import type { CalibrationReportData } from '../data.ts'
import type { DisclosedMethod, DisclosedReport } from '../disclosed-report.ts'
import { gridItem, type Item, list, notice, paragraph, type Section, section } from '../section.ts'
import { hasFallingPrice, methodMeaning } from '../words/method-words.ts'
import { tenthSentences } from './tenths.ts'
import { bandSentence } from './trust.ts'

/** The answers, before anything that explains them. */
export function headline(view: DisclosedReport): Section {
  return section('in-short', 'In short', [
    ...syntheticNotice(view.data),
    ...(view.data.comparedWith === undefined ? [] : [paragraph(view.data.comparedWith)]),
    list(view.proposed === null ? comparison(view) : proposal(view, view.proposed)),
    gridItem(sideBySide(view)),
    ...refusals(view),
  ])
}

/** Where no row is a person, that is said before any figure. */
export function syntheticNotice({ cohort: { syntheticNote } }: CalibrationReportData): readonly Item[] {
  return syntheticNote === null
    ? []
    : [notice(`Synthetic data: no row is about a real person. ${syntheticNote}`)]
}

// Why a method is refused may rest on a few people: that is for the modeller.
function refusals({ data: { refused }, persons }: DisclosedReport): readonly Item[] {
  if (refused.length === 0) return []
  const said = refused.map(({ title, detail }) => (persons ? `${title}: ${detail}` : title))
  return [
    paragraph(
      `Also requested, but could not be calculated: ${persons ? said.join(' ') : `${listed(said)}.`}`,
    ),
  ]
}

function proposal(view: DisclosedReport, proposed: DisclosedMethod): readonly string[] {
  const { method, impact } = proposed
  const planned = view.sides.find(({ side, method: { key } }) => side === 'available' && key === method.key)
  return [
    `Proposed: ${method.title}. ${methodMeaning(method)}${price(proposed)}`,
    ...(planned === undefined ? [] : plannedSentences(view, planned, impact.all)),
    `${planned === undefined ? 'It' : 'In all it'} would cost ${inPounds(impact.all.new)} a year, ${againstBudget(view, impact.all)}.`,
    peopleSentence(view, impact.all, 'get', planned === undefined ? '' : ' in all'),
    ...tenthSentences(planned ?? proposed, view.persons),
    ...accuracySentences(view, proposed),
    ...firstYear(view, planned ?? proposed),
    ...bandSentence(view, proposed),
    ...fallingPrices(view.methods.filter((one) => one !== proposed)),
    INDICATIVE,
  ]
}

// What people can plan with comes first: the rest is theirs only when it is released.
function plannedSentences(
  view: DisclosedReport,
  { impact: { all } }: DisclosedMethod,
  whole: Shown<Effect>,
): readonly string[] {
  const held = decimal(whole.new).minus(all.new).toFixed()
  return [
    `People could plan with ${inPounds(all.new)} a year now; ${inPounds(held)} more is held ready.`,
    peopleSentence(view, all, 'be able to plan with'),
  ]
}

/** How near the method comes to people it has not seen: of every ten, how many within a quarter; and the average miss. */
function accuracySentences({ data }: DisclosedReport, { method }: DisclosedMethod): readonly string[] {
  const { accuracy } = method
  if (accuracy === null) return []
  const average = data.cohort.summary.all.averageCost
  const beside = average === null ? '' : `, where people cost ${inPounds(average)} on average`
  const tenths = decimal(accuracy.within25).times(10).toFixed(0)
  const how = { 0: 'hardly anybody', 10: 'nearly all' }[tenths] ?? `about ${tenths} in 10`
  return [
    `In a test with people like these, ${how} had costs within a quarter of the figure. The average miss was ${inPounds(accuracy.averageMiss)} a year${beside}.`,
  ]
}

function price({ method: { request, fits } }: DisclosedMethod): string {
  const found =
    request.method === 'fixed' && fits.length === 1 ? fits[0]?.coefficients.pricePerPoint : undefined
  return found === undefined ? '' : ` A point is worth ${inPounds(found, 2)} a year.`
}

const INDICATIVE =
  'Every amount is indicative. A named person decides each budget and gives reasons. Each budget must meet eligible ' +
  'needs, whatever this report says.'

function comparison(view: DisclosedReport): readonly string[] {
  const many = view.methods.length > 1
  const held = view.sides.filter(({ side }) => side === 'available')
  const costs = view.methods.map(({ impact }) => impact.all.new)
  const rising = costs.toSorted((a, b) => decimal(a).comparedTo(b))
  const [least, most] = [inPounds(rising[0] ?? '0'), inPounds(rising.at(-1) ?? '0')]
  return [
    `No method is proposed. ${many ? `This report compares ${view.methods.length} methods with` : 'One method is shown, with'} a budget of ${inPounds(view.data.budget.target)} a year.`,
    `${many ? (least === most ? 'Each' : 'They') : 'It'} would cost ${fromTo(least, most)} a year.`,
    ...(held.length === 0 ? [] : [plannedRange(held)]),
    ...view.methods.flatMap((one) =>
      accuracySentences(view, one).map((sentence) => `${one.method.title}: ${sentence}`),
    ),
    ...fallingPrices(view.methods),
    INDICATIVE,
  ]
}

function plannedRange(held: readonly DisclosedMethod[]): string {
  const rising = held.map(({ impact }) => impact.all.new).toSorted((a, b) => decimal(a).comparedTo(b))
  return `Of that, people could plan with ${fromTo(inPounds(rising[0] ?? '0'), inPounds(rising.at(-1) ?? '0'))} a year now; the rest is held ready.`
}

function fallingPrices(methods: readonly DisclosedMethod[]): readonly string[] {
  return methods
    .filter(({ method }) => method.fits.some(hasFallingPrice))
    .map(({ method }) => `${method.title}: ${methodMeaning(method)}`)
}

function againstBudget({ data: { budget } }: DisclosedReport, all: Shown<Effect>): string {
  const gap = decimal(all.new).minus(budget.target)
  if (inPounds(all.new) === inPounds(budget.target)) return 'the same as the budget, to the nearest pound'
  const [side, distance] = [gap.isNegative() ? 'below' : 'above', inPounds(gap.abs().toFixed())]
  const share = gap.div(budget.target).times(100)
  const percent = share.abs().lessThan('0.05') ? 'less than 0.1%' : inPercent(share.abs().toFixed())
  return `${distance} (${percent}) ${side} the budget of ${inPounds(budget.target)}`
}

function peopleSentence(
  { data, unchanged }: DisclosedReport,
  all: Shown<Effect>,
  get: string,
  inAll = '',
): string {
  const { people, higher, lower, gains, losses } = all
  if (!(higher && lower))
    return `How many of the ${plain(people)} people would ${get} more or less${inAll} cannot be shown: one of the numbers is under 10.`
  const than = data.cohort.existingIs
  if (unchanged === 'apart' && higher.people === '0' && lower.people === '0')
    return `Of ${plain(people)} people, nobody would ${get} more or less${inAll} than ${than}.`
  const { higher: more, lower: less } = OUTCOMES[unchanged]
  return (
    `Of ${plain(people)} people, ${peopleIn(higher.people)} would ${get} ${more}${inAll} than ${than}${onAverage(gains, higher.people, 'more')}; ` +
    `${peopleIn(lower.people)} would ${get} ${less}${inAll}${onAverage(losses, lower.people, 'less')}.`
  )
}

function peopleIn(count: string): string {
  return count === '0' ? 'nobody' : plain(count)
}

function onAverage(sum: string | null, people: string, side: 'more' | 'less'): string {
  const average = sum === null ? null : each(sum, people)
  return average === null ? '' : `, on average ${inPounds(size(average))} a year ${side}`
}

/** What is counted together, where those who get the same are too few to be counted apart. */
export const OUTCOMES = {
  apart: { higher: 'more', lower: 'less' },
  lower: { higher: 'more', lower: 'less or the same' },
  higher: { higher: 'more or the same', lower: 'less' },
} as const

function firstYear({ data }: DisclosedReport, { scenarios }: DisclosedMethod): readonly string[] {
  const found = scenarios.find(({ scenario }) => scenario === 'S2')
  if (found === undefined) return []
  const { months, phase } = data.transition
  const period = months === 12 ? 'in the first year' : `in the first ${months} months`
  const above = decimal(found.pressure)
  const [side, sum] = [above.isNegative() ? 'less' : 'more', inPounds(above.abs().toFixed())]
  return [
    `If people gain at once and lose in ${phase.steps} monthly steps, it costs ${sum === '£0' ? 'the same as now' : `${sum} ${side} than now`} ${period}.`,
  ]
}

/** The methods in columns, so that the eye compares along a line. */
function sideBySide({ data, sides: methods, unchanged }: DisclosedReport): Grid {
  const titles = ['Figure', ...methods.map(({ method }) => method.title)]
  const row = (name: string, cell: (method: DisclosedMethod) => Cell): readonly Cell[] => [
    { kind: 'text', text: name },
    ...methods.map(cell),
  ]
  const shown = (value: string | null, cell: (value: string) => Cell) =>
    value === null ? HIDDEN : cell(value)
  const { higher: more, lower: less } = OUTCOMES[unchanged]
  const same = unchanged === 'apart' && methods.some(({ impact }) => impact.all.same?.rows !== 0)
  return grid(
    `${methods.length === 1 ? 'The method' : 'The methods side by side'} (budget ${inPounds(data.budget.target)} a year)`,
    titles,
    [
      row('Cost a year', ({ impact }) => pounds(impact.all.new)),
      row('Above (+) or below (−) the budget', ({ impact }) =>
        change(decimal(impact.all.new).minus(data.budget.target).toFixed()),
      ),
      row(`People who would get ${more}`, ({ impact }) => shown(impact.all.higher?.people ?? null, number)),
      row('Average gain a year', ({ impact: { all } }) => eachOf(all.gains, all.higher?.people)),
      row(`People who would get ${less}`, ({ impact }) => shown(impact.all.lower?.people ?? null, number)),
      row('Average loss a year', ({ impact: { all } }) => eachOf(all.losses, all.lower?.people)),
      ...(same
        ? [row('People with no change', ({ impact }) => shown(impact.all.same?.people ?? null, number))]
        : []),
      row('Total gains', ({ impact }) => shown(impact.all.gains, change)),
      row('Total losses', ({ impact }) => shown(impact.all.losses, change)),
    ],
    budgetNote(
      data.budget.basis,
      methods.filter(({ side }) => side === 'whole').map(({ method }) => method),
    ),
  )
}

function eachOf(sum: string | null, people: string | undefined): Cell {
  return sum === null || people === undefined ? HIDDEN : change(each(sum, people))
}

function budgetNote(basis: string, methods: readonly DisclosedMethod['method'][]): string {
  const unspent = methods.filter((method) => decimal(method.unspent).greaterThan('0.5'))
  if (unspent.length === 0) return `The budget: ${basis}`
  const left = listed(unspent.map(({ title, unspent: sum }) => `${title} ${inPounds(sum)}`))
  return `The budget: ${basis} Left unspent: ${left}.`
}
