// The answers of an assessment: all that may count towards points, and nothing about age, cost or who it is about.

/** All that may count towards points: nothing about age, cost or who the person is can be put in here. */
export type Answers = {
  readonly userGroup: string
  readonly answers: Readonly<Record<string, string>>
  readonly weightings: Readonly<Record<string, string>>
  readonly carer?: CarerAnswer
  readonly addOns: Readonly<Record<string, string>>
}

export type CarerAnswer = {
  readonly willingAndAble: boolean
  readonly support?: Readonly<Record<string, string>>
  readonly overall?: string
}

// Own properties only: a question may be keyed "constructor", and an absent answer must stay absent.
export function answerTo(given: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(given, key) ? given[key] : undefined
}
