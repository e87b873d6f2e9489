// What a questionnaire version is. Policy: every domain has explicit options, the scale belongs to the version
// (domain research, 1.2), and nothing about age is asked or scored.

export type VersionRef = { readonly key: string; readonly version: number }

export type PointsOption = { readonly key: string; readonly label: string; readonly points: string }
export type FactorOption = { readonly key: string; readonly label: string; readonly factor: string }
export type SupportOption = {
  readonly key: string
  readonly label: string
  readonly retainedFraction: string
}

export type UserGroup = { readonly key: string; readonly title: string; readonly ageDefined: boolean }

export type QuestionDomain = {
  readonly key: string
  readonly title: string
  readonly question: string
  readonly help?: string
  readonly careActOutcomes: readonly string[]
  readonly carerAdjustable: boolean
  readonly weightingGroup?: string
  readonly options: readonly PointsOption[]
}

export type Weighting = {
  readonly key: string
  readonly question: string
  readonly appliesTo: string
  readonly options: readonly FactorOption[]
}

export type CarerSupport = {
  readonly scope: 'per-domain' | 'overall'
  readonly options: readonly SupportOption[]
}

export type AddOn = {
  readonly key: string
  readonly question: string
  readonly condition: 'always' | 'carer-reduction-positive'
  readonly options: readonly PointsOption[]
}

export type ReferralRule = {
  readonly key: string
  readonly all: readonly { readonly question: string; readonly option: string }[]
  readonly reason: string
}

/** The content of a questionnaire version. Points, factors and fractions are decimal strings. */
export type Questionnaire = {
  readonly title: string
  readonly population: string
  readonly userGroups: readonly UserGroup[]
  readonly domains: readonly QuestionDomain[]
  readonly weightings: readonly Weighting[]
  readonly carerSupport?: CarerSupport
  readonly addOns: readonly AddOn[]
  readonly referralRules: readonly ReferralRule[]
  readonly scaleMaximum: string
  readonly source: string
  readonly rationale: string
}
