// Proofs of RFC 6962 from what is stored: that a leaf is in a tree, and that one tree begins another. Nothing is read
// here: a proof is first a list of ranges of leaves, then the stored nodes that their roots need, then the hashes.
import { NODES_APART, type StoredNode } from './frontier.ts'
import { joined, nodeHash, type Range, splitOf } from './tree.ts'

/** The ranges whose roots prove that leaf `index` is in the tree of `size`: nearest to the leaf first. */
export function inclusionRanges(index: number, size: number): readonly Range[] {
  if (!isWhole(index, 0) || !isWhole(size, index + 1)) throw new Error('the leaf is not in the tree')
  const path: Range[] = []
  let range: Range = { from: 0, before: size }
  while (range.before - range.from > 1) {
    const [left, right] = halves(range)
    path.unshift(index < left.before ? right : left)
    range = index < left.before ? left : right
  }
  return path
}

/** The ranges whose roots prove that the tree of size `to` begins with the tree of size `from`. None if they are one. */
export function consistencyRanges(from: number, to: number): readonly Range[] {
  if (!isWhole(from, 1) || !isWhole(to, from)) throw new Error('the first tree is not within the second')
  const path: Range[] = []
  let range: Range = { from: 0, before: to }
  while (range.before > from) {
    const [left, right] = halves(range)
    path.unshift(from <= left.before ? right : left)
    range = from <= left.before ? left : right
  }
  // Whoever checks knows the first tree's own root.
  return range.from === 0 ? path : [range, ...path]
}

/** Stored nodes next to each other: `count` of a level, of which 0 is the leaves. */
export type StoredNodes = { readonly level: number; readonly first: number; readonly count: number }

/** All the stored nodes that the roots of these ranges need. */
export function nodesFor(ranges: readonly Range[]): readonly StoredNodes[] {
  return ranges.flatMap(fullSubtrees).map(nodesOf)
}

/** The roots of the ranges, from the nodes that `nodesFor` asked for. */
export function proofOf(ranges: readonly Range[], nodes: Iterable<StoredNode>): readonly Buffer[] {
  const known = new Map<string, Uint8Array>()
  for (const { level, node, hash } of nodes) known.set(`${level} ${node}`, hash)
  return ranges.map((range) =>
    joined(fullSubtrees(range).map((subtree) => subtreeRoot(nodesOf(subtree), known))),
  )
}

function halves(range: Range): readonly [left: Range, right: Range] {
  const split = splitOf(range)
  return [
    { from: range.from, before: split },
    { from: split, before: range.before },
  ]
}

/**
 * The full subtrees that a range is made of, largest first. A range of a proof, or a whole tree, begins where a subtree
 * of its size could, so they are its left halves.
 */
export function fullSubtrees(range: Range): readonly Range[] {
  const subtrees: Range[] = []
  let rest = range
  for (;;) {
    const size = rest.before - rest.from
    const split = splitOf(rest)
    if (size === 1 || split - rest.from === size / 2) return [...subtrees, rest]
    subtrees.push({ from: rest.from, before: split })
    rest = { from: split, before: rest.before }
  }
}

function nodesOf({ from, before }: Range): StoredNodes {
  let [level, width] = [0, 1]
  while (width * NODES_APART <= before - from) {
    level += 1
    width *= NODES_APART
  }
  return { level, first: from / width, count: (before - from) / width }
}

function subtreeRoot(
  { level, first, count }: StoredNodes,
  known: ReadonlyMap<string, Uint8Array>,
): Uint8Array {
  if (count === 1) {
    const hash = known.get(`${level} ${first}`)
    if (hash === undefined) throw new Error(`node ${first} of level ${level} was not given`)
    return hash
  }
  const half = count / 2
  return nodeHash(
    subtreeRoot({ level, first, count: half }, known),
    subtreeRoot({ level, first: first + half, count: half }, known),
  )
}

function isWhole(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least
}
