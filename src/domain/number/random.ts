// The one source of chance in a calibration: xoshiro128** seeded through splitmix64, both by their authors' public
// domain reference (Blackman and Vigna). The seed is an input and the state is passed on, so a run can be repeated.
import { Refusal } from '../../contract/refusal.ts'

/** The four 32-bit words the generator stands at: plain numbers, so that a job can store them and go on. */
export type RandomState = readonly [number, number, number, number]

export type Draws = { readonly draws: Uint32Array; readonly state: RandomState }

const WORDS = 4_294_967_296
// Above this, a word times the bound is no longer exact in a double.
const LARGEST_BOUND = 2_097_152

/** Where the generator begins for a seed: a whole number from 0 to 9,007,199,254,740,991. */
export function seeded(seed: number): RandomState {
  if (!Number.isSafeInteger(seed) || seed < 0) throw seedRefusal(seed)
  const view = new DataView(new ArrayBuffer(16))
  let counter = BigInt(seed)
  for (const offset of [0, 8]) {
    counter += 0x9e3779b97f4a7c15n
    view.setBigUint64(offset, splitMix(BigInt.asUintN(64, counter)), true)
  }
  return [view.getUint32(0, true), view.getUint32(4, true), view.getUint32(8, true), view.getUint32(12, true)]
}

function seedRefusal(seed: number): Refusal {
  const detail = `Found the seed ${seed}; expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}. Change it.`
  return new Refusal('calibration-impossible', detail, {
    faults: [{ pointer: '/seed', code: 'parameter-out-of-range', detail }],
  })
}

function splitMix(counter: bigint): bigint {
  const first = BigInt.asUintN(64, (counter ^ (counter >> 30n)) * 0xbf58476d1ce4e5b9n)
  const second = BigInt.asUintN(64, (first ^ (first >> 27n)) * 0x94d049bb133111ebn)
  return second ^ (second >> 31n)
}

/** The next `count` 32-bit words. */
export function words(state: RandomState, count: number): Draws {
  const at = Uint32Array.from(state)
  const draws = new Uint32Array(count)
  for (let i = 0; i < count; i += 1) draws[i] = step(at)
  return { draws, state: stateOf(at) }
}

/** `count` whole numbers from 0 to `bound` − 1, each as likely as any other. `bound` is at most 2,097,152. */
export function drawsBelow(state: RandomState, bound: number, count: number): Draws {
  const at = Uint32Array.from(state)
  const draws = new Uint32Array(count)
  for (let i = 0; i < count; i += 1) draws[i] = below(at, bound)
  return { draws, state: stateOf(at) }
}

/** The numbers 0 to `size` − 1 in an order of which each is as likely as any other (Fisher and Yates). */
export function shuffled(state: RandomState, size: number): Draws {
  const at = Uint32Array.from(state)
  const draws = Uint32Array.from({ length: size }, (_, i) => i)
  for (let last = size - 1; last > 0; last -= 1) {
    const chosen = below(at, last + 1)
    const held = draws[last] as number
    draws[last] = draws[chosen] as number
    draws[chosen] = held
  }
  return { draws, state: stateOf(at) }
}

// Lemire's method: the high word of a product, and the few low words that would favour some numbers drawn again.
function below(at: Uint32Array, bound: number): number {
  if (bound > LARGEST_BOUND) throw new Error(`a draw below ${bound} would not be exact`)
  for (;;) {
    const product = step(at) * bound
    const high = Math.floor(product / WORDS)
    const low = product - high * WORDS
    if (low >= bound || low >= WORDS % bound) return high
  }
}

function step(at: Uint32Array): number {
  let a = at[0] as number
  let b = at[1] as number
  let c = at[2] as number
  let d = at[3] as number
  const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0
  const shifted = b << 9
  c ^= a
  d ^= b
  b ^= c
  a ^= d
  c ^= shifted
  d = rotated(d, 11)
  at[0] = a
  at[1] = b
  at[2] = c
  at[3] = d
  return result
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}

function stateOf(at: Uint32Array): RandomState {
  return [at[0] as number, at[1] as number, at[2] as number, at[3] as number]
}
