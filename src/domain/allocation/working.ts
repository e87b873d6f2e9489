// The working of an allocation: every step, what it was made from, and its result.

import type { ScoreLine } from '../questionnaire/scoring.ts'
import type { Adjustment } from '../table/calibration-table.ts'
import type { Place } from '../table/curve.ts'

/** `change` is the difference of cumulative pence, so the changes of a working add up to its amount. */
export type WorkingLine =
  | ScoreLine
  | { readonly step: 'eligibility'; readonly eligible: boolean }
  | {
      readonly step: 'table'
      readonly key: string
      readonly version: number
      readonly on: string
      readonly effectiveFrom: string
    }
  | {
      readonly step: 'curve'
      readonly points: string
      readonly interpolation: 'linear' | 'step'
      readonly place: Place
      readonly from: KnotShown | null
      readonly to: KnotShown | null
      readonly change: string
      readonly cumulative: string
    }
  | {
      readonly step: 'adjustment'
      readonly name: string
      readonly kind: Adjustment['kind']
      readonly factor: string
      readonly change: string
      readonly cumulative: string
    }
  | {
      readonly step: 'rounding'
      readonly to: string
      readonly mode: string
      readonly change: string
      readonly result: string
    }
  | { readonly step: 'cap'; readonly amountAnnual: string; readonly exceeded: boolean }
  | { readonly step: 'contingency'; readonly fraction: string; readonly result: string }
  | { readonly step: 'available'; readonly result: string }
  | { readonly step: 'weekly'; readonly weeksPerYear: string; readonly result: string }

type KnotShown = { readonly points: string; readonly amountAnnual: string }
