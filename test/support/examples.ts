// The examples that the project ships, without the program.
import { readFileSync } from 'node:fs'

/** Reads an example that the project ships, as a fresh object. */
export function example<T = Record<string, unknown>>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../examples/${name}.json`, import.meta.url), 'utf8'))
}

let counter = 0

/** A valid intake: the example assessment under a reference of its own, changed as asked. */
export function intake(changes: Record<string, unknown> = {}): Record<string, unknown> {
  counter += 1
  return { ...example('assessment'), assessmentRef: `A-${counter}`, ...changes }
}
