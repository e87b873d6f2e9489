// The list of keys as a person reads it in a terminal: a line a key, columns in line.
import type { ListedApiKey } from '../store/registration.ts'

const HEADINGS = ['key', 'client', 'subject', 'scopes', 'expires', 'revoked']

/** One line of headings, then one a key; a reason stands last, for it may be long. */
export function keyTable(keys: readonly ListedApiKey[]): string {
  const rows = [HEADINGS, ...keys.map(cellsOf)]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cellsOf({ expiresAt, revokedAt, ...key }: ListedApiKey): string[] {
  const expires = expiresAt?.toISOString() ?? 'never'
  const revoked = revokedAt === null ? 'no' : `${revokedAt.toISOString()} ${key.reason ?? ''}`
  return [key.keyId, key.clientId, key.subjectId, key.scopes.join(','), expires, revoked]
}
