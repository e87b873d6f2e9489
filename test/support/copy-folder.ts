// Folders of PostgreSQL's are copied with their owners, which Node itself does not do.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** `to` must not be there yet. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', from, to])
}
