// Medians, percentiles and timings: the little arithmetic that every measurement shares.

/** The value below which `fraction` of the sorted values lie. */
export function percentile(sorted: readonly number[], fraction: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))]
  if (value === undefined) throw new Error('nothing was measured')
  return value
}

export function median(values: readonly number[]): number {
  return percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  )
}

/** Microseconds that one call takes: the median of several rounds, after one that only warms up. */
export async function microseconds(
  calls: number,
  work: (index: number) => unknown,
  rounds = 7,
): Promise<number> {
  const taken: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const started = performance.now()
    for (let index = 0; index < calls; index += 1) {
      const result = work(round * calls + index)
      if (result instanceof Promise) await result
    }
    if (round > 0) taken.push(((performance.now() - started) * 1000) / calls)
  }
  return median(taken)
}
