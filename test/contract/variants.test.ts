// Named forms told apart by a tag: a type that narrows, and of a value the faults of the form that it names alone.
import { type Static, Type } from '@sinclair/typebox'
import t from 'tap'
import { Refusal } from '../../src/contract/refusal.ts'
import { closed, type Frozen, Variants } from '../../src/contract/shape.ts'
import { schemaCompiler } from '../../src/http/core/bodies/validation.ts'

const Circle = Type.Object(
  { kind: Type.Literal('circle'), radius: Type.Integer() },
  { $id: 'Circle', ...closed },
)
const Sides = Type.Object({ a: Type.Integer(), b: Type.Integer() }, { $id: 'Sides', ...closed })
const Oblong = Type.Object(
  { kind: Type.Literal('oblong'), sides: Type.Array(Type.Unsafe<Static<typeof Sides>>({ $ref: 'Sides#' })) },
  { $id: 'Oblong', ...closed },
)
const Figure = Variants('Figure', 'kind', [Circle, Oblong])
type Figure = Frozen<Static<typeof Figure>>

const compile = schemaCompiler([Circle, Sides, Oblong, Figure])
const Drawing = Type.Object({ figure: Type.Unsafe<Figure>({ $ref: 'Figure#' }) }, closed)

function faultsOf(figure: unknown) {
  const validate = compile({ schema: Drawing, httpPart: 'body', method: 'POST', url: '/' }) as (
    data: unknown,
  ) => { error?: unknown }
  const { error } = validate({ figure })
  if (error === undefined) return []
  if (!(error instanceof Refusal)) throw error
  return error.faults.map(({ pointer, code, detail }) => `${pointer} ${code}: ${detail}`)
}

t.test('what names a form is held against that form alone', async (t) => {
  t.strictSame(faultsOf({ kind: 'circle', radius: 1 }), [])
  t.strictSame(faultsOf({ kind: 'oblong', sides: [{ a: 1, b: 2 }] }), [])
  t.match(faultsOf({ kind: 'circle', sides: [] }), [
    /^\/figure\/radius field-missing: .*a whole number/,
    /^\/figure\/sides field-unknown: .*only kind, radius/,
  ])
  t.match(faultsOf({ kind: 'oblong', sides: [{ a: 1 }] }), [/^\/figure\/sides\/0\/b field-missing: /])
})

t.test('what names no form is told the names', async (t) => {
  t.match(faultsOf({ kind: 'square' }), [
    /^\/figure\/kind value-not-allowed: Found a text of 6 characters; expected one of circle, oblong\./,
  ])
  t.match(faultsOf({ kind: 7 }), [
    /^\/figure\/kind value-not-allowed: Found a number; expected one of circle, /,
  ])
  t.match(faultsOf({}), [/^\/figure\/kind field-missing: Missing field; expected one of circle, oblong\./])
  for (const none of [7, 'circle', null, []])
    t.match(faultsOf(none), [/^\/figure value-type: .* an object\./])
})

t.test('a field that is missing is told by the words of the shape that it refers to', async (t) => {
  const Pair = Type.Object({ sides: Type.Unsafe({ $ref: 'Sides#' }) }, closed)
  const validate = compile({ schema: Pair, httpPart: 'body', method: 'POST', url: '/' }) as (
    data: unknown,
  ) => { error: Refusal }
  t.match(validate({}).error.faults[0]?.detail, /expected an object with a, b\. Add it\./)
})

t.test('the type narrows by the tag, and nothing of it can be changed', async (t) => {
  const sizeOf = (figure: Figure): number => {
    switch (figure.kind) {
      case 'circle':
        return figure.radius
      case 'oblong':
        return figure.sides.length
    }
  }
  t.equal(sizeOf({ kind: 'oblong', sides: [] }), 0)
  // @ts-expect-error: a circle has no sides
  type _None = Extract<Figure, { kind: 'circle' }>['sides']
  const oblong: Extract<Figure, { kind: 'oblong' }> = { kind: 'oblong', sides: [{ a: 1, b: 2 }] }
  for (const side of oblong.sides) {
    // @ts-expect-error: read-only down to the last member
    side.a = 2
  }
  t.strictSame(oblong.sides, [{ a: 2, b: 2 }])
})
