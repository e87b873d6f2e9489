// Which of the forms that a resource has the caller wants, by the Accept header.
import accepts from 'accepts'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../../../contract/refusal.ts'

/** The offered type that the caller prefers; the first where there is no preference. Refuses `not-acceptable`. */
export function preferred<const T extends readonly string[]>(request: FastifyRequest, offered: T): T[number] {
  const type = accepts(request.raw).type([...offered])
  if (typeof type === 'string') return type
  throw new Refusal(
    'not-acceptable',
    `This address offers ${offered.join(', ')}. Accept one of these formats.`,
  )
}
