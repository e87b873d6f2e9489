// The synthetic cohort of 134 that agrees with all that Bath & North East Somerset printed in 2012, as a council would
// send it, and the figures of the report that it has to give back.

import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { Questionnaire } from '../../../src/contract/documents/questionnaire.ts'
import { present } from '../../../src/domain/present.ts'

type Row = Readonly<Record<string, string>>

const rows = read('bnes-2012-reconstructed-cohort.csv')
/** The report's 24 cells as printed. */
export const printed = read('bnes-table.csv')

function read(name: string): Row[] {
  return parse(readFileSync(new URL(`../../data/${name}`, import.meta.url)), { columns: true })
}

export function groupKey(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-')
}

const groups = [...new Set(rows.map((row) => present(row.clientGroup)))]

/** One question, since only points are known of 2012. */
export const bnesQuestionnaire: Questionnaire & { key: string } = {
  key: 'bnes',
  title: 'Points of 2012',
  population: 'adult',
  userGroups: groups.map((title) => ({ key: groupKey(title), title, ageDefined: title.includes('Older') })),
  domains: [
    {
      key: 'needs',
      title: 'Needs',
      question: 'What was scored?',
      careActOutcomes: [],
      carerAdjustable: false,
      options: [0, 20, 100].map((points) => ({
        key: `p${points}`,
        label: `${points} points`,
        points: `${points}.00`,
      })),
    },
  ],
  weightings: [],
  addOns: [],
  referralRules: [],
  scaleMaximum: '100.00',
  source: 'B&NES 2012',
  rationale: 'A test.',
}

/** The cohort as a file, with costs a year. */
export function bnesCsv(): string {
  const lines = rows.map(({ ref, clientGroup, points, annualCost }) =>
    [ref, groupKey(present(clientGroup)), points, annualCost].join(','),
  )
  return ['ref,userGroup,points,costAnnual', ...lines].join('\r\n')
}

/** The report's bands of each group, by their upper limits: "£0 - £2,500" ends below £2,501. */
export function bnesCostBands() {
  const byGroup: Record<string, { label: string; below: string | null }[]> = {}
  for (const { client_group, cost_band } of printed) {
    const group = groupKey(present(client_group))
    byGroup[group] = [...(byGroup[group] ?? []), { label: present(cost_band), below: null }]
  }
  for (const bands of Object.values(byGroup)) {
    bands.forEach((band, i) => {
      const [, upper] = /- £([0-9,]+)$/.exec(band.label) ?? []
      if (i < bands.length - 1) band.below = `${Number(present(upper).replaceAll(',', '')) + 1}.00`
    })
  }
  return { all: [{ label: 'any', below: null }], byGroup }
}
