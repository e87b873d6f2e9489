// The chances of the synthetic council, drawn one after another from one seed.
import { type Draws, type RandomState, seeded, shuffled, words } from '../number/random.ts'
import { present } from '../present.ts'

/** One stream: every call draws on from where the last one stopped. */
export type Chances = {
  /** The next 32-bit word. */
  word(): number
  /** One of the kinds, each as likely as its weight says. */
  pick<Kind>(kinds: readonly Weighted<Kind>[]): Kind
  /** True in `hundredths` of a hundred draws. */
  happens(hundredths: number): boolean
  /** Nearly normal, mean 0 and variance 1: twelve words added up, of which nothing lies beyond 6. */
  normal(): number
  /** The numbers 0 to `size` − 1 in any order. */
  order(size: number): readonly number[]
}

export type Weighted<Kind> = readonly [kind: Kind, weight: number]

const WORDS = 4_294_967_296
const WORDS_OF_A_NORMAL = 12

export function chancesFrom(seed: number): Chances {
  let state: RandomState = seeded(seed)
  const taken = (drawn: Draws): Uint32Array => {
    state = drawn.state
    return drawn.draws
  }
  const word = () => present(taken(words(state, 1))[0])
  const below = (bound: number) => Math.floor((word() * bound) / WORDS)
  return {
    word,
    pick: (kinds) => {
      const drawn = below(kinds.reduce((sum, [, weight]) => sum + weight, 0))
      let reached = 0
      const chosen = kinds.find(([, weight]) => {
        reached += weight
        return reached > drawn
      })
      return present(chosen)[0]
    },
    happens: (hundredths) => below(100) < hundredths,
    normal: () =>
      taken(words(state, WORDS_OF_A_NORMAL)).reduce((sum, each) => sum + each, 0) / WORDS -
      WORDS_OF_A_NORMAL / 2,
    order: (size) => [...taken(shuffled(state, size))],
  }
}

/** Kinds of equal weight. */
export function evenly<Kind>(kinds: readonly Kind[]): readonly Weighted<Kind>[] {
  return kinds.map((kind) => [kind, 1])
}
