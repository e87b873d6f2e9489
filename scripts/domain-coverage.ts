// What of src/domain no test has run: there, and only there, everything must be.
import { readFile } from 'node:fs/promises'

type Covered = Record<
  string,
  {
    statementMap: Record<string, { start: { line: number } }>
    s: Record<string, number>
    branchMap: Record<string, { loc: { start: { line: number } } }>
    b: Record<string, number[]>
    fnMap: Record<string, { name: string; loc: { start: { line: number } } }>
    f: Record<string, number>
  }
>

export async function domainCoverageFaults(report: string): Promise<string[]> {
  const covered = JSON.parse(await readFile(report, 'utf8')) as Covered
  const files = Object.entries(covered).filter(([path]) => path.includes('/src/domain/'))
  if (files.length === 0) return ['The coverage report has no file of src/domain.']
  return files.flatMap(([path, file]) => {
    const name = path.slice(path.indexOf('src/domain/'))
    const lines = new Set<number>()
    for (const [id, times] of Object.entries(file.s))
      if (times === 0) lines.add(file.statementMap[id]?.start.line ?? 0)
    for (const [id, times] of Object.entries(file.b))
      if (times.includes(0)) lines.add(file.branchMap[id]?.loc.start.line ?? 0)
    for (const [id, times] of Object.entries(file.f))
      if (times === 0) lines.add(file.fnMap[id]?.loc.start.line ?? 0)
    return [...lines].sort((a, b) => a - b).map((line) => `not covered: ${name}:${line}`)
  })
}
