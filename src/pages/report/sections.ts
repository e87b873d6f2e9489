// Which sections a depth has, in the order of reading: answers first, then who bears them, then how sure they are.

import type { ReportDepth } from '../../contract/calibration/report.ts'
import type { CalibrationReportData } from './data.ts'
import { disclosedReport } from './disclosed-report.ts'
import { paragraph, type Section, section } from './section.ts'
import { cautions, glossary, hiddenFigures, provenance } from './sections/cautions.ts'
import { changes } from './sections/changes.ts'
import { cohort } from './sections/cohort.ts'
import { equality } from './sections/equality.ts'
import { groups } from './sections/groups.ts'
import { headline, syntheticNotice } from './sections/headline.ts'
import { persons } from './sections/persons.ts'
import { tenths } from './sections/tenths.ts'
import { transition } from './sections/transition.ts'
import { trust } from './sections/trust.ts'

/** The report's contents for one depth. */
export function sections(data: CalibrationReportData, depth: ReportDepth): readonly Section[] {
  const view = disclosedReport(data, depth)
  if (view === null) return [nothing(data)]
  return [
    headline(view),
    changes(view),
    tenths(view),
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
      'The cohort has fewer than 10 people, so any figure would reveal single people. The modeller’s report has the figures.',
    ),
  ])
}
