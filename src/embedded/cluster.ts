// Makes the database cluster once, with a random superuser password, and afterwards only reads that password.
import { randomBytes } from 'node:crypto'
import { chown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from './child-command.ts'
import { EmbeddedPostgresError } from './errors.ts'
import type { Home } from './home.ts'

/** The superuser of every embedded cluster. */
export const superuser = 'postgres'

/** Initialises the cluster unless it is there; returns the superuser's password. */
export async function ensureCluster(home: Home): Promise<string> {
  if (!(await isFolder(home.cluster))) await createCluster(home)
  return await readPassword(home)
}

// Under a name of its own until it is whole: an interrupted initdb, which may even still be running, is simply
// begun again beside its remains.
async function createCluster(home: Home): Promise<void> {
  await removeDrafts(home)
  const draft = `${home.cluster}.new.${randomBytes(6).toString('hex')}`
  await mkdir(draft, { mode: 0o700 })
  await writePassword(home)
  await giveAway(draft, home)
  const { succeeded, output } = await runCommand(
    home.binaries.initdb,
    initdbOptions(home, draft),
    home.identity,
  )
  if (!succeeded) {
    throw new EmbeddedPostgresError(
      `PostgreSQL could not create its data in ${home.folder}: ${output}. ` +
        'Check free space and permissions and start again, or set DATABASE_URL.',
    )
  }
  await rename(draft, home.cluster)
  await syncFolder(home.folder)
}

async function removeDrafts({ folder }: Home): Promise<void> {
  const drafts = (await readdir(folder)).filter((name) => name.startsWith('cluster.new.'))
  await Promise.all(
    drafts.map((name) => rm(join(folder, name), { recursive: true, force: true, maxRetries: 5 })),
  )
}

function initdbOptions(home: Home, draft: string): string[] {
  return [
    `--pgdata=${draft}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile(home)}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // PostgreSQL's own C.UTF-8 sorts alike on every machine, whatever locales the system has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
  ]
}

async function writePassword(home: Home): Promise<void> {
  const file = passwordFile(home)
  await rm(file, { force: true })
  await writeFile(file, `${randomBytes(32).toString('base64url')}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  })
  await giveAway(file, home)
}

async function readPassword(home: Home): Promise<string> {
  try {
    return (await readFile(passwordFile(home), 'utf8')).trim()
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The data in ${home.folder} are there, but their password file ${passwordFile(home)} cannot be read ` +
        `(${(error as Error).message}). Put it back from a copy, or start with another folder in DATA_DIR.`,
    )
  }
}

async function giveAway(path: string, { identity }: Home): Promise<void> {
  if (identity !== undefined) await chown(path, identity.uid, identity.gid)
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

function passwordFile(home: Home): string {
  return join(home.folder, 'password')
}
