// Where somebody lives, as far as it changes what care costs there.
import { type TString, Type } from '@sinclair/typebox'
import { KEY_PATTERN } from './primitives.ts'

/** One's own home first: it is meant wherever no setting is stated. */
export const SETTINGS = [
  'own-home',
  'supported-living',
  'extra-care',
  'shared-lives',
  'residential',
  'nursing',
] as const
export type Setting = (typeof SETTINGS)[number]

/** Any key passes the form, so that an unknown setting is told by its own code, with the six that there are. */
export const Setting: TString = Type.String({
  pattern: KEY_PATTERN,
  expected: `a setting: ${SETTINGS.join(', ')}`,
  maxLength: 64,
  description: `Where somebody lives: ${SETTINGS.join(', ')}.`,
  examples: ['own-home'],
})
