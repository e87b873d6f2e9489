// The tree of the log: RFC 6962's, which an append-only list of leaves has one root of. Sizes and indices are whole
// numbers below 2^53, so nothing here uses the operators of 32 bits.
import { createHash } from 'node:crypto'

/** The hash of an inner node: SHA-256 over a byte 1 and its two children. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE_PREFIX).update(left).update(right).digest()
}

/** The next link of the chain that cursors name: SHA-256 over a byte 2, the link before it and the leaf. */
export function nextInChain(before: Uint8Array, leaf: Uint8Array): Buffer {
  return createHash('sha256').update(CHAIN_PREFIX).update(before).update(leaf).digest()
}

/** What the first link of a chain follows. */
export const CHAIN_START: Buffer = Buffer.alloc(32)

/** Leaves `from` up to, and without, `before`. */
export type Range = { readonly from: number; readonly before: number }

/** Where a tree of more than one leaf is split: the largest power of two below its size. */
export function splitOf({ from, before }: Range): number {
  let half = 1
  while (half * 2 < before - from) half *= 2
  return from + half
}

/** Hashes from left to right, joined as the tree joins them: each is the root of what the next ones do not complete. */
export function joined(roots: readonly Uint8Array[]): Buffer {
  return Buffer.from(roots.reduceRight((right, left) => nodeHash(left, right)))
}

const NODE_PREFIX = Buffer.of(1)
const CHAIN_PREFIX = Buffer.of(2)
