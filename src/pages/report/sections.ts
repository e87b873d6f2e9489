// Which sections a depth has, in the order of reading: answers first, then who bears them, then how sure they are.

import { cautions, glossary, hiddenFigures, provenance } from './cautions.ts'
import { changes } from './changes.ts'
import { cohort } from './cohort.ts'
import type { CalibrationReportData, ReportDepth } from './data.ts'
import { disclosedReport } from './disclosed-report.ts'
import { equality } from './equality.ts'
import { groups } from './groups.ts'
import { headline, syntheticNotice } from './headline.ts'
import { persons } from './persons.ts'
import { paragraph, type Section, section } from './section.ts'
import { transition } from './transition.ts'
import { trust } from './trust.ts'

/** The report's contents for one depth. */
export function sections(data: CalibrationReportData, depth: ReportDepth): readonly Section[] {
  const view = disclosedReport(data, depth)
  if (view === null) return [nothing(data)]
  return [
    headline(view),
    changes(view),
    equality(view),
    transition(view),
    trust(view),
    ...(depth === 'headline' ? [] : [groups(view)]),
    ...(depth === 'persons' ? [persons(view)] : []),
    cohort(view),
    cautions(),
    hiddenFigures(view),
    glossary(),
    provenance(view),
  ]
}

function nothing(data: CalibrationReportData): Section {
  return section('in-short', 'In short', [
    ...syntheticNotice(data),
    paragraph(
      'The cohort has fewer than 10 people. Nothing of it can be shown without showing single people; the modeller’s report has the figures.',
    ),
  ])
}
