// What must be said with any of these figures: cautions, what is hidden and why, the words used, and where the figures
// come from.
import { listed, plain } from '../../../domain/number/in-words.ts'
import { HIDDEN_MARK } from '../../grid.ts'
import type { CalibrationReportData } from '../data.ts'
import type { DisclosedReport } from '../disclosed-report.ts'
import { type Item, list, notice, paragraph, type Section, section } from '../section.ts'

export function cautions(): Section {
  return section('cautions', 'Before you rely on these figures', [
    list([
      'Present costs do not measure need. A table built on current spending repeats today’s unfairness: see “Equality”.',
      'A lower figure in this report takes nothing from anyone. Nobody’s support may fall below what meets their eligible needs.',
      'Points reflect only what the questions ask. The person who decides must consider needs that carry no points.',
      'Averages hide people: a small change for a group can hide large gains and large losses.',
    ]),
  ])
}

export function hiddenFigures(view: DisclosedReport): Section {
  if (view.persons)
    return section('hidden', 'What is hidden', [
      paragraph(
        'Nothing: this is the modeller’s report. It shows single people and small numbers. Do not publish it or pass it on.',
      ),
    ])
  return section('hidden', 'What is hidden', [
    paragraph(
      'Groups, ages, bands and sizes of change with fewer than 10 people are joined with others until each has at least ' +
        '10. So nobody can work out a smaller number from the money or the points beside it. Where only a few people would get ' +
        'the same, they are counted with those who would get less, or more. A figure that would still count fewer than ' +
        `10 people, or reveal them, is printed as ${HIDDEN_MARK}. Zeros are shown. Single people appear only in the modeller’s report.`,
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
      `Small numbers are shown for ${parts}: the person who requested this run declared that the council has already published them. ` +
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
        { term: 'Cohort', meaning: 'the cases that the table is based on.' },
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
        {
          term: 'Seed',
          meaning: own.seed === null ? 'none: this run used no random draws' : String(own.seed),
        },
        { term: 'Questionnaire', meaning: questionnaireText(own) },
      ],
    },
    paragraph('The same cohort, run, version and seed give the same report, byte for byte.'),
  ])
}

function questionnaireText({ questionnaire, scaleMaximum }: CalibrationReportData['provenance']): string {
  return `${questionnaire ?? 'not stated'}; points from 0 to ${plain(scaleMaximum)}`
}
