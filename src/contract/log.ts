// The log as an outsider checks it: who signs it, and proofs that an event is in it and that it only grew.
import { type Static, Type } from '@sinclair/typebox'
import { LeafHash } from './event.ts'
import { Nullable, Text, Uuid } from './primitives.ts'
import { closed, Form, type Frozen } from './shape.ts'

const Size = (description: string) => Type.Integer({ minimum: 0, description })

const Hashes = Type.Array(LeafHash, {
  description: 'SHA-256 hashes in hexadecimal digits, as RFC 6962 orders them.',
})

export const LogKeys = Form('LogKeys', {
  origin: Type.String({ description: 'The name under which this authority’s log is signed.' }),
  keys: Type.Array(
    Type.Object(
      {
        vkey: Type.String({ description: 'The key, as C2SP’s signed notes write it.' }),
        fromSize: Size('From which size on it signs.'),
        beforeSize: Nullable(Size('Before which size it signed; null where it still does.')),
      },
      closed,
    ),
  ),
  witnesses: Type.Array(Type.String(), { description: 'The keys of those who countersign.' }),
})
export type LogKeys = Frozen<Static<typeof LogKeys>>

export const InclusionProof = Form(
  'InclusionProof',
  {
    eventId: Uuid,
    leafHash: LeafHash,
    logIndex: Size('Where the event stands.'),
    size: Size('Of the checkpoint.'),
    proof: Hashes,
    checkpoint: Text(2000, 'The signed note that the proof leads to.'),
  },
  'That an event is in the log that a checkpoint signs.',
)
export type InclusionProof = Frozen<Static<typeof InclusionProof>>

export const ConsistencyQuery = Type.Object(
  {
    from: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'The earlier size.' }),
    to: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'The later size; the last checkpoint’s where it is left out.',
      }),
    ),
  },
  closed,
)

export const ConsistencyProof = Form(
  'ConsistencyProof',
  { from: Size('The earlier size.'), to: Size('The later size.'), proof: Hashes },
  'That the later log begins with the earlier one.',
)
export type ConsistencyProof = Frozen<Static<typeof ConsistencyProof>>

export const EventParams = Type.Object({ id: Uuid })
