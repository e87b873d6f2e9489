// A body that may have one of several forms fails all of them, and most of what a validator then says is about forms
// that were never meant. This keeps what is about the form that was: the one whose names (its constants) fit.
import type { ErrorObject } from 'ajv'

/** The errors without those of forms that another name was given for. */
export function withoutOtherForms(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const dropped = new Set<ErrorObject>()
  // Inner unions come before the outer ones that they stand in.
  for (const union of errors) if (union.keyword === 'anyOf') dropOtherForms(union, errors, dropped)
  return errors.filter((error) => !dropped.has(error))
}

type Form = { readonly errors: readonly ErrorObject[]; readonly misnamed: ReadonlySet<string> }

function dropOtherForms(union: ErrorObject, errors: readonly ErrorObject[], dropped: Set<ErrorObject>): void {
  const forms = formsOf(union, errors)
  let left = forms
  for (const name of new Set(forms.flatMap(({ misnamed }) => [...misnamed]))) {
    const fitting = left.filter(({ misnamed }) => !misnamed.has(name))
    if (fitting.length > 0) left = fitting
  }
  for (const form of forms)
    for (const error of form.errors)
      if (!left.includes(form) || (form.misnamed.size > 0 && !isName(error, union))) dropped.add(error)
  // Where one form is meant, its own errors say all.
  if (left.length < forms.length || left.every(({ misnamed }) => misnamed.size > 0)) dropped.add(union)
}

function formsOf(union: ErrorObject, errors: readonly ErrorObject[]): readonly Form[] {
  const count = Array.isArray(union.schema) ? union.schema.length : 0
  return Array.from({ length: count }, (_, i) => {
    const own = errors.filter(
      ({ schemaPath, instancePath }) =>
        schemaPath.startsWith(`${union.schemaPath}/${i}/`) && instancePath.startsWith(union.instancePath),
    )
    return {
      errors: own,
      misnamed: new Set(own.filter((error) => isName(error, union)).map(({ instancePath }) => instancePath)),
    }
  })
}

/** Whether an error is about a constant that names the form. */
function isName({ keyword, instancePath }: ErrorObject, union: ErrorObject): boolean {
  const below = instancePath.slice(union.instancePath.length)
  return keyword === 'const' && /^\/[^/]+$/.test(below)
}
