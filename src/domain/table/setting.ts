// Where somebody lives, of the six settings that there are.

import type { Fault } from '../../contract/refusal.ts'
import type { Setting } from '../../contract/setting.ts'

// Every one of them, or the compiler objects.
const KNOWN: Readonly<Record<Setting, true>> = {
  'own-home': true,
  'supported-living': true,
  'extra-care': true,
  'shared-lives': true,
  residential: true,
  nursing: true,
}

export function isSetting(word: string): word is Setting {
  return Object.hasOwn(KNOWN, word)
}

export function settingUnknown(pointer: string): Fault {
  const detail = `Unknown setting; expected one of: ${Object.keys(KNOWN).join(', ')}. Choose one of these.`
  return { pointer, code: 'setting-unknown', detail }
}
