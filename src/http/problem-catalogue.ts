// Every refusal by name: its status, what it means and what to do. The page /problems/{code} and docs/problems.md
// say the same; a test holds the three together.
import type { RefusalCode } from '../domain/errors.ts'
import { PROTOCOL_PROBLEMS, type ProtocolCode } from './protocol-problems.ts'
import { RULE_PROBLEMS } from './rule-problems.ts'

export type ProblemCode = RefusalCode | ProtocolCode

export type ProblemEntry = {
  readonly status: number
  readonly title: string
  readonly meaning: string
  readonly todo: string
}

export const PROBLEMS: Readonly<Record<ProblemCode, ProblemEntry>> = {
  ...PROTOCOL_PROBLEMS,
  ...RULE_PROBLEMS,
}
