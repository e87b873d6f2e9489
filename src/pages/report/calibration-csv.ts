// A run's tables, impact and scenarios as CSV, one line a figure's row: for spreadsheets and dashboards. What a depth
// hides in the report is hidden here, and what it joins is joined.

import { stringify } from 'csv-stringify/sync'
import type { Effect } from '../../contract/calibration/impact.ts'
import type { CsvPart, ReportDepth } from '../../contract/calibration/report.ts'
import { COARSE } from '../../domain/disclosure/disclosed-curves.ts'
import type { DisclosedImpact, Shown } from '../../domain/disclosure/disclosed-impact.ts'
import { present } from '../../domain/present.ts'
import { plainText } from '../csv-text.ts'
import { hundredthsOf } from '../figures.ts'
import { HIDDEN_MARK } from '../grid.ts'
import type { CalibrationReportData } from './data.ts'
import { type DisclosedMethod, type DisclosedReport, disclosedReport } from './disclosed-report.ts'
import { seriesOf } from './series.ts'

/** The heads alone where there are too few people to show anything at the depth. */
export function calibrationCsv(data: CalibrationReportData, part: CsvPart, depth: ReportDepth): string {
  const view = disclosedReport(data, depth)
  const { heads, rows } = PARTS[part]
  return stringify([[...heads], ...(view === null ? [] : rows(view))])
}

type Part = {
  readonly heads: readonly string[]
  readonly rows: (view: DisclosedReport) => readonly (readonly string[])[]
}

const COUNTS = ['people', 'higher', 'lower', 'same'] as const
const MONEY = [
  'existing',
  'new',
  'gains',
  'losses',
  'change',
  'changePercent',
  'averageExisting',
  'averageNew',
] as const

const VALUE_MONEY = ['existing', 'new', 'change', 'changePercent', 'averageChange'] as const

const PARTS: Readonly<Record<CsvPart, Part>> = {
  tables: { heads: ['method', 'userGroup', 'points', 'amountAnnual', 'nearest'], rows: tableRows },
  impact: {
    heads: ['method', 'side', 'breakdown', 'userGroup', 'band', ...COUNTS, 'sameCountedAs', ...MONEY],
    rows: (view) => view.sides.flatMap((one) => impactRows(one, view)),
  },
  scenarios: {
    heads: ['method', 'side', 'scenario', 'gains', 'losses', 'month', 'cost', 'pressure'],
    rows: ({ sides }) => sides.flatMap(scenarioRows),
  },
  tenths: {
    heads: ['method', 'side', 'from', 'to', 'class', 'people', 'peopleOfTenth', 'existing', 'new'],
    rows: ({ sides }) => sides.flatMap(tenthRows),
  },
  characteristics: {
    heads: ['method', 'side', 'characteristic', 'value', 'people', ...VALUE_MONEY, 'losingOverQuarter'],
    rows: ({ sides }) => sides.flatMap(valueRows),
  },
}

function tableRows(view: DisclosedReport): readonly (readonly string[])[] {
  return view.methods.flatMap((one) =>
    seriesOf(view, one).flatMap(({ fit: { userGroup, knots }, coarse, amountsAt }) => {
      const amounts = amountsAt(knots.map(({ points }) => hundredthsOf(points)))
      return knots.map(({ points }, i) => [
        plainText(one.method.key),
        plainText(userGroup ?? 'all'),
        points,
        present(amounts[i]),
        coarse ? `${COARSE}.00` : '',
      ])
    }),
  )
}

type Place = { readonly breakdown: string; readonly userGroup: string; readonly band: string }

function impactRows(
  { method, side, impact }: DisclosedMethod,
  { depth, title, persons }: DisclosedReport,
): readonly (readonly string[])[] {
  const inDepth = depth !== 'headline'
  const named = (key: string) => (persons ? key : title(key))
  const row = ({ breakdown, userGroup, band }: Place, effect: MaybeHidden) => [
    plainText(method.key),
    side,
    breakdown,
    plainText(userGroup),
    plainText(band),
    ...effectCells(effect, impact),
  ]
  const hiddenAll = (breakdown: string) => [row({ breakdown, userGroup: '', band: '' }, { suppressed: true })]
  const groups = impact.groups?.flatMap((group) => {
    const userGroup = named(group.userGroup)
    const bands = inDepth ? group.costBands : []
    return [
      row({ breakdown: 'group', userGroup, band: '' }, group),
      ...bands.map((band) => row({ breakdown: 'cost-band', userGroup, band: band.band }, band)),
    ]
  })
  const points = impact.pointsBands?.map((one) =>
    row({ breakdown: 'points-band', userGroup: '', band: one.band }, one),
  )
  const ages = impact.ageBands?.map((one) =>
    row({ breakdown: 'age-band', userGroup: '', band: one.ageBand ?? 'age not known' }, one),
  )
  return [
    row({ breakdown: 'all', userGroup: '', band: '' }, impact.all),
    ...(groups ?? hiddenAll('group')),
    ...(inDepth ? (points ?? hiddenAll('points-band')) : []),
    ...(ages ?? hiddenAll('age-band')),
  ]
}

type MaybeHidden = { readonly suppressed: true } | Shown<Effect>

function effectCells(effect: MaybeHidden, { unchangedWith }: DisclosedImpact): readonly string[] {
  if (effect.suppressed) return [...COUNTS, 'sameCountedAs', ...MONEY].map(() => HIDDEN_MARK)
  const count = (side: 'higher' | 'lower' | 'same') => effect[side]?.people ?? HIDDEN_MARK
  return [
    effect.people,
    count('higher'),
    count('lower'),
    unchangedWith === 'apart' ? count('same') : '',
    unchangedWith === 'apart' ? 'same' : unchangedWith,
    ...MONEY.map((part) => effect[part] ?? (isHideable(part) ? HIDDEN_MARK : '')),
  ]
}

function isHideable(part: (typeof MONEY)[number]): boolean {
  return part === 'gains' || part === 'losses'
}

/** The months, and "all" for them together. */
function scenarioRows({ method, side, scenarios }: DisclosedMethod): readonly (readonly string[])[] {
  return method.scenarios.flatMap(({ scenario, gains, losses, ...own }) => {
    const name = [plainText(method.key), side, scenario, gains, losses]
    if (!scenarios.some((one) => one.scenario === scenario))
      return [[...name, 'all', HIDDEN_MARK, HIDDEN_MARK]]
    return [
      [...name, 'all', own.cost, own.pressure],
      ...own.months.map(({ month, cost, pressure }) => [...name, String(month), cost, pressure]),
    ]
  })
}

/** A row for each class of each tenth; classes that are joined stand together: less+muchLess. */
function tenthRows({ method, side, tenths }: DisclosedMethod): readonly (readonly string[])[] {
  return tenths.flatMap(({ from, to, people: all, existing, new: next, classes }) =>
    classes.map(({ classes: own, people }) => [
      ...[plainText(method.key), side, String(from), String(to)],
      ...[own.join('+'), people, all, existing, next],
    ]),
  )
}

function valueRows({ method, side, characteristics }: DisclosedMethod): readonly (readonly string[])[] {
  return characteristics.flatMap(({ key, values }) =>
    values.map((value) => [
      ...[plainText(method.key), side, plainText(key)],
      plainText(value.keys.map((own) => own ?? '').join('+')),
      value.people,
      ...VALUE_MONEY.map((part) => value[part] ?? ''),
      value.losingOverQuarter?.people ?? HIDDEN_MARK,
    ]),
  )
}
