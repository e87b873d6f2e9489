// The problem document (RFC 9457) that every refusal is answered with, and the page that explains its code.
import { type Static, Type } from '@sinclair/typebox'
import { named, OneOf } from './primitives.ts'
import { PROBLEMS } from './problems.ts'
import { closed, type Frozen } from './shape.ts'

export const Fault = Type.Object(
  {
    pointer: Type.String({
      description: 'RFC 6901 JSON pointer to what is wrong in the body; /query and /path for the rest.',
    }),
    code: Type.String(),
    detail: Type.String({ description: 'What was found, what was expected, what to do.' }),
  },
  { $id: 'Fault', ...closed },
)

export const Problem = Type.Object(
  {
    type: Type.String({ description: 'The page that explains this problem: /problems/{code}.' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What was found, what was expected, what to do.' }),
    instance: Type.String({ description: 'The path that was asked for.' }),
    code: OneOf(...Object.keys(PROBLEMS)),
    errors: Type.Array(named(Fault)),
  },
  { $id: 'Problem', ...closed },
)
export type Problem = Frozen<Static<typeof Problem>>

export const ProblemExplanation = Type.Object(
  {
    code: OneOf(...Object.keys(PROBLEMS)),
    status: Type.Integer(),
    title: Type.String(),
    meaning: Type.String(),
    todo: Type.String({ description: 'What to do.' }),
  },
  { $id: 'ProblemExplanation', ...closed },
)
