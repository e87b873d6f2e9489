// Which domains of a questionnaire belong to which outcome of the regulations (SI 2015/313, regs 2(2) and 3(2)).

import type { QuestionDomain, Questionnaire } from '../../contract/documents/questionnaire.ts'
import { Decimal, decimal } from '../number/decimal.ts'
import { present } from '../present.ts'

/** The outcomes of each population, by the regulation that they begin with. */
const REGULATION: Readonly<Record<string, string>> = { adult: '2(2)', carer: '3(2)' }

/** Whether an outcome is one of a population's; of a population that the regulations do not know, any is. */
export function isOfPopulation(outcome: string, population: string): boolean {
  const regulation = Object.hasOwn(REGULATION, population) ? REGULATION[population] : undefined
  return regulation === undefined || outcome.startsWith(regulation)
}

/** An outcome with its domains: of each, the options without points, and those with the most. */
export type PlannedOutcome = {
  readonly code: string
  readonly domains: readonly {
    readonly key: string
    readonly none: ReadonlySet<string>
    readonly most: ReadonlySet<string>
  }[]
}

const CODE = /^[23]\(2\)(\([a-z]+\)){1,2}/

/** In the order of the codes; a domain belongs to the outcome whose code begins an entry of its `careActOutcomes`. */
export function planOutcomes({ population, domains }: Questionnaire): readonly PlannedOutcome[] {
  if (!Object.hasOwn(REGULATION, population)) return []
  const byCode = new Map<string, PlannedOutcome['domains'][number][]>()
  for (const domain of domains) {
    const planned = endsOf(domain)
    for (const code of codesOf(domain)) {
      if (isOfPopulation(code, population)) byCode.set(code, [...(byCode.get(code) ?? []), planned])
    }
  }
  return [...byCode].map(([code, belonging]) => ({ code, domains: belonging })).sort(byRegulation)
}

function codesOf({ careActOutcomes }: QuestionDomain): ReadonlySet<string> {
  return new Set(careActOutcomes.flatMap((entry) => CODE.exec(entry)?.[0] ?? []))
}

function endsOf({ key, options }: QuestionDomain) {
  const highest = Decimal.max(...options.map(({ points }) => decimal(points)))
  const keysOf = (fits: (points: Decimal) => boolean) =>
    new Set(options.filter(({ points }) => fits(decimal(points))).map((option) => option.key))
  return {
    key,
    none: keysOf((points) => points.isZero()),
    most: keysOf((points) => !points.isZero() && points.eq(highest)),
  }
}

const NUMERALS = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii']

// As the regulations number them: 3(2)(b)(v) stands before (vi), and after (iv).
function byRegulation(one: PlannedOutcome, other: PlannedOutcome): number {
  return placeOf(one.code) < placeOf(other.code) ? -1 : 1
}

function placeOf(code: string): string {
  const parts = [...code.slice(4).matchAll(/[a-z]+/g)].map(([part]) => part)
  return `${present(parts[0])}${NUMERALS.indexOf(parts[1] ?? '')}`
}
