// PostgreSQL's own log: one file beside the cluster, kept from growing without end, quoted when a start fails.
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Home } from './home.ts'

const largest = 10 * 1024 * 1024
const quoted = 4096

/** The log at one start: `handle` to write to, `sinceStart` the last lines written since. */
export type ServerLog = { path: string; handle: FileHandle; sinceStart(): Promise<string> }

/** Opens the log for a start and empties it when it has grown too large. */
export async function openServerLog({ folder, identity }: Home): Promise<ServerLog> {
  const path = join(folder, 'postgres.log')
  const handle = await open(path, 'a+', 0o600)
  if (identity !== undefined) await handle.chown(identity.uid, identity.gid)
  if ((await handle.stat()).size > largest) await handle.truncate(0)
  const start = (await handle.stat()).size
  return { path, handle, sinceStart: () => readTail(path, start) }
}

async function readTail(path: string, start: number): Promise<string> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const from = Math.max(start, size - quoted)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(quoted), 0, quoted, from)
    const lines = buffer.toString('utf8', 0, bytesRead).trim().split('\n')
    return lines.slice(-15).join('\n')
  } finally {
    await handle.close()
  }
}
