// What the service says of itself to those who run it.
import { Type } from '@sinclair/typebox'
import { closed } from './shape.ts'

export const Health = Type.Object({ status: Type.String() }, { $id: 'Health', ...closed })

export const Release = Type.Object(
  { release: Type.String(), engineVersion: Type.String() },
  { $id: 'Release', ...closed },
)
