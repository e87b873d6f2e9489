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

export function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text)
}
