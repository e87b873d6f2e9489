// Every fault that a rule tells says what to do about it: its last sentence is something to do.
import t from 'tap'
import type { Fault } from '../../src/contract/refusal.ts'
import { answerFaults } from '../../src/domain/questionnaire/answer-faults.ts'
import { questionnaireFaults } from '../../src/domain/questionnaire/questionnaire-faults.ts'
import { planScoring } from '../../src/domain/questionnaire/scoring-plan.ts'
import { tableFaults } from '../../src/domain/table/table-faults.ts'
import { answerCases } from '../cases/answer-faults.ts'
import { questionnaire } from '../cases/documents.ts'
import { questionnaireCases } from '../cases/questionnaire-faults.ts'
import { changedTable, context, tableCases } from '../cases/table-faults.ts'

const TO_DO =
  /(^|[.!?] )(Add|Change|Choose|Define|Give|Keep|Leave|Lower|Name|Publish|Put|Raise|Rename|Say|Take|Answer|Write|If nothing applies)\b[^.]*(\.\d[^.]*)*\.$/

function tell(kind: string, faults: readonly Fault[]): void {
  const details = new Map(faults.map(({ code, detail }) => [detail, code]))
  t.test(`every fault of ${kind} says what to do`, async (t) => {
    t.ok(details.size > 5)
    for (const [detail, code] of details) t.match(detail, TO_DO, code)
  })
}

tell(
  'a questionnaire',
  questionnaireCases.flatMap(({ of }) => questionnaireFaults(of)),
)
tell(
  'a table',
  tableCases.flatMap((one) => tableFaults(changedTable(one), { ...context, ...one.against })),
)
tell(
  'the answers',
  answerCases.flatMap(({ of = questionnaire, given }) => answerFaults(planScoring(of), given)),
)
