// The answers of an assessment: all that may count towards points, and nothing about age, cost or who it is about.

// Own properties only: a question may be keyed "constructor", and an absent answer must stay absent.
export function answerTo(given: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(given, key) ? given[key] : undefined
}
