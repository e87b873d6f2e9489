// What every language of the sheet must be able to say. A catalogue with a gap does not compile.
import type { Flag } from '../../../contract/allocation/allocation.ts'
import type { SheetPart } from '../../../contract/allocation/explanation.ts'

/** A figure in a sentence: its name and value for programs, and how people read it. */
export type Figure = { readonly name: string; readonly value: string; readonly shown: string }

/** Words that are the council's and not ours. */
export type Quoted = { readonly quoted: string }

export type Sentence = readonly (string | Figure | Quoted)[]
export type Sentences = readonly Sentence[]

/** How far the points went: what came off and on, and what is left. */
export type PointsSum = {
  readonly gross: Figure
  readonly off: Figure | null
  readonly on: Figure | null
  readonly total: Figure
}

/** What a flag's sentences may name. */
export type FlagFigures = {
  readonly reason: Quoted
  readonly cap: Figure
  readonly financialYear: string
  readonly ofEach100: Figure
  readonly isHigh: boolean
  readonly isListed: boolean
}

export type Words = {
  readonly titles: Readonly<Record<Exclude<SheetPart, 'figure'>, string>>
  readonly figure: {
    outOfDate(): Sentences
    plan(now: Figure, held: Figure | null): Sentence
    whole(year: Figure, week: Figure): Sentence
    week(week: Figure): Sentence
    indicative(): Sentences
    held(): Sentences
    release(howToAsk: Quoted, decidedBy: Quoted, withinDays: number): Sentences
    askTheCouncil(): Sentence
    /** About how many in 10 had costs within a quarter of the figure. */
    accuracy(tenths: string): Sentence
    notEligible(): Sentences
    notWhatYouNeed(year: Figure, why: Sentence): Sentence
    noFigure(): Sentence
    referred(): Sentences
    whereTheyStart(): Sentences
  }
  readonly why: Readonly<
    Record<Exclude<Referring, 'outside-table'>, (figures: Pick<FlagFigures, 'cap'>) => Sentence>
  >
  readonly flags: Readonly<Record<Flag['code'], (figures: FlagFigures) => Sentences>>
  readonly how: {
    points(gross: Figure): Sentences
    unpaid(off: Figure): Sentences
    forCarer(on: Figure): Sentences
    extra(on: Figure): Sentence
    sum(points: PointsSum): Sentence
    table(year: Figure, total: Figure): Sentence
    usual(): Sentence
  }
  decides(isEligible: boolean): Sentences
  disagree(isEligible: boolean, challengeRoute: Quoted): Sentences
  check(reference: string, date: string): Sentences
}

export type Referring =
  | 'outside-table'
  | 'above-cap'
  | 'above-scale'
  | 'above-table'
  | 'met-by-unpaid-care'
  | 'eligible-without-points'
  | 'priced-at-nothing'
  | 'relies-on-unpaid-care'
  | 'referral-rule'
