// Which file of tests runs in which process: in that of the nearest `folder.test.ts` above it, or in one of its own.
import { existsSync, globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const FOLDER_TEST = 'folder.test.ts'

export function isFolderTest(path: string): boolean {
  return path.endsWith(`/${FOLDER_TEST}`)
}

/** Every file of tests, as a path from the root. */
export function testFiles(): readonly string[] {
  return globSync('test/**/*.test.ts', { cwd: ROOT })
    .filter((path) => !isFolderTest(path))
    .sort()
}

/**
 * What computes so long that counting lines would cost more than all else of its folder: each a process of its own, in
 * which none are counted.
 */
export const UNCOUNTED: readonly string[] = [
  'test/domain/calibration/trust/uncounted/folder.test.ts',
  'test/domain/engine/uncounted/folder.test.ts',
]

/** What takes so long that others would wait for it: they run beside it. */
const ALONE = ['test/trust/crash.test.ts', 'test/trust/start.test.ts']

/** The file that is started for a file of tests. */
export function starterOf(path: string): string {
  if (ALONE.includes(path)) return path
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder))
    if (existsSync(join(ROOT, folder, FOLDER_TEST))) return join(folder, FOLDER_TEST)
  return path
}

/** The files, as paths, that a `folder.test.ts` runs. */
export function filesRunBy(folderTest: string): readonly string[] {
  return testFiles()
    .filter((path) => join(ROOT, starterOf(path)) === folderTest)
    .map((path) => join(ROOT, path))
}
