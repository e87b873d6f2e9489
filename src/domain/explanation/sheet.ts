// The sheet that is read first: the figure and what must be known of it, how it was got, who decides, what to do if it
// looks wrong, and how to check it. A figure that is referred is never told as what somebody needs.
import type { Flag } from '../../contract/allocation/allocation.ts'
import type { ExplanationPart, SheetPart } from '../../contract/allocation/explanation.ts'
import { refers } from '../allocation/flags.ts'
import { decimal } from '../number/decimal.ts'
import { inPoints, inPoundsAndPence } from '../number/in-words.ts'
import type { Figure, Referring, Sentence, Sentences, Words } from './catalogue/words.ts'
import { flagFigures } from './flag-figures.ts'
import { type ExplanationInput, stepOf, stepsOf } from './line.ts'
import { dateInWords, isZero, sentence } from './words.ts'

/** A part of the sheet, as paragraphs of sentences. */
export type PartOfSheet = {
  readonly part: SheetPart
  readonly title: string | null
  readonly paragraphs: readonly Sentences[]
}

export function sheet(input: ExplanationInput, words: Words): readonly PartOfSheet[] {
  const { allocation, authority } = input
  const isEligible = allocation.outcome !== 'not-eligible'
  const titled = (part: Exclude<SheetPart, 'figure'>, sentences: Sentences): PartOfSheet => ({
    part,
    title: words.titles[part],
    paragraphs: [sentences],
  })
  return [
    { part: 'figure', title: null, paragraphs: figureParagraphs(input, words) },
    titled('how', howSentences(input, words)),
    titled('decides', words.decides(isEligible)),
    titled('disagree', words.disagree(isEligible, { quoted: sentence(authority.challengeRoute) })),
    titled('check', words.check(allocation.allocationId, dateInWords(allocation.assessedOn))),
  ]
}

/** The sheet in a form without markup: each part as one text, with its figures by their names. */
export function sheetParts(parts: readonly PartOfSheet[]): readonly ExplanationPart[] {
  return parts.map(({ part, title, paragraphs }) => {
    const pieces = paragraphs.flat(2)
    const figures = Object.fromEntries(
      pieces.flatMap((piece) =>
        typeof piece === 'object' && 'value' in piece ? [[piece.name, piece.value]] : [],
      ),
    )
    const text = paragraphs.flat().map(sentenceText).join(' ')
    return { part, title, text, ...(Object.keys(figures).length === 0 ? {} : { figures }) }
  })
}

export function sentenceText(pieces: Sentence): string {
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece
      return 'quoted' in piece ? piece.quoted : piece.shown
    })
    .join('')
}

function figureParagraphs(input: ExplanationInput, words: Words): readonly Sentences[] {
  const { allocation } = input
  const { outcome, supersededBy } = allocation
  const opening =
    outcome === 'not-eligible'
      ? words.figure.notEligible()
      : outcome === 'indicative'
        ? planSentences(input, words)
        : referredSentences(input, words)
  return [
    ...(supersededBy === null ? [] : [words.figure.outOfDate()]),
    opening,
    ...flagParagraphs(input, words),
  ]
}

function planSentences({ allocation, table }: ExplanationInput, { figure }: Words): Sentences {
  const year = pounds('amountAnnual', stepOf(allocation, 'rounding').result)
  const week = pounds('amountWeekly', stepOf(allocation, 'weekly').result)
  const now = pounds('availableAnnual', stepOf(allocation, 'available').result)
  const { fraction, result } = stepOf(allocation, 'contingency')
  const isHeld = !isZero(fraction)
  const accuracy = table?.provenance?.accuracy
  return [
    figure.plan(now, isHeld ? pounds('contingencyAnnual', result) : null),
    isHeld ? figure.whole(year, week) : figure.week(week),
    ...figure.indicative(),
    ...(isHeld ? [...figure.held(), ...releaseSentences(table?.contingency.release, figure)] : []),
    ...(accuracy === undefined ? [] : [figure.accuracy(tenthsOf(accuracy.within25))]),
  ]
}

type Release = NonNullable<NonNullable<ExplanationInput['table']>['contingency']['release']>

function releaseSentences(release: Release | undefined, figure: Words['figure']): Sentences {
  if (release === undefined) return [figure.askTheCouncil()]
  const { howToAsk, decidedBy, withinDays } = release
  return figure.release({ quoted: sentence(howToAsk) }, { quoted: decidedBy }, withinDays)
}

// 10 × the share, a half up.
function tenthsOf(within25: string): string {
  return decimal(within25).times(10).plus('0.5').floor().toString()
}

function referredSentences({ allocation }: ExplanationInput, words: Words): Sentences {
  const first = allocation.flags.find(refers)
  if (first === undefined) throw new Error('a referred allocation has a flag that refers')
  const { amountAnnual } = allocation
  if (amountAnnual === null) return [words.figure.noFigure(), ...words.figure.referred()]
  const code = first.code as Exclude<Referring, 'outside-table'>
  const year = pounds('amountAnnual', amountAnnual)
  return [
    words.figure.notWhatYouNeed(year, words.why[code](flagFigures(first, allocation, pounds))),
    ...words.figure.referred(),
    ...(isZero(amountAnnual) ? [] : words.figure.whereTheyStart()),
  ]
}

// Of the two flags of unpaid care the first says it all.
function flagParagraphs({ allocation }: ExplanationInput, words: Words): readonly Sentences[] {
  const { flags } = allocation
  const isAllUnpaid = flags.some(({ code }) => code === 'met-by-unpaid-care')
  const told = ({ code }: Flag) => !(isAllUnpaid && code === 'relies-on-unpaid-care')
  return flags.filter(told).map((flag) => words.flags[flag.code](flagFigures(flag, allocation, pounds)))
}

function howSentences({ allocation }: ExplanationInput, { how }: Words): Sentences {
  const { gross, carerReduction, addOns, total } = allocation.points
  const off = isZero(carerReduction) ? null : points('carerReduction', carerReduction)
  const on = isZero(addOns) ? null : points('addOns', addOns)
  const forCarer = stepsOf(allocation, 'add-on').filter(({ counted, points }) => counted && !isZero(points))
  const isForCarer = forCarer.every(({ condition }) => condition === 'carer-reduction-positive')
  const sum = { gross: points('gross', gross), off, on, total: points('total', total) }
  const { amountAnnual, flags } = allocation
  return [
    ...how.points(sum.gross),
    ...(off === null ? [] : how.unpaid(off)),
    ...(on === null ? [] : isForCarer ? how.forCarer(on) : [how.extra(on)]),
    ...(off === null && on === null ? [] : [how.sum(sum)]),
    ...(amountAnnual === null ? [] : [how.table(pounds('amountAnnual', amountAnnual), sum.total)]),
    ...(flags.length > 0 || amountAnnual === null ? [] : [how.usual()]),
  ]
}

function pounds(name: string, value: string): Figure {
  return { name, value, shown: inPoundsAndPence(value) }
}

function points(name: string, value: string): Figure {
  return { name, value, shown: inPoints(value) }
}
