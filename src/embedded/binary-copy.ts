// Copies PostgreSQL to where the unprivileged user can run it, when the project lies under a private folder.
import { randomBytes } from 'node:crypto'
import { chmod, cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Binaries, binariesIn, tryBinaries } from './binaries.ts'
import type { Identity } from './child-command.ts'
import { EmbeddedPostgresError } from './errors.ts'

/** Whether that user cannot run the programs where they are. */
export async function isOutOfReach(binaries: Binaries, identity: Identity): Promise<boolean> {
  return !(await tryBinaries(binaries, identity)).succeeded
}

/** A copy that user can run, made once per version under `root`. */
export async function copyBinaries(binaries: Binaries, root: string, identity: Identity): Promise<Binaries> {
  const copy = binariesIn(join(root, `postgresql-${binaries.version}`), binaries.version)
  if (!(await exists(copy.folder))) await copyWhole(binaries.folder, root, copy.folder)
  const { succeeded, output } = await tryBinaries(copy, identity)
  if (succeeded) return copy
  throw new EmbeddedPostgresError(
    `PostgreSQL runs as uid ${identity.uid}, which can run it neither in ${binaries.folder} nor from the copy in ` +
      `${copy.folder}: ${output}. Delete that copy and start again, or set DATABASE_URL to a PostgreSQL 18 server.`,
  )
}

// Renamed into place at the end: a copy that was cut short is never taken for a whole one.
async function copyWhole(source: string, root: string, target: string): Promise<void> {
  const draft = `${target}.${randomBytes(6).toString('hex')}`
  if ((await mkdir(root, { recursive: true })) !== undefined) await chmod(root, 0o755)
  await cp(source, draft, { recursive: true, verbatimSymlinks: true })
  await openToEveryone(draft)
  try {
    await rename(draft, target)
  } catch (error) {
    // Another start may have finished the same copy first.
    await rm(draft, { recursive: true, force: true })
    if (!(await exists(target))) throw error
  }
}

async function openToEveryone(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToEveryone(path)
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644)
  }
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
