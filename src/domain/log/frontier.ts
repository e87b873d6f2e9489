// The right edge of a tree that only grows: the roots of its full subtrees, largest first. It is all that a root needs,
// and all that the next leaf needs.
import { createHash } from 'node:crypto'
import { joined, nodeHash } from './tree.ts'

export type Frontier = { readonly size: number; readonly roots: readonly Uint8Array[] }

export const EMPTY_FRONTIER: Frontier = { size: 0, roots: [] }

/** A node that is stored: the root of a full subtree of 256^level leaves, the `node`-th of its level. */
export type StoredNode = { readonly level: number; readonly node: number; readonly hash: Uint8Array }

export const NODES_APART = 256

/** The frontier after more leaves, and the stored nodes above the leaves that they completed, in the order of completion. */
export function grown(
  { size, roots }: Frontier,
  leaves: readonly Uint8Array[],
): { readonly frontier: Frontier; readonly completed: readonly StoredNode[] } {
  const edge = [...roots]
  const completed: StoredNode[] = []
  let count = size
  for (const leaf of leaves) {
    count += 1
    let hash = leaf
    let [level, width] = [1, 2]
    for (let stored = NODES_APART; count % width === 0; width *= 2) {
      hash = nodeHash(edge.pop() ?? missing(), hash)
      if (width !== stored) continue
      completed.push({ level, node: count / width - 1, hash })
      level += 1
      stored *= NODES_APART
    }
    edge.push(hash)
  }
  return { frontier: { size: count, roots: edge }, completed }
}

/** The root that a checkpoint signs. */
export function rootOf({ size, roots }: Frontier): Buffer {
  return size === 0 ? createHash('sha256').digest() : joined(roots)
}

function missing(): never {
  throw new Error('a frontier has a root for each full subtree')
}
