// Signs what the log has grown to, and never on the database's word alone: the root is computed again from the last
// checkpoint, which carries our own signature, and the leaves since. Where the two differ, nothing is signed.
import { checkpointOf, checkpointText } from '../../domain/log/checkpoint.ts'
import { EMPTY_FRONTIER, type Frontier, grown, rootOf } from '../../domain/log/frontier.ts'
import { noteOf, noteText, signedBy } from '../../domain/log/note.ts'
import { fullSubtrees, nodesFor, proofOf } from '../../domain/log/proof.ts'
import type { Database, Transaction, UnsignedLog } from '../../store/database.ts'
import { readNodes } from '../../store/log-tree.ts'
import { type LogKey, logSigner, originOf, publicKeyOf } from './log-key.ts'

/** What the database says of a log is not what was signed of it. */
export class LogAltered extends Error {
  override readonly name = 'LogAltered'

  constructor(authorityId: string, what: string) {
    super(`the log of ${authorityId} ${what}: no checkpoint is signed`)
  }
}

/** How many logs are signed, and how many leaves of one are taken in, at a time. */
const LOGS_AT_ONCE = 100
const LEAVES_AT_ONCE = 20_000

export type Signer = { sign(): Promise<number> }

/** `sign` signs every log that has grown, and says how many; `onError` is told of each that it would not sign. */
export function checkpointSigner(database: Database, key: LogKey, onError: (error: unknown) => void): Signer {
  // What this process has signed last, so that the next is computed from there.
  const signed = new Map<string, Frontier>()
  const signer = logSigner(key)

  async function signOne(log: UnsignedLog): Promise<boolean> {
    const { authorityId } = log
    const frontier = await database.asAuthority(authorityId, async (trx) => {
      const before = await lastSigned(trx, key, log, signed.get(authorityId))
      return extended(trx, before, log.size)
    })
    if (!rootOf(frontier).equals(log.root))
      throw new LogAltered(authorityId, 'has another root than its leaves')
    const text = checkpointText({ origin: originOf(key, authorityId), size: log.size, root: log.root })
    const note = noteText({ text, signatures: [signer.signature(authorityId, text)] })
    const isKept = await database.keepNote(authorityId, log.size, note)
    if (isKept) signed.set(authorityId, frontier)
    return isKept
  }

  return {
    async sign() {
      let count = 0
      for (const log of await database.unsignedLogs(LOGS_AT_ONCE)) {
        try {
          if (await signOne(log)) count += 1
        } catch (error) {
          signed.delete(log.authorityId)
          onError(error)
        }
      }
      return count
    },
  }
}

// The edge of the tree at the last checkpoint. Another process may have signed since, or this one has just begun: then
// it is made again from what is stored, and must have the root that was signed.
async function lastSigned(
  trx: Transaction,
  key: LogKey,
  { authorityId, note }: UnsignedLog,
  known: Frontier | undefined,
): Promise<Frontier> {
  if (note === null) return EMPTY_FRONTIER
  const found = noteOf(note)
  const checkpoint = found === null ? null : checkpointOf(found.text)
  if (
    found === null ||
    checkpoint === null ||
    typeof signedBy(found, publicKeyOf(key, authorityId)) === 'string'
  )
    throw new LogAltered(authorityId, 'has a last checkpoint that this key has not signed')
  const { size, root } = checkpoint
  if (known?.size === size && rootOf(known).equals(root)) return known
  const frontier = await frontierAt(trx, size)
  if (!rootOf(frontier).equals(root)) throw new LogAltered(authorityId, 'has other leaves than were signed')
  return frontier
}

async function frontierAt(trx: Transaction, size: number): Promise<Frontier> {
  const subtrees = fullSubtrees({ from: 0, before: size })
  return { size, roots: proofOf(subtrees, await readNodes(trx, nodesFor(subtrees))) }
}

async function extended(trx: Transaction, before: Frontier, size: number): Promise<Frontier> {
  let frontier = before
  while (frontier.size < size) {
    const count = Math.min(LEAVES_AT_ONCE, size - frontier.size)
    const leaves = await readNodes(trx, [{ level: 0, first: frontier.size, count }])
    if (leaves.length < count) break
    frontier = grown(
      frontier,
      leaves.map(({ hash }) => hash),
    ).frontier
  }
  return frontier
}
