// RFC 6962's tree, as one who checks needs it: the root of leaves that come one by one, and what a proof leads to.
import { createHash } from 'node:crypto'

export function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export function leafOf(envelope: string): Buffer {
  return sha256(LEAF, envelope)
}

/** The leaves of a log, 32 bytes each, and the roots of its trees in the order of their sizes. */
export class Leaves {
  #chunks: Buffer[] = []
  #count = 0
  #edge: Buffer[] = []
  #grown = 0

  get count(): number {
    return this.#count
  }

  add(leaf: Buffer): void {
    const place = this.#count % IN_CHUNK
    if (place === 0) this.#chunks.push(Buffer.allocUnsafe(IN_CHUNK * 32))
    leaf.copy(this.#chunks.at(-1) ?? leaf, place * 32)
    this.#count += 1
  }

  /** The root of the first `size` leaves, which are no fewer than those of the root before. */
  rootAt(size: number): Buffer {
    for (; this.#grown < size; this.#grown += 1) {
      let hash = this.#leaf(this.#grown)
      for (let width = 2; (this.#grown + 1) % width === 0; width *= 2)
        hash = sha256(NODE, this.#edge.pop() ?? hash, hash)
      this.#edge.push(hash)
    }
    return this.#edge.reduceRight((right, left) => sha256(NODE, left, right))
  }

  #leaf(index: number): Buffer {
    const start = (index % IN_CHUNK) * 32
    return Buffer.from(this.#chunks[Math.floor(index / IN_CHUNK)]?.subarray(start, start + 32) ?? [])
  }
}

/** The root that an inclusion proof leads to, or null where it is not as long as that leaf's proof is (RFC 9162, 2.1.3.2). */
export function rootByInclusion(
  leaf: Buffer,
  index: number,
  size: number,
  proof: readonly Buffer[],
): Buffer | null {
  let [node, last] = [index, size - 1]
  let root = leaf
  for (const hash of proof) {
    if (last === 0) return null
    if (node % 2 === 1 || node === last) {
      root = sha256(NODE, hash, root)
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = Math.floor(last / 2)
      }
    } else {
      root = sha256(NODE, root, hash)
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? root : null
}

/** Whether the tree of size `to` and its root begins with that of size `from` (RFC 9162, 2.1.4.2); from 1, below `to`. */
export function isConsistent(
  from: number,
  to: number,
  roots: { readonly from: Buffer; readonly to: Buffer },
  proof: readonly Buffer[],
): boolean {
  let [node, last] = [from - 1, to - 1]
  while (node % 2 === 1) {
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  // A full subtree's root is known already, so the proof leaves it out.
  const [first, ...rest] = node === 0 ? [roots.from, ...proof] : proof
  if (first === undefined || rest.length === 0) return false
  let [left, whole] = [first, first]
  for (const hash of rest) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      left = sha256(NODE, hash, left)
      whole = sha256(NODE, hash, whole)
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = Math.floor(last / 2)
      }
    } else {
      whole = sha256(NODE, whole, hash)
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && left.equals(roots.from) && whole.equals(roots.to)
}

const LEAF = Buffer.of(0)
const NODE = Buffer.of(1)
const IN_CHUNK = 1 << 15
