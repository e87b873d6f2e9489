// Decides where the data live, which user runs PostgreSQL, and from where: the same answer at every start, so
// that a restart finds the data of the last one.
import { createHash } from 'node:crypto'
import { access, chmod, constants, mkdir, realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Binaries, requireWorkingBinaries } from './binaries.ts'
import { copyBinaries, isOutOfReach } from './binary-copy.ts'
import { type Identity, runCommand } from './child-command.ts'
import { EmbeddedPostgresError } from './errors.ts'
import { unprivilegedUser } from './unprivileged-user.ts'

/** `folder` holds our files and the cluster; `identity` is the user PostgreSQL runs as, if not ourselves. */
export type Home = { folder: string; cluster: string; identity: Identity | undefined; binaries: Binaries }

export type HomeWishes = {
  dataDir: string
  fallbackRoot: string
  binaries: Binaries
  onMove(why: string): void
}

/** Settles the home for a data folder; creates the folder when it is missing. */
export async function settleHome(wishes: HomeWishes): Promise<Home> {
  await requireWorkingBinaries(wishes.binaries)
  const asRoot = process.getuid?.() === 0
  const wanted = await openFolder(wishes.dataDir, asRoot ? 0o711 : 0o700)
  const fallback = fallbackFolder(wishes.fallbackRoot, wanted)
  return asRoot ? await homeAsRoot(wishes, wanted, fallback) : await homeAsOneself(wishes, wanted, fallback)
}

/** Where data go that cannot live in the wanted folder. */
export function fallbackFolder(fallbackRoot: string, wanted: string): string {
  return join(fallbackRoot, createHash('sha256').update(wanted).digest('hex').slice(0, 16))
}

async function homeAsOneself(wishes: HomeWishes, wanted: string, fallback: string): Promise<Home> {
  const cluster = clusterIn(wanted)
  const elsewhere = await ownerOf(clusterIn(fallback))
  if (elsewhere !== undefined) {
    throw new EmbeddedPostgresError(
      `The data of ${wanted} are in ${fallback}, because OpenRAS was started there as root. ` +
        'Start it as root again, or give this user another folder in DATA_DIR.',
    )
  }
  const owner = await ownerOf(cluster)
  const foreign = owner !== undefined && owner.uid !== process.getuid?.()
  if (foreign || !(await isWritable(wanted))) {
    throw new EmbeddedPostgresError(
      `The data folder ${wanted} belongs to another user (uid ${(owner ?? (await stat(wanted))).uid}). ` +
        'Start OpenRAS as that user or as root, or give this user another folder in DATA_DIR.',
    )
  }
  return { folder: wanted, cluster, identity: undefined, binaries: wishes.binaries }
}

async function homeAsRoot(wishes: HomeWishes, wanted: string, fallback: string): Promise<Home> {
  const moved = await ownerOf(clusterIn(fallback))
  const settled = moved ?? (await ownerOf(clusterIn(wanted)))
  // Data that exist decide for themselves who runs them; only new data ask for a user.
  const identity = settled ?? (await unprivilegedUser()).identity
  const stays = moved === undefined && (settled !== undefined || (await canEnter(wanted, identity)))
  const folder = stays ? wanted : await openFallback(fallback)
  if (!(await canEnter(folder, identity))) throw unreachable(folder, identity)
  const copies = await isOutOfReach(wishes.binaries, identity)
  const binaries = copies
    ? await copyBinaries(wishes.binaries, wishes.fallbackRoot, identity)
    : wishes.binaries
  if (!stays || copies)
    wishes.onMove(moveReason(identity, [wanted, folder], copies ? binaries.folder : undefined))
  return { folder, cluster: clusterIn(folder), identity, binaries }
}

function moveReason({ uid }: Identity, data: [from: string, to: string], copy: string | undefined): string {
  const [from, to] = data
  return (
    `PostgreSQL refuses to run as root, and uid ${uid}, which runs it, cannot pass a private folder on the way.` +
    (from === to ? '' : ` The data of ${from} are therefore kept in ${to}.`) +
    (copy === undefined ? '' : ` Its programs run from a copy in ${copy}.`)
  )
}

function unreachable(folder: string, { uid }: Identity): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `PostgreSQL runs as uid ${uid}, which cannot enter the data folder ${folder}. ` +
      `Let that user pass through every folder above it (chmod o+x), or start OpenRAS as uid ${uid}.`,
  )
}

async function canEnter(folder: string, identity: Identity): Promise<boolean> {
  return (await runCommand('test', ['-x', folder], identity)).succeeded
}

async function openFallback(fallback: string): Promise<string> {
  await openFolder(dirname(fallback), 0o755)
  return await openFolder(fallback, 0o711)
}

async function openFolder(path: string, mode: number): Promise<string> {
  // A mode given to mkdir would be cut by the umask; a folder that was there keeps the mode its owner gave it.
  if ((await mkdir(path, { recursive: true })) !== undefined) await chmod(path, mode)
  return await realpath(path)
}

async function ownerOf(path: string): Promise<Identity | undefined> {
  try {
    const { uid, gid } = await stat(path)
    return { uid, gid }
  } catch {
    return undefined
  }
}

async function isWritable(path: string): Promise<boolean> {
  return await access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
}

function clusterIn(folder: string): string {
  return join(folder, 'cluster')
}
