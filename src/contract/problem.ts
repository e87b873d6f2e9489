// The problem document (RFC 9457) that every refusal is answered with, and the page that explains its code.
import { type Static, Type } from '@sinclair/typebox'
import { type FaultCode as Code, FAULTS } from './faults.ts'
import { named, OneOf } from './primitives.ts'
import { PROBLEMS } from './problems.ts'
import { Form, type Frozen } from './shape.ts'

export const FaultCode = Type.Unsafe<Code>({
  ...OneOf(...Object.keys(FAULTS)),
  $id: 'FaultCode',
  description: 'What is wrong. docs/problems.md says what each means.',
})

/** One thing found wrong: where, its name, and what to do about it. */
export const Fault = Form('Fault', {
  pointer: Type.String({
    description: 'RFC 6901 JSON pointer to what is wrong in the body; /query and /path for the rest.',
  }),
  code: named(FaultCode),
  detail: Type.String({ description: 'What was found, what was expected, what to do.' }),
})
export type Fault = Frozen<Static<typeof Fault>>

export const Problem = Form('Problem', {
  type: Type.String({ description: 'The page that explains this problem: /problems/{code}.' }),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String({ description: 'What was found, what was expected, what to do.' }),
  instance: Type.String({ description: 'The path that was asked for.' }),
  code: OneOf(...Object.keys(PROBLEMS)),
  errors: Type.Array(named(Fault)),
})

export const ProblemExplanation = Form('ProblemExplanation', {
  code: OneOf(...Object.keys(PROBLEMS)),
  status: Type.Integer(),
  title: Type.String(),
  meaning: Type.String(),
  todo: Type.String({ description: 'What to do.' }),
})
