// The allocation that an address names, as long as its content is still there.

import { notFound, Refusal } from '../../contract/refusal.ts'
import { type FoundAllocation, findAllocation } from '../../store/allocations.ts'
import type { Context } from '../core/requests/context.ts'

export type ExistingAllocation = FoundAllocation & { readonly body: string }

/** Refuses `not-found`, and `erased-under-policy` where the content was erased. */
export async function getAllocation(
  { database }: Context,
  authorityId: string,
  id: string,
): Promise<ExistingAllocation> {
  const found = await findAllocation(database, authorityId, id)
  if (found === null) throw notFound()
  const { body } = found
  if (body === null)
    throw new Refusal(
      'erased-under-policy',
      'The content of this allocation was erased under the retention policy.',
    )
  return { ...found, body }
}
