// What is worked out once and met again. There is an end to it: whatever is met, no memory grows past its bound.

/** How many values one memory keeps at most; with one more it begins anew. */
export const MOST_KEPT = 4096

export type Kept<K, V> = { get(key: K): V | undefined; set(key: K, value: V): void }

export function keptValues<K, V>(): Kept<K, V> {
  const values = new Map<K, V>()
  return {
    get: (key) => values.get(key),
    set(key, value) {
      if (values.size >= MOST_KEPT) values.clear()
      values.set(key, value)
    },
  }
}

/** `make` with a memory: it must make the same of the same key. */
export function kept<K, V>(make: (key: K) => V): (key: K) => V {
  const values = keptValues<K, V>()
  return (key) => {
    const known = values.get(key)
    if (known !== undefined) return known
    const made = make(key)
    values.set(key, made)
    return made
  }
}
