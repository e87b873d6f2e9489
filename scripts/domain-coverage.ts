// What of src/domain no test has run: there, and only there, everything must be. Read from what V8 counts, process by
// process; as types are only blanked out of a program, its places are those of the source.
import { readdir, readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ROOT } from '../test/support/folder-files.ts'

type Range = { readonly startOffset: number; readonly endOffset: number; readonly count: number }
type Script = { readonly url: string; readonly functions: readonly { readonly ranges: readonly Range[] }[] }

const DOMAIN = new URL('../src/domain/', import.meta.url).href
const DOMAIN_FOLDER = fileURLToPath(DOMAIN)

/** `folder` is where the processes wrote what they counted. */
export async function domainCoverageFaults(folder: string): Promise<string[]> {
  const unrun = new Map<string, Uint8Array>()
  for (const name of await readdir(folder)) {
    const { result } = JSON.parse(await readFile(join(folder, name), 'utf8')) as { result: Script[] }
    for (const script of result.filter(({ url }) => url.startsWith(DOMAIN))) {
      const here = unrunIn(script)
      const before = unrun.get(script.url)
      unrun.set(script.url, before === undefined ? here : here.map((one, i) => one & (before[i] ?? 0)))
    }
  }
  if (unrun.size === 0) return ['Nothing was counted of src/domain.']
  const faults = await Promise.all([...unrun].map(([url, marks]) => faultsOf(fileURLToPath(url), marks)))
  return [...faults.flat(), ...(await neverLoaded(unrun))].sort()
}

/** A file that no test loads is in no count. One of types alone has nothing to load. */
async function neverLoaded(counted: ReadonlyMap<string, Uint8Array>): Promise<string[]> {
  const names = (await readdir(DOMAIN_FOLDER, { recursive: true })).filter((name) => name.endsWith('.ts'))
  const paths = names.map((name) => join(DOMAIN_FOLDER, name))
  const uncounted = paths.filter((path) => !counted.has(pathToFileURL(path).href))
  const runs = await Promise.all(uncounted.map(async (path) => hasCode(await readFile(path, 'utf8'))))
  return uncounted.filter((_, i) => runs[i]).map((path) => `never loaded: ${relative(ROOT, path)}`)
}

function hasCode(source: string): boolean {
  const comments = /\/\*[\s\S]*?\*\/|\/\/.*/g
  return /[^\s;]/.test(stripTypeScriptTypes(source).replace(comments, ''))
}

/** A mark for each character that did not run. Outer ranges come before those within them. */
function unrunIn({ functions }: Script): Uint8Array {
  const ranges = functions.flatMap((one) => one.ranges)
  const marks = new Uint8Array(Math.max(...ranges.map(({ endOffset }) => endOffset)))
  const outerFirst = ranges.toSorted((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset)
  for (const { startOffset, endOffset, count } of outerFirst)
    marks.fill(count === 0 ? 1 : 0, startOffset, endOffset)
  return marks
}

async function faultsOf(path: string, marks: Uint8Array): Promise<string[]> {
  const source = await readFile(path, 'utf8')
  let from = 0
  return source.split('\n').flatMap((line, i) => {
    const start = from
    from += line.length + 1
    const missed = [...line].some((_, at) => marks[start + at] === 1 && /\S/.test(line[at] ?? ''))
    return missed ? [`not covered: ${relative(ROOT, path)}:${i + 1}`] : []
  })
}
