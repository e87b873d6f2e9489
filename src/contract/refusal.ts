// A request refused as a whole: one code for it, and a fault for each single thing found wrong, so that a caller fixes
// them all at once. Never thrown for a mistake of the program: that is an assertion.
import type { Fault } from './problem.ts'
import type { RefusalCode } from './problems.ts'

export type { Fault }

type With = { readonly faults?: readonly Fault[]; readonly headers?: Readonly<Record<string, string>> }

/** `headers` go with the answer: where the thing stands already, when to come again. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly faults: readonly Fault[]
  readonly headers: Readonly<Record<string, string>>

  constructor(code: RefusalCode, detail: string, { faults = [], headers = {} }: With = {}) {
    super(detail)
    this.name = 'Refusal'
    this.code = code
    this.faults = faults
    this.headers = headers
  }
}

/** The refusal of everything that does not exist, is another authority's, or is not said to be either. */
export function notFound(): Refusal {
  return new Refusal(
    'not-found',
    'There is no such resource for this authority. Check the address and the id.',
  )
}

/** What a refusal with faults says as a whole: "The body has 2 faults, listed in errors[]. Fix them and resend." */
export function faultsIn(what: string, { length }: readonly Fault[]): string {
  const [count, them] = length === 1 ? ['1 fault', 'it'] : [`${length} faults`, 'them']
  return `${what} has ${count}, listed in errors[]. Fix ${them} and resend.`
}

/** One segment of an RFC 6901 pointer: `a/b` is `/a~1b`. */
export function pointerSegment(key: string | number): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
}
