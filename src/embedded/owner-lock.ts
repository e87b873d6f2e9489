// Decides which one process owns a data folder. Claims are numbered files owner.1, owner.2, …: the highest is
// the owner while its process lives. A dead claim is never taken away but outbid by the next number, so two
// processes that find the same dead owner cannot both succeed it.
import { randomBytes } from 'node:crypto'
import { chmod, link, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AlreadyRunningError } from './errors.ts'
import { processMark } from './process-mark.ts'

export type OwnerLock = { release(): Promise<void> }

type Owner = { pid: number; mark: string | undefined }

/** Makes this process the owner of the folder; throws AlreadyRunningError beside a living owner. */
export async function acquireOwnerLock(folder: string): Promise<OwnerLock> {
  for (;;) {
    const latest = Math.max(0, ...(await claims(folder)))
    const owner = await livingOwner(folder, latest)
    if (owner !== undefined) throw new AlreadyRunningError(owner.pid, folder)
    const mine = latest + 1
    if (!(await claim(folder, mine))) continue
    const standing = await claims(folder)
    if (Math.max(...standing) === mine) {
      await Promise.all(
        standing.filter((n) => n < mine).map((n) => rm(claimFile(folder, n), { force: true })),
      )
      return { release: () => release(claimFile(folder, mine)) }
    }
    await rm(claimFile(folder, mine), { force: true })
  }
}

// An emptied claim keeps its number taken, which a slow rival may be about to use.
async function release(file: string): Promise<void> {
  await truncate(file, 0).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}

async function claims(folder: string): Promise<number[]> {
  const names = await readdir(folder)
  return names.flatMap((name) => (/^owner\.\d+$/.test(name) ? [Number(name.slice('owner.'.length))] : []))
}

async function livingOwner(folder: string, number: number): Promise<Owner | undefined> {
  const owner = await readOwner(claimFile(folder, number))
  if (owner?.mark === undefined) return undefined
  return (await processMark(owner.pid)) === owner.mark ? owner : undefined
}

// A claim without content was released or lost it with the power, a missing one was outbid meanwhile: no owner.
// One that may not be read is no proof of that, and throws.
async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Owner
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

// Written aside and then linked, so that a claim appears whole or not at all.
async function claim(folder: string, number: number): Promise<boolean> {
  const draft = join(folder, `claim.${process.pid}.${randomBytes(6).toString('hex')}`)
  const owner: Owner = { pid: process.pid, mark: await processMark(process.pid) }
  await writeFile(draft, JSON.stringify(owner), { flag: 'wx' })
  // Other users must be able to see that the folder is taken, whatever the umask.
  await chmod(draft, 0o644)
  try {
    await link(draft, claimFile(folder, number))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

function claimFile(folder: string, number: number): string {
  return join(folder, `owner.${number}`)
}
