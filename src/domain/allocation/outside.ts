// Whom a table is not for: a user group that it names, or somebody who lives where it has no prices.
import type { TablePlan } from './price.ts'

export type Outside = {
  readonly by: 'user-group' | 'setting'
  readonly key: string
  readonly reason: string
}

/** Why the table is not for somebody, or null where it is. */
export function outsideOf({ table }: TablePlan, userGroup: string, setting: string): Outside | null {
  const named = table.outside.find((outside) => outside.userGroup === userGroup)
  if (named !== undefined) return { by: 'user-group', key: userGroup, reason: named.reason }
  if (table.settings.includes(setting)) return null
  return { by: 'setting', key: setting, reason: 'The table has no prices for this setting.' }
}
