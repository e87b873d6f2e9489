// How far to trust the figures, in plain words: what chance in drawing the cohort could have done, how well a method
// does with people it has not seen, and whether one person holds the table up.
import { type BandPanel, bootstrapBand } from '../../../charts/bootstrap-band.ts'
import type { MethodRequest } from '../../../contract/calibration/method.ts'
import type { Bands, JointBands } from '../../../contract/calibration/trust.ts'
import { mayShow } from '../../../domain/disclosure/may-show.ts'
import { decimal } from '../../../domain/number/decimal.ts'
import { inPercent, inPounds, listed, plain } from '../../../domain/number/in-words.ts'
import { present } from '../../../domain/present.ts'
import { pointsOf, pointsText } from '../../figures.ts'
import { type Cell, type Grid, grid, NOTHING, parted, text } from '../../grid.ts'
import type { FitOfReport } from '../data.ts'
import type { DisclosedMethod, DisclosedReport } from '../disclosed-report.ts'
import { chartItem, gridItem, type Item, paragraph, type Section, section } from '../section.ts'
import { coarseNote, disclosedSeries, type Series, seriesOf } from '../series.ts'
import { partOf } from './changes.ts'
import { validationItems } from './validation.ts'
import { warningItems } from './warnings.ts'

/** What is uncertain, and how much. */
export function trust(view: DisclosedReport): Section {
  const lines = disclosedSeries(view)
  return section('certainty', 'What is uncertain', [
    ...fitSentence(view),
    ...(lines.some(({ fit }) => fit.bands)
      ? bandItems(view, lines)
      : [paragraph('This run did not calculate ranges.')]),
    ...validationItems(view, lines),
    ...topItems(view, lines),
    ...warningItems(view, lines),
  ])
}

/** One sentence for the first screen; none when nothing was resampled. */
export function bandSentence(view: DisclosedReport, one: DisclosedMethod): readonly string[] {
  const together = one.method.together?.bands
  if (together)
    return [`The tables’ own uncertainty: ${togetherSentence(together, 'the tables')} ${NOT_A_PERSONS}`]
  const [line, ...others] = seriesOf(view, one)
  const bands = others.length === 0 ? line?.fit.bands : null
  const at = bands && nearestTo(bands, view.data.cohort.summary.all.averagePoints)
  if (!(bands && at?.lower && at.upper)) return []
  return [
    `The table’s own uncertainty: at ${pointsText(at.points)} points the table gives ${line?.coarse ? 'about ' : ''}${inPounds(at.estimate)}; another cohort ` +
      `like this one would give ${between(at.lower, at.upper)}, ${oddsOf(bands.level)}. ${NOT_A_PERSONS}`,
  ]
}

const NOT_A_PERSONS = 'It is not the range of what a person costs.'

/** What the tables of all groups come to, and what chance could have made of it; the estimate alone without a band. */
function togetherSentence({ total: { estimate, lower, upper }, level }: JointBands, tables: string): string {
  const all = `together ${tables} give this cohort ${inPounds(estimate)}`
  return lower && upper
    ? `${all}; tables from another cohort like it would give it ${between(lower, upper)}, ${oddsOf(level)}.`
    : `${all}; they could not be fitted to any redrawn cohort.`
}

function between(lower: string, upper: string): string {
  const [low, high] = [inPounds(lower), inPounds(upper)]
  return low === high ? low : `between ${low} and ${high}`
}

function oddsOf(level: number): string {
  return level === 0.95
    ? '19 times out of 20'
    : `${inPercent(decimal(String(level)).times(100).toFixed())} of the time`
}

function nearestTo({ curve }: Bands, points: string | null): Bands['curve'][number] | undefined {
  const wanted = decimal(points ?? '0').times(100)
  const distance = (here: number) => wanted.minus(here).abs()
  return curve.toSorted((a, b) => distance(a.points).comparedTo(distance(b.points)))[0]
}

function bandItems({ methods }: DisclosedReport, lines: readonly Series[]): readonly Item[] {
  const banded = lines.flatMap((line) => (line.fit.bands ? [{ ...line, bands: line.fit.bands }] : []))
  const { level, resamples } = present(banded[0]).bands
  return [
    paragraph(
      `The cohort is a sample. It was redrawn ${plain(String(resamples))} times from its own people, and each method was ` +
        `fitted again. The shaded range is the table’s own uncertainty: it holds the amount ${oddsOf(level)}. ${NOT_A_PERSONS}`,
    ),
    chartItem(
      bootstrapBand(
        'bands',
        banded.map(({ title, bands }) => panelOf(title, bands)),
        level,
      ),
    ),
    ...parted(banded, 3).map((some, i, all) => gridItem(bandGrid(some, partOf(i, all.length)))),
    ...togetherItems(methods),
    ...statedItems(lines),
  ]
}

// Each group is drawn again within itself, since its table is made from its own people.
function togetherItems(methods: DisclosedReport['methods']): readonly Item[] {
  return methods.flatMap(({ method: { title, together } }) =>
    together?.bands
      ? [
          paragraph(
            `${title}: ${togetherSentence(together.bands, 'the groups’ tables')} Each group was redrawn from its own people.`,
          ),
        ]
      : [],
  )
}

// What was stated and not fitted does not move when the cohort is drawn again: its band is too narrow.
function statedItems(lines: readonly Series[]): readonly Item[] {
  const stated = lines.filter(({ request, fit }) => fit.bands && isStated(request)).map(({ title }) => title)
  if (stated.length === 0) return []
  return [
    paragraph(
      `${listed(stated)}: prices or lines were stated, not calculated from the cohort. The ranges leave their uncertainty out, and so understate the uncertainty of the amounts.`,
    ),
  ]
}

function isStated(request: MethodRequest): boolean {
  if (request.method !== 'bounded-line') return false
  return [request.line, request.floorPrice, request.ceilingPrice].some((given) => given !== undefined)
}

function panelOf(title: string, { curve }: Bands): BandPanel {
  return {
    title,
    points: curve.flatMap(({ points, estimate, lower, upper }) =>
      lower && upper ? [{ points: pointsOf(points), estimate, lower, upper }] : [],
    ),
  }
}

function bandGrid(banded: readonly (Series & { readonly bands: Bands })[], part: string): Grid {
  const { curve } = present(banded[0]).bands
  const step = Math.max(1, Math.ceil((curve.length - 1) / 5))
  const chosen = curve.filter(({ points }, i) => points > 0 && i % step === 0).map(({ points }) => points)
  return grid(
    `Amount for points, and the table’s own uncertainty (£ a year)${part}`,
    ['Points', ...banded.map(({ title }) => title)],
    chosen.map((points) => [
      text(pointsText(points)),
      ...banded.map(({ bands }) => rangeOf(bands.curve.find((one) => one.points === points))),
    ]),
    coarseNote(banded),
  )
}

function rangeOf(band: Bands['curve'][number] | undefined): Cell {
  if (!(band?.lower && band.upper)) return NOTHING
  const [low, high] = [inPounds(band.lower), inPounds(band.upper)]
  const estimate = inPounds(band.estimate)
  if (low === high) return text(low === estimate ? estimate : `${estimate} (${low})`)
  return text(`${estimate} (${low} to ${high})`)
}

const NOTICEABLE = '0.05'

// What one person does to a table says something about that person: the public hears only whether it is much.
function topItems({ persons }: DisclosedReport, lines: readonly Series[]): readonly Item[] {
  const tried = lines.filter(({ fit }) => fit.leaveOneOut)
  if (persons || tried.length === 0) return []
  const moved = tried.filter(({ fit }) => fit.leaveOneOut?.some(movesTop)).map(({ title }) => title)
  return [
    paragraph(
      moved.length === 0
        ? 'No single case changes the top amounts by more than 5%.'
        : `One case changes the top amounts by more than 5% in: ${listed(moved)}. Cost people with very high points individually.`,
    ),
  ]
}

function movesTop(left: NonNullable<FitOfReport['leaveOneOut']>[number]): boolean {
  return (
    left.outcome === 'refused' ||
    decimal(left.atScaleMaximum.share ?? '0')
      .abs()
      .greaterThan(NOTICEABLE)
  )
}

function fitSentence({ data: { cohort }, audience }: DisclosedReport): readonly Item[] {
  const linear = cohort.fitOfPoints?.linear
  if (!linear || !mayShow(cohort.cases.length, audience)) return []
  const value = decimal(linear)
  const figure = value.toFixed(2).replace('-', '−')
  return [
    paragraph(
      `Points and present costs ${togetherness(linear)} (correlation ${figure}; 1 means in step, 0 unrelated, −1 opposed).` +
        `${value.lessThan('0.6') ? ' No table based on these points can come close to present costs.' : ''}`,
    ),
  ]
}

function togetherness(correlation: string): string {
  const value = decimal(correlation)
  if (value.lessThanOrEqualTo('-0.3'))
    return 'move in opposite directions: people with more points cost less now'
  if (value.lessThan('0.3')) return 'are hardly related'
  return value.lessThan('0.6') ? 'are only partly related' : 'are clearly related'
}
