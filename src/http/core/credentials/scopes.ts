// What a credential may do. A scope is named for the people who hold it, and each resource asks for one.
export const SCOPES = [
  'assessments:write',
  'allocations:read',
  'budgets:write',
  'calibration:write',
  'tables:draft',
  'tables:publish',
  'audit:read',
  'admin',
] as const

export type Scope = (typeof SCOPES)[number]

/** Whoever drafts or publishes a document can read what they work on, without seeing anybody's allocation. */
export const READING_DOCUMENTS: readonly Scope[] = ['allocations:read', 'tables:draft', 'tables:publish']

export function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text)
}
