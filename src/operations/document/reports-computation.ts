// The reports of a draft: its amounts for the people whom a run included, told as everybody may read them.

import type { Provenance } from '../../contract/documents/provenance.ts'
import type { EqualityReport, ImpactReport } from '../../contract/documents/table-reports.ts'
import { Refusal } from '../../contract/refusal.ts'
import type { Case } from '../../domain/calibration/cohort/case.ts'
import { sidesOf } from '../../domain/calibration/effects/effects.ts'
import { FEWEST_SHOWN } from '../../domain/disclosure/may-show.ts'
import { publicEffects } from '../../domain/disclosure/public-effects.ts'
import { canonicalJson } from '../../domain/log/canonical.ts'
import { fractionOf } from '../../domain/number/decimal-fraction.ts'
import { ageDefinedGroupsApart, groupsOf } from '../../domain/table/calibration-table.ts'
import { cliffsOf } from '../../domain/table/stretches.ts'
import { type TableInput, tablePrices } from '../caseload/table-prices.ts'
import type { Progress } from '../run/computation.ts'
import { caseOfPerson, peopleIn } from '../run/outcome-text.ts'
import { decodeResults } from '../run/results.ts'
import { bandsOf, costBandsOf } from '../run/run-request.ts'

export type ReportsInput = {
  readonly table: TableInput
  readonly revision: number
  readonly contentHash: string
  readonly run: { readonly id: string; readonly resultHash: string }
  /** The run's results, and its people one a line, as they are stored. */
  readonly results: string
  readonly persons: string
}

/** The canonical texts; `equality` is null where the cohort says nothing that it could be about. */
export type ReportTexts = { readonly impact: string; readonly equality: string | null }

/** Refuses `calibration-impossible` where the table prices too few people for anybody to be told of. */
export function* makeReports(input: ReportsInput): Generator<Progress, ReportTexts> {
  yield { stage: 'reading the table', done: 0, total: 1 }
  const { table, persons } = input
  const { content, questionnaire } = table
  const results = decodeResults(input.results)
  const { request } = results
  const included = [...peopleIn(persons)].filter(({ excluded }) => excluded === null).map(caseOfPerson)
  const priced = pricedBy(table, included)
  const cases = priced.map(({ person }) => person)
  const sides = sidesOf(
    priced.map(({ amount }) => amount),
    fractionOf(content.contingency.fraction),
  )
  const cohort = {
    cases,
    existing: cases.map(({ cost }) => cost),
    userGroups: questionnaire.userGroups,
    bands: { costBands: costBandsOf(request.costBands), pointsBands: bandsOf(request.pointsBands) },
  }
  yield { stage: 'writing the reports', done: 0, total: 1 }
  const effects = publicEffects(cohort, sides, {
    scenarios: request.scenarios,
    characteristics: results.characteristics,
  })
  if (effects === null) throw tooFew()
  const reported = {
    v: 1,
    table: { ...table.ref, revision: input.revision, contentHash: input.contentHash },
    run: input.run,
  } as const
  const notPriced = included.length - cases.length
  const { sameCountedAs, whole, available, tenths, scenarios, pointsBands } = effects
  const impact: ImpactReport = {
    ...reported,
    syntheticNote: results.syntheticNote ?? null,
    rows: { priced: cases.length, notPriced: isHidden(notPriced) ? null : notPriced },
    sameCountedAs,
    whole,
    available,
    tenths,
    scenarios,
    accuracy: accuracyOf(content.provenance),
    bands: pointsBands,
    cliffs: cliffsOf(content),
  }
  const { groups, ageBands, characteristics } = effects
  const equality: EqualityReport = {
    ...reported,
    ageDefined: ageDefined(table),
    groups,
    ageBands,
    characteristics,
  }
  const isSilent = [equality.ageDefined, characteristics.whole].every((list) => list.length === 0)
  const ageless = cases.every(({ ageBand }) => ageBand === null)
  return {
    impact: canonicalJson(impact),
    equality: isSilent && ageless && groups.length <= 1 ? null : canonicalJson(equality),
  }
}

function isHidden(rows: number): boolean {
  return rows > 0 && rows < FEWEST_SHOWN
}

// Whom the table is not for, by group or by where they live, it does not price.
function pricedBy(table: TableInput, people: readonly Case[]) {
  const prices = tablePrices(table)
  return people.flatMap((person) => {
    if (prices.isOutside(person.userGroup, person.setting ?? 'own-home')) return []
    const amount = prices.amount(person.userGroup, person.points)
    return amount === null ? [] : { person, amount }
  })
}

function accuracyOf(provenance: Provenance | undefined): ImpactReport['accuracy'] {
  return provenance?.accuracy ?? null
}

function ageDefined({ content, questionnaire }: TableInput): EqualityReport['ageDefined'] {
  return ageDefinedGroupsApart(content, questionnaire).map((userGroup) => {
    const curve = content.curves.find((one) => groupsOf(one, []).includes(userGroup))
    const group = questionnaire.userGroups.find(({ key }) => key === userGroup)
    return {
      userGroup,
      title: group?.title ?? userGroup,
      reasonForDifference: curve?.reasonForDifference ?? null,
      ageReason: curve?.ageReason ?? null,
    }
  })
}

function tooFew(): Refusal {
  const detail = `The table prices fewer than ${FEWEST_SHOWN} of the run's people, and nobody is told of so few. Name another run.`
  return new Refusal('calibration-impossible', detail, {
    faults: [{ pointer: '/evidence', code: 'cohort-too-small', detail }],
  })
}
