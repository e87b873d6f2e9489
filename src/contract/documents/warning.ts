// What a publisher must acknowledge: where it stands in the draft, its name, and what would clear it.
import { type Static, Type } from '@sinclair/typebox'
import { type WarningCode as Code, WARNINGS } from '../faults.ts'
import { named, OneOf } from '../primitives.ts'
import { Form, type Frozen } from '../shape.ts'

export const WarningCode = Type.Unsafe<Code>({
  ...OneOf(...Object.keys(WARNINGS)),
  $id: 'WarningCode',
  description: 'What must be acknowledged. docs/problems.md says what each means.',
})

export const Warning = Form('TableWarning', {
  pointer: Type.String({ description: 'RFC 6901 JSON pointer to what it is about in the draft.' }),
  code: named(WarningCode),
  detail: Type.String({ description: 'What was found, and what clears it.' }),
  figures: Type.Optional(
    Type.Record(Type.String(), Type.Union([Type.String(), Type.Integer()]), {
      description: 'The figures of the detail, by name.',
    }),
  ),
})
export type Warning = Frozen<Static<typeof Warning>>
