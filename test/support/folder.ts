// The files of a folder in one process, over one service. A file exports its tests as a function of the test it stands
// in and the service, and meets that service as if it were its own; run alone, it starts one for itself.
import { relative } from 'node:path'
import root, { type Test } from 'tap'
import { filesRunBy, ROOT } from './folder-files.ts'
import type { ServiceOptions, TestService } from './service.ts'

export type Tests = (t: Test, service: TestService) => unknown

/**
 * What a file exports that needs a service: `export const tests = withService(import.meta, (t, service) => …)`. Where
 * its folder has a service of another kind, the file names the same for when it is run alone.
 */
export function withService({ main, filename }: ImportMeta, tests: Tests, options?: ServiceOptions): Tests {
  if (main) root.test(nameOf(filename), async (t) => tests(t, forFile(await start(t, options))))
  return tests
}

/** Runs every test file below a folder, but for those that a `folder.test.ts` nearer to them runs. */
export function runFolder({ filename }: ImportMeta, options?: ServiceOptions): void {
  let started: Promise<TestService> | undefined
  // All at once: between two imports the root would find nothing left to do, and end.
  const paths = filesRunBy(filename)
  for (const path of paths)
    root.test(nameOf(path), async (t) => {
      // What follows at the root may compute so long that a service beside it would lose its database. Said first, it is
      // done last: after whatever of the file still asks the database.
      if (path === paths.at(-1)) t.teardown(async () => (await started)?.stop())
      let added = 0
      const counted = () => {
        added += 1
      }
      root.on('subtestAdd', counted)
      const file: { tests?: Tests } = await import(path)
      root.off('subtestAdd', counted)
      if (file.tests === undefined) {
        // Its tests follow at the root, as they would alone.
        t.ok(added > 0, 'the file has tests')
      } else {
        started ??= start(root, options)
        await file.tests(t, forFile(await started))
      }
    })
}

// Loaded only where it is needed: it brings the whole program.
async function start(t: Test, options?: ServiceOptions): Promise<TestService> {
  const { startService } = await import('./service.ts')
  return startService(t, options)
}

const names = new Map<string, number>()

/** Nothing is logged yet, and no other file has the same authorities: the second that is called avon is `avon-2`. */
function forFile(service: TestService): TestService {
  service.logged.length = 0
  return {
    ...service,
    authority(name, options) {
      const number = (names.get(name) ?? 0) + 1
      names.set(name, number)
      return service.authority(`${name}-${number}`, options)
    },
  }
}

function nameOf(path: string): string {
  return relative(ROOT, path)
}
