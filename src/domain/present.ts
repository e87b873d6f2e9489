/** A value that an earlier check has made sure of. Its absence is a mistake of the program, never of the caller. */
export function present<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('what a check made sure of is missing')
  return value
}
