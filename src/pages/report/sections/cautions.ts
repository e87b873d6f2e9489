// What must be said with any of these figures: cautions, what is hidden and why, the words used, and where the figures
// come from.
import { listed, plain } from '../../../domain/number/in-words.ts'
import { HIDDEN_MARK } from '../../grid.ts'
import type { CalibrationReportData } from '../data.ts'
import type { DisclosedReport } from '../disclosed-report.ts'
import { type Item, list, notice, paragraph, type Section, section } from '../section.ts'

export function cautions(): Section {
  return section('cautions', 'Before anybody relies on this', [
    list([
      'Present costs are no measure of need. What is unfair now is copied, with a formula to prove it: see “Equality”.',
      'A person who would get less on paper loses nothing by this report. Nobody’s support may fall below what meets their eligible needs.',
      'Points see only what the questions ask. Needs that carry no points are for the person who decides.',
      'Averages hide people: a group’s small change can be large gains and large losses together.',
    ]),
  ])
}

export function hiddenFigures(view: DisclosedReport): Section {
  if (view.persons)
    return section('hidden', 'What is hidden', [
      paragraph(
        'Nothing: this is the modeller’s report. It shows single people and small numbers, and must not be published or passed on.',
      ),
    ])
  return section('hidden', 'What is hidden', [
    paragraph(
      'Groups, ages, bands and sizes of change with fewer than 10 people are joined with others until each counts at least 10, ' +
        'so that no smaller number can be worked out from the money or the points beside it. Those who would get the same are counted with those who ' +
        `would get less where they are so few. A figure that would still count fewer than 10 people, or give them away, is printed as ${HIDDEN_MARK}. ` +
        'Zeros are shown. Single people appear only in the modeller’s report.',
    ),
    ...publishedItems(view),
  ])
}

const BREAKDOWN_WORDS = {
  groups: 'groups and their bands of cost',
  pointsBands: 'bands of points',
  ageBands: 'ages',
} as const

function publishedItems({ data: { published } }: DisclosedReport): readonly Item[] {
  if (published === null) return []
  const parts = listed(published.breakdowns.map((part) => BREAKDOWN_WORDS[part]))
  return [
    notice(
      `Small numbers are shown for ${parts}: whoever asked for this run declared that the council has published them already. ` +
        `Where: ${published.source} Why they are shown: ${published.reason}`,
    ),
  ]
}

export function glossary(): Section {
  return section('words', 'Words', [
    {
      kind: 'terms',
      terms: [
        {
          term: 'Points',
          meaning: 'how much support a person’s answers call for, on the questionnaire’s scale.',
        },
        { term: 'Table', meaning: 'the published list that turns points into pounds a year.' },
        { term: 'Cohort', meaning: 'the real cases that the table was worked out from.' },
        { term: 'Method', meaning: 'a way of drawing the table’s line through the cohort.' },
        { term: 'Indicative', meaning: 'a starting figure; the personal budget is decided by a person.' },
        { term: 'Scenario', meaning: 'a way, and a speed, of moving people to new amounts.' },
      ],
    },
  ])
}

export function provenance(view: DisclosedReport): Section {
  const { provenance: own, cohort } = view.data
  return section('provenance', 'Where these figures come from', [
    {
      kind: 'terms',
      terms: [
        { term: 'Cohort', meaning: `${cohort.name}, content hash ${own.cohortHash}` },
        ...(cohort.syntheticNote === null
          ? []
          : [{ term: 'Synthetic', meaning: `No row is about a real person. ${cohort.syntheticNote}` }]),
        { term: 'Run', meaning: own.runId },
        { term: 'Engine version', meaning: own.engineVersion },
        { term: 'Seed', meaning: own.seed === null ? 'none: nothing was drawn by chance' : String(own.seed) },
        { term: 'Questionnaire', meaning: questionnaireText(own) },
      ],
    },
    paragraph('The same cohort, run, version and seed give the same report, byte for byte.'),
  ])
}

function questionnaireText({ questionnaire, scaleMaximum }: CalibrationReportData['provenance']): string {
  return `${questionnaire ?? 'not stated'}; points from 0 to ${plain(scaleMaximum)}`
}
