// The five ways of moving people to new amounts, and what each costs.

import { scenarioCosts } from '../../../charts/scenario-costs.ts'
import type { Scenario } from '../../../contract/calibration/impact.ts'
import { listed } from '../../../domain/number/in-words.ts'
import { present } from '../../../domain/present.ts'
import { type Cell, change, type Grid, grid, HIDDEN, pounds, text } from '../../grid.ts'
import type { DisclosedMethod, DisclosedReport } from '../disclosed-report.ts'
import { chartItem, gridItem, type Item, paragraph, type Section, section } from '../section.ts'

const SPEEDS = { full: 'at once', phased: 'in steps', none: 'not yet' } as const

/** Scenarios S1 to S5 with their cost over the months asked for. */
export function transition(view: DisclosedReport): Section {
  const { months, phase } = view.data.transition
  const period = months === 12 ? 'the first year' : `the first ${months} months`
  const first = present(view.methods[0]).method.scenarios
  return section('moving', 'Moving people to new amounts', [
    paragraph(
      'Changes can be phased. Five options are costed person by person, month by month. “In steps” means ' +
        `${phase.steps} equal monthly steps, starting in month ${phase.firstStepMonth}.`,
    ),
    gridItem(scenarioGrid(view, first, `Cost in ${period}`, ({ cost }) => pounds(cost))),
    gridItem(
      scenarioGrid(view, first, `Difference from now, in ${period}`, ({ pressure }) => change(pressure)),
    ),
    ...chartOf(view),
  ])
}

/** The scenario's name in words: "S2: gains at once, losses in steps". */
export function scenarioTitle({ scenario, gains, losses }: Scenario): string {
  return `${scenario}: gains ${SPEEDS[gains]}, losses ${SPEEDS[losses]}`
}

function scenarioGrid(
  { sides: methods }: DisclosedReport,
  scenarios: readonly Scenario[],
  caption: string,
  cell: (scenario: Scenario) => Cell,
): Grid {
  const hidden = methods.some((one) => one.scenarios.length < one.method.scenarios.length)
  return grid(
    caption,
    ['Scenario', ...methods.map(({ method }) => method.title)],
    scenarios.map((scenario) => [
      text(scenarioTitle(scenario)),
      ...methods.map((one) => own(one, scenario, cell)),
    ]),
    hidden ? 'Hidden where the figure would reveal the gains or losses of fewer than 10 people.' : null,
  )
}

function own(
  { scenarios }: DisclosedMethod,
  { scenario }: Scenario,
  cell: (scenario: Scenario) => Cell,
): Cell {
  const found = scenarios.find((one) => one.scenario === scenario)
  return found === undefined ? HIDDEN : cell(found)
}

function chartOf({ sides: methods }: DisclosedReport): readonly Item[] {
  const lines = methods.flatMap(({ method, scenarios }) =>
    scenarios.map((scenario) => ({
      method: method.title,
      scenario: scenarioTitle(scenario),
      months: scenario.months,
    })),
  )
  const partly = methods
    .filter((one) => one.scenarios.length < one.method.scenarios.length)
    .map(({ method }) => method.title)
  const leftOut =
    partly.length === 0
      ? ''
      : ` Some scenarios are left out for ${listed(partly)}: they would reveal the gains or losses of fewer than 10 people.`
  return [chartItem(scenarioCosts('scenarios', lines), `The £ scale does not start at £0.${leftOut}`)]
}
