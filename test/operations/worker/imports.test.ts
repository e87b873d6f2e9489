// A thread is started for work that somebody waits for, so it loads what it computes with: no forms of documents, which
// are hundreds of modules, and no database. Types cost nothing.
import { readFileSync } from 'node:fs'
import t from 'tap'

const VALUES = /^(?:import|export) (?!type )(?:[^'"]*? from )?'([^']+)'/gm

/** What a module and those that it imports ask of packages. Drawing is loaded when there is something to draw. */
function packagesOf(module: URL, seen = new Set<string>(), found = new Set<string>()): ReadonlySet<string> {
  seen.add(module.href)
  for (const [, name = ''] of readFileSync(module, 'utf8').matchAll(VALUES)) {
    const next = new URL(name, module)
    if (!name.startsWith('.')) found.add(name)
    else if (!seen.has(next.href)) packagesOf(next, seen, found)
  }
  return found
}

t.test('a thread loads no forms and no database', async (t) => {
  const packages = packagesOf(new URL('../../../src/operations/worker/worker.ts', import.meta.url))
  t.strictSame([...packages].filter((name) => !name.startsWith('node:')).sort(), [
    'canonicalize',
    'decimal.js',
  ])
})
