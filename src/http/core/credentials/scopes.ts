// What a credential may do. A scope is named for the people who hold it, and each route says which it needs.
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

/** What each scope is for, as the OpenAPI document tells it. */
export const SCOPE_MEANINGS: Readonly<Record<Scope, string>> = {
  'assessments:write': 'Record assessments and correct them.',
  'allocations:read': 'Read assessments and allocations, explain them, and estimate.',
  'budgets:write': 'Record what was decided about a budget. No operation needs it yet.',
  'calibration:write': 'Upload cohorts, run calibrations and read what they found.',
  'tables:draft': 'Draft questionnaires and calibration tables.',
  'tables:publish': 'Publish what somebody else drafted, and withdraw it.',
  'audit:read': 'Read the feed without what it says about people.',
  admin: 'Run the service for an authority. No operation needs it yet.',
}

/** What a route needs of a credential: one scope, any of several, or all of several. `{ all: [] }`: no scope. */
export type Needed = Scope | readonly Scope[] | { readonly all: readonly Scope[] }

/** The needed scopes as alternatives, each a set that is enough. */
export function alternatives(needed: Needed): readonly (readonly Scope[])[] {
  if (typeof needed === 'string') return [[needed]]
  return 'all' in needed ? [needed.all] : needed.map((scope) => [scope])
}

export function asksForScopes(needed: Needed): boolean {
  return alternatives(needed).every((scopes) => scopes.length > 0)
}

/** Whoever drafts or publishes a document can read what they work on, without seeing anybody's allocation. */
export const READING_DOCUMENTS: readonly Scope[] = ['allocations:read', 'tables:draft', 'tables:publish']

export function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text)
}
