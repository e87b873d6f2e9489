// Compiled engines by the versions that they were compiled from. What is published never changes, so neither do they;
// those used least lately are let go, and compiled again when they are asked for.
import type { PricedQuestionnaire, TablePlan } from '../../domain/allocation/price.ts'
import { compile, type Engine } from '../../domain/engine/engine.ts'

// Each may hold some megabytes of amounts and lines.
const MOST_ENGINES = 50

export type Engines = {
  /** For a table, or for people who are not eligible and need none. The same objects give the same engine. */
  of(questionnaire: PricedQuestionnaire, table: TablePlan | null): Engine
}

export function compiledEngines(most = MOST_ENGINES): Engines {
  const engines = new Map<PricedQuestionnaire | TablePlan, Engine>()
  return {
    of(questionnaire, table) {
      // A table prices one version of a questionnaire only.
      const version = table ?? questionnaire
      const engine = engines.get(version) ?? compile(questionnaire, table)
      engines.delete(version)
      engines.set(version, engine)
      const [first] = engines.keys()
      if (engines.size > most && first !== undefined) engines.delete(first)
      return engine
    },
  }
}
