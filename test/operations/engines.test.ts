// Compiled engines are kept by the versions they were compiled from, and only so many.
import t from 'tap'
import { planTable } from '../../src/domain/allocation/price.ts'
import { planScoring } from '../../src/domain/questionnaire/scoring-plan.ts'
import { compiledEngines } from '../../src/operations/document/engines.ts'
import { questionnaire, questionnaireRef, table, tableRef } from '../cases/documents.ts'

const priced = { ref: questionnaireRef, plan: planScoring(questionnaire) }
const tables = Array.from({ length: 3 }, () => planTable(tableRef, table, priced))

t.test('a version is compiled once, with its table and without', async (t) => {
  const engines = compiledEngines()
  const [first] = tables
  const without = engines.of(priced, null)
  const within = engines.of(priced, first ?? null)
  t.equal(engines.of(priced, null), without)
  t.equal(engines.of(priced, first ?? null), within)
  t.not(without, within)
})

t.test('of too many, the one used least lately is let go', async (t) => {
  const engines = compiledEngines(2)
  const of = (i: number) => engines.of(priced, tables[i] ?? null)
  const [first, second] = [of(0), of(1)]
  t.equal(of(0), first)
  of(2)
  t.equal(of(0), first, 'it was used again, and stays')
  t.not(of(1), second, 'compiled anew')
})
