// Work that comes while work of its kind is under way waits for its turn and then goes with all that came meanwhile.
// Nothing waits for company: one alone goes at once, and the more there is to do, the less each costs.
import { DatabaseUnreachable } from './unreachable.ts'

export type GroupCommit = {
  /** How many go together at most. */
  readonly most: number
  /** How many groups are under way at the same time at most. */
  readonly atOnce: number
  /** How long one may wait for its turn, in milliseconds. */
  readonly patience: number
}

type Waiting<Item, Result> = {
  readonly item: Item
  readonly resolve: (result: Result | Promise<Result>) => void
  readonly reject: (error: unknown) => void
  readonly impatience: NodeJS.Timeout
}

export type Doing<Item, Result> = {
  /** Does many, and answers in their order. */
  together(items: readonly Item[]): Promise<readonly Result[]>
  /** Does one again, out of turn. */
  alone(item: Item): Promise<Result>
  /** Whether what so many failed for may be the fault of one, or may pass: then each is done again alone. */
  isWorthAnother(error: unknown, count: number): boolean
}

/** Gives a function that does one piece of work, together with whatever else has come. */
export function groupCommit<Item, Result>(
  { most, atOnce, patience }: GroupCommit,
  { together, alone, isWorthAnother }: Doing<Item, Result>,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = []
  let underWay = 0

  function go(): void {
    while (underWay < atOnce && waiting.length > 0) {
      underWay += 1
      settle(waiting.splice(0, most)).finally(() => {
        underWay -= 1
        go()
      })
    }
  }

  async function settle(group: readonly Waiting<Item, Result>[]): Promise<void> {
    for (const { impatience } of group) clearTimeout(impatience)
    try {
      const results = await together(group.map(({ item }) => item))
      group.forEach(({ resolve }, at) => {
        resolve(results[at] as Result)
      })
    } catch (error) {
      if (isWorthAnother(error, group.length)) for (const { item, resolve } of group) resolve(alone(item))
      else for (const { reject } of group) reject(error)
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      const one: Waiting<Item, Result> = {
        item,
        resolve,
        reject,
        impatience: setTimeout(() => {
          waiting.splice(waiting.indexOf(one), 1)
          reject(new DatabaseUnreachable(`its turn did not come within ${patience} ms`))
        }, patience),
      }
      waiting.push(one)
      go()
    })
}
