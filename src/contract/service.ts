// What the service says of itself to those who run it.
import { Type } from '@sinclair/typebox'
import { Form } from './shape.ts'

export const Health = Form('Health', { status: Type.String() })

export const Release = Form('Release', { release: Type.String(), engineVersion: Type.String() })
