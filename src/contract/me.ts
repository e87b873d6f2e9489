// Who a credential stands for, as its holder is told: so that a key can be tried before anything is sent with it.
import { type Static, Type } from '@sinclair/typebox'
import { Instant, Nullable } from './primitives.ts'
import { Form } from './shape.ts'

export const Me = Form('Me', {
  authority: Type.String({
    description: 'The authority whose records the credential opens.',
    examples: ['demo'],
  }),
  client: Type.String({ description: 'The integrating system. Its Idempotency-Keys outlive its keys.' }),
  subject: Type.String({ description: 'The person or system that acts: who is named in the log.' }),
  scopes: Type.Array(Type.String(), { description: 'What the credential may do.' }),
  keyId: Nullable(Type.String({ description: 'The public part of an API key; null for a token.' })),
  expiresAt: Nullable(Instant),
})
export type Me = Static<typeof Me>
