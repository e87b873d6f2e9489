// Stands in for what tap follows every promise and timer with, to tell in which test something was thrown that nobody
// caught: that costs a third of a process that does much. Node follows the same with next to no cost, once each test is
// run in a context of its own.
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'

type OnError = (error: unknown, told: 'uncaughtException' | 'unhandledRejection') => unknown

const current = new AsyncLocalStorage<Domain>()
const domainOf = new WeakMap<AsyncResource, Domain>()
const live = new Set<Domain>()
let running: AsyncResource | undefined

// A test is an AsyncResource, and makes its domain within its own scope.
const runInAsyncScope = AsyncResource.prototype.runInAsyncScope
AsyncResource.prototype.runInAsyncScope = function <This, Result>(
  this: AsyncResource,
  work: (this: This, ...args: unknown[]) => Result,
  thisArg?: This,
  ...args: unknown[]
): Result {
  const outer = running
  running = this
  try {
    const domain = domainOf.get(this)
    const run = () => Reflect.apply(work, thisArg as This, args) as Result
    return runInAsyncScope.call(this, domain === undefined ? run : () => current.run(domain, run)) as Result
  } finally {
    running = outer
  }
}

export class Domain {
  readonly onerror: OnError
  destroyed = false

  constructor(onerror: OnError) {
    this.onerror = onerror
    if (running !== undefined) domainOf.set(running, this)
    live.add(this)
    if (live.size > 1) return
    process.on('uncaughtException', uncaught)
    process.on('unhandledRejection', unhandled)
  }

  destroy(): void {
    this.destroyed = true
    live.delete(this)
    if (live.size > 0) return
    process.off('uncaughtException', uncaught)
    process.off('unhandledRejection', unhandled)
  }
}

// What belongs to no test, or to one that has ended, is told to the outermost.
function told(): Domain | undefined {
  const domain = current.getStore()
  return domain === undefined || domain.destroyed ? live.values().next().value : domain
}

function uncaught(error: unknown): void {
  told()?.onerror(error, 'uncaughtException')
}

function unhandled(error: unknown): void {
  told()?.onerror(error, 'unhandledRejection')
}
