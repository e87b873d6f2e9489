// One method at the same points is one text in one report: table, ranges, first screen and CSV read one function.
import { parse } from 'csv-parse/sync'
import t from 'tap'
import type { ReportDepth } from '../../../src/contract/calibration/report.ts'
import { inPounds } from '../../../src/domain/number/in-words.ts'
import { calibrationCsv } from '../../../src/pages/report/calibration-csv.ts'
import { calibrationReport } from '../../../src/pages/report/report.ts'
import { tablesOf } from './attack.ts'
import { CASES, REQUESTS, reportData } from './bnes-report.ts'

const TIE_MEAN = { method: 'percentile', mode: 'tie-mean', neutral: true } as const
const data = reportData(CASES, [...REQUESTS, TIE_MEAN])

for (const depth of ['headline', 'groups', 'persons'] as readonly ReportDepth[])
  t.test(`${depth}: table, ranges, first screen and CSV say the same of the same points`, async (t) => {
    const html = await calibrationReport(data, depth)
    const said = new Map<string, Set<string>>()
    const say = (method: string, points: string | undefined, amount: string | undefined) => {
      const key = `${method} at ${Number(points)}`
      said.set(key, (said.get(key) ?? new Set()).add(amount?.split(' (')[0] ?? ''))
    }
    const grids = tablesOf(html).filter(({ caption }) => caption.startsWith('Amount for points'))
    for (const { heads, rows } of grids)
      for (const [points, ...amounts] of rows)
        for (const [i, one] of amounts.entries()) say(heads[i + 1] ?? '', points, one)
    const [, at, first] = /at ([\d.]+) points the table gives (£[\d,]+)/.exec(html) ?? []
    say('Fixed £ per point', at, first)
    const lines = parse(calibrationCsv(data, 'tables', depth), { columns: true }) as Record<string, string>[]
    for (const { method, points, amountAnnual = '' } of lines) {
      const title = data.methods.find(({ key }) => key === method)?.title ?? ''
      if (said.has(`${title} at ${Number(points)}`)) say(title, points, inPounds(amountAnnual))
    }
    t.ok(grids.length >= 2 && said.size >= 40)
    for (const [where, amounts] of said) t.equal(amounts.size, 1, `${where}: ${[...amounts].join(', ')}`)
  })
