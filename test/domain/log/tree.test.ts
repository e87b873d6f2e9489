// The tree, its frontier and its proofs against the vectors of RFC 6962's reference implementation, and against the
// RFC's own recursive definitions.
import t from 'tap'
import { leafHash } from '../../../src/domain/log/canonical.ts'
import {
  EMPTY_FRONTIER,
  type Frontier,
  grown,
  rootOf,
  type StoredNode,
} from '../../../src/domain/log/frontier.ts'
import { consistencyRanges, inclusionRanges, nodesFor, proofOf } from '../../../src/domain/log/proof.ts'
import { CHAIN_START, nextInChain, nodeHash } from '../../../src/domain/log/tree.ts'

const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => leafHash(Buffer.from(hex, 'hex').toString('latin1')))
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const hexes = (hashes: readonly Uint8Array[]) => hashes.map((hash) => Buffer.from(hash).toString('hex'))

/** Many leaves, each another. */
const numbered = (count: number) => Array.from({ length: count }, (_, i) => Buffer.alloc(32, `${i},`))

/** The RFC's definition (2.1): every root computed again from its leaves. */
function definedRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves
  if (only === undefined) throw new Error('the root of no leaves is asked of nobody')
  if (leaves.length === 1) return only
  const half = largestHalf(leaves.length)
  return nodeHash(definedRoot(leaves.slice(0, half)), definedRoot(leaves.slice(half)))
}

/** 2.1.1 */
function definedPath(index: number, leaves: readonly Uint8Array[]): readonly Uint8Array[] {
  if (leaves.length === 1) return []
  const half = largestHalf(leaves.length)
  const [left, right] = [leaves.slice(0, half), leaves.slice(half)]
  return index < half
    ? [...definedPath(index, left), definedRoot(right)]
    : [...definedPath(index - half, right), definedRoot(left)]
}

/** 2.1.2 */
function definedSubproof(
  from: number,
  leaves: readonly Uint8Array[],
  isWhole: boolean,
): readonly Uint8Array[] {
  if (from === leaves.length) return isWhole ? [] : [definedRoot(leaves)]
  const half = largestHalf(leaves.length)
  const [left, right] = [leaves.slice(0, half), leaves.slice(half)]
  return from <= half
    ? [...definedSubproof(from, left, isWhole), definedRoot(right)]
    : [...definedSubproof(from - half, right, false), definedRoot(left)]
}

function largestHalf(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1))
}

/** The leaves as they are stored, and every node above them. */
function storedBy(leaves: readonly Uint8Array[]): readonly StoredNode[] {
  const level0 = leaves.map((hash, node) => ({ level: 0, node, hash }))
  return [...level0, ...grown(EMPTY_FRONTIER, leaves).completed]
}

t.test('the roots of growing trees are those of the reference implementation', async (t) => {
  let frontier: Frontier = EMPTY_FRONTIER
  t.equal(rootOf(frontier).toString('hex'), ROOTS[0], 'of no leaves')
  for (const [i, leaf] of LEAVES.entries()) {
    frontier = grown(frontier, [leaf]).frontier
    t.equal(rootOf(frontier).toString('hex'), ROOTS[i + 1], `of ${i + 1}`)
  }
  t.strictSame(grown(EMPTY_FRONTIER, LEAVES).frontier, frontier, 'one by one, and at once')
  t.throws(() => grown({ size: 1, roots: [] }, LEAVES), /a root for each full subtree/)
})

t.test('inclusion proofs are those of the reference implementation', async (t) => {
  const proof = (index: number, size: number) =>
    hexes(proofOf(inclusionRanges(index, size), storedBy(LEAVES)))
  t.strictSame(proof(0, 1), [])
  t.strictSame(proof(0, 8), [
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ])
  t.strictSame(proof(5, 8), [
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ])
  t.strictSame(proof(1, 5), [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  ])
})

t.test('consistency proofs are those of the reference implementation', async (t) => {
  const proof = (from: number, to: number) => hexes(proofOf(consistencyRanges(from, to), storedBy(LEAVES)))
  t.strictSame(proof(1, 1), [])
  t.strictSame(proof(6, 8), [
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ])
  t.strictSame(proof(2, 5), [
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  ])
})

t.test('in trees of up to 40 leaves every root and proof is as the RFC defines it', async (t) => {
  const leaves = numbered(40)
  const stored = storedBy(leaves)
  for (let size = 1; size <= leaves.length; size += 1) {
    const within = leaves.slice(0, size)
    const wrong = within.flatMap((_, at) => {
      const inclusion = proofOf(inclusionRanges(at, size), stored)
      const consistency = proofOf(consistencyRanges(at + 1, size), stored)
      return [
        ...(`${hexes(inclusion)}` === `${hexes(definedPath(at, within))}` ? [] : [`leaf ${at} in ${size}`]),
        ...(`${hexes(consistency)}` === `${hexes(definedSubproof(at + 1, within, true))}`
          ? []
          : [`${at + 1} within ${size}`]),
      ]
    })
    t.strictSame(wrong, [], `size ${size}`)
    t.strictSame(hexes([rootOf(grown(EMPTY_FRONTIER, within).frontier)]), hexes([definedRoot(within)]))
  }
})

t.test('a proof in a tree of three levels needs few stored nodes, and no leaf far away', async (t) => {
  const leaves = numbered(66_000)
  const { frontier, completed } = grown(EMPTY_FRONTIER, leaves)
  const [left, right] = [definedRoot(leaves.slice(0, 65_536)), leaves.slice(65_536)]
  t.strictSame(
    completed.filter(({ level }) => level === 2).map(({ node, hash }) => [node, ...hexes([hash])]),
    [[0, ...hexes([left])]],
    'the 65,536th leaf completes a node of level 2',
  )
  t.equal(completed.filter(({ level }) => level === 1).length, 257)
  t.strictSame(hexes([rootOf(frontier)]), hexes([nodeHash(left, definedRoot(right))]))
  const ranges = inclusionRanges(65_700, 66_000)
  const asked = nodesFor(ranges)
  t.ok(
    asked.every(({ level, first }) => level > 0 || first >= 65_536),
    'leaves of its own 256 and of the edge only',
  )
  t.ok(asked.reduce((sum, { count }) => sum + count, 0) < 512)
  const known = [...leaves.map((hash, node) => ({ level: 0, node, hash })), ...completed]
  const given = known.filter(({ level, node }) =>
    asked.some((nodes) => nodes.level === level && node >= nodes.first && node < nodes.first + nodes.count),
  )
  t.strictSame(hexes(proofOf(ranges, given)), hexes([...definedPath(65_700 - 65_536, right), left]))
  t.throws(() => proofOf(ranges, given.slice(1)), /was not given/, 'all that is asked for is needed')
})

t.test('a proof of what cannot be is asked for by mistake only', async (t) => {
  for (const [index, size] of [
    [0, 0],
    [8, 8],
    [-1, 8],
    [0.5, 8],
    [0, 2 ** 53],
  ] as const)
    t.throws(() => inclusionRanges(index, size), /not in the tree/, `${index} in ${size}`)
  for (const [from, to] of [
    [0, 8],
    [9, 8],
    [1.5, 8],
  ] as const)
    t.throws(() => consistencyRanges(from, to), /not within/, `${from} within ${to}`)
})

t.test('sizes past 32 bits are split like all others', async (t) => {
  const size = 2 ** 40 + 1
  t.strictSame(inclusionRanges(2 ** 40, size), [{ from: 0, before: 2 ** 40 }])
  t.strictSame(nodesFor(inclusionRanges(2 ** 40, size)), [{ level: 5, first: 0, count: 1 }])
})

t.test('the chain begins with 32 zero bytes and covers each leaf', async (t) => {
  const [one, two] = [
    '474f35fb5750211cfb7f834bebe3c94db990eb711aba6033e4b24bb0912a5f4e',
    'b6e1e41d3a67b6a2793ac7e997f151341059d8bfa1ae529f38847cde8cda6a7b',
  ].map((hex) => Buffer.from(hex, 'hex')) as [Buffer, Buffer]
  t.equal(CHAIN_START.toString('hex'), '0'.repeat(64))
  const chain = nextInChain(nextInChain(CHAIN_START, one), two)
  t.equal(chain.subarray(0, 8).toString('hex'), '5b84067b3ac066c4')
})
