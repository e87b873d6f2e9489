// What of published documents a sum is made from. Their form was checked when they were published, and their hash is
// in the log; whatever does not fit is found in the sum, and said there.

export type Option = {
  readonly key: string
  readonly points?: string
  readonly factor?: string
  readonly retainedFraction?: string
}

export type Questionnaire = {
  readonly key: string
  readonly version: number
  readonly domains: readonly {
    readonly key: string
    readonly carerAdjustable: boolean
    readonly weightingGroup?: string
    readonly options: readonly Option[]
  }[]
  readonly weightings: readonly {
    readonly key: string
    readonly appliesTo: string
    readonly options: readonly Option[]
  }[]
  readonly carerSupport?: {
    readonly scope: 'per-domain' | 'overall'
    readonly options: readonly Option[]
    readonly referAbove?: string
  }
  readonly addOns: readonly {
    readonly key: string
    readonly condition: string
    readonly options: readonly Option[]
  }[]
  readonly referralRules: readonly {
    readonly key: string
    readonly all: readonly {
      readonly question?: string
      readonly support?: string
      readonly option: string
    }[]
  }[]
  readonly userGroups: readonly { readonly key: string }[]
  readonly scaleMaximum: string
}

export type Table = {
  readonly key: string
  readonly version: number
  readonly questionnaire: { readonly key: string; readonly version: number }
  readonly effectiveFrom: string
  readonly effectiveBefore?: string
  readonly curves: readonly {
    readonly userGroups: 'all' | readonly string[]
    readonly interpolation: 'linear' | 'step'
    readonly knots: readonly { readonly points: string; readonly amountAnnual: string }[]
  }[]
  readonly outside?: readonly { readonly userGroup: string }[]
  readonly settings?: readonly string[]
  readonly belowFirst: 'line-from-zero' | 'hold' | 'zero'
  readonly aboveLast: 'refer-and-hold' | 'refuse'
  readonly adjustments: readonly { readonly factor: string }[]
  readonly cap?: { readonly amountAnnual: string }
  readonly contingency: { readonly fraction: string }
  readonly rounding: { readonly to: string; readonly mode: 'half-up' | 'half-even' | 'up' | 'down' }
  readonly weeksPerYear: string
}

export type Choices = Readonly<Record<string, string>>

/** What of a stored assessment reaches the sum. */
export type Assessment = {
  readonly userGroup: string
  readonly assessedOn: string
  readonly revision: number
  readonly setting?: string
  readonly answers: Choices
  readonly weightings: Choices
  readonly carer?: { readonly willingAndAble: boolean; readonly support?: Choices; readonly overall?: string }
  readonly addOns: Choices
  readonly eligibility: { readonly eligible: boolean }
}

/** Why a stored record is not what its documents give. */
export class Differs extends Error {}
