// A value that fits no form of a union is told what is wrong with the form that was meant, and not that of each form.
import type { ErrorObject } from 'ajv'
import { type FormSchema, resolved, type Shapes } from './schema-words.ts'

/** The errors of the forms that were meant. A tag that names no form is told of as a member that is missing or wrong. */
export function ofMeantForms(errors: readonly ErrorObject[], shapes: Shapes): readonly ErrorObject[] {
  return withoutUnions(errors).map((error) =>
    error.keyword === 'discriminator' ? ofTag(error, shapes) : error,
  )
}

function ofTag(error: ErrorObject, shapes: Shapes): ErrorObject {
  const { tag, tagValue } = error.params as { tag: string; tagValue: unknown }
  const { oneOf = [] } = (error.parentSchema ?? {}) as FormSchema
  const names = oneOf.map((form) => resolved(form, shapes).properties?.[tag]?.const)
  if (tagValue === undefined) {
    const properties = { [tag]: { enum: names } }
    return { ...error, keyword: 'required', params: { missingProperty: tag }, parentSchema: { properties } }
  }
  const instancePath = `${error.instancePath}/${tag}`
  return { ...error, keyword: 'enum', instancePath, data: tagValue, parentSchema: { enum: names } }
}

/** The errors without those of union branches that nobody meant. Ajv puts a union's own error after its branches'. */
function withoutUnions(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  let left: ErrorObject[] = []
  for (const error of errors) {
    if (error.keyword !== 'anyOf') {
      left.push(error)
      continue
    }
    const within = left.filter((one) => isWithin(one, error))
    left = [...left.filter((one) => !isWithin(one, error)), ...meant(error, branchesOf(within, error))]
  }
  return left
}

function isWithin(one: ErrorObject, { schemaPath, instancePath }: ErrorObject): boolean {
  const isThere = one.instancePath === instancePath || one.instancePath.startsWith(`${instancePath}/`)
  return isThere && one.schemaPath.startsWith(`${schemaPath}/`)
}

type Branch = { readonly errors: readonly ErrorObject[]; readonly constants: number; readonly fits: boolean }

function branchesOf(within: readonly ErrorObject[], { schemaPath, instancePath }: ErrorObject): Branch[] {
  const byBranch = Map.groupBy(within, (one) => one.schemaPath.slice(schemaPath.length + 1).split('/', 1)[0])
  return [...byBranch.values()].map((errors) => ({
    errors,
    constants: errors.filter(({ keyword }) => keyword === 'const').length,
    fits: !errors.some((one) => one.instancePath === instancePath && MISFITS.has(one.keyword)),
  }))
}

// With one of these at its own place a value is not of the branch at all: a number is no list with a fault in it.
const MISFITS: ReadonlySet<string> = new Set(['type', 'const', 'enum'])

function meant(union: ErrorObject, branches: readonly Branch[]): readonly ErrorObject[] {
  const [best, next] = branches
    .filter(({ fits }) => fits)
    .sort((a, b) => a.constants - b.constants || a.errors.length - b.errors.length)
  if (best === undefined) return [union]
  const name = best.errors.find(({ keyword }) => keyword === 'const')
  if (name !== undefined) return [anyNameOf(name, branches)]
  const tied = next?.constants === 0 && next.errors.length === best.errors.length
  return tied && isOther(best, next) ? [union] : best.errors
}

// The member that names the branch has a name of none of them.
function anyNameOf(name: ErrorObject, branches: readonly Branch[]): ErrorObject {
  const names = branches
    .flatMap(({ errors }) => errors)
    .filter(({ keyword, instancePath }) => keyword === 'const' && instancePath === name.instancePath)
    .map(({ params }) => params.allowedValue)
  return { ...name, keyword: 'enum', parentSchema: { enum: [...new Set(names)] } }
}

function isOther(one: Branch, other: Branch): boolean {
  const told = ({ errors }: Branch) =>
    errors.map(({ keyword, instancePath, params }) => JSON.stringify([keyword, instancePath, params])).join()
  return told(one) !== told(other)
}
