// No answer takes six seconds, whatever it waits for: a caller who hears nothing sends again, and makes a busy service
// busier. The time that a body takes to arrive is the caller's, and does not count.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isHeavy } from './heavy-work.ts'

type Watch = { spent: number; since: number; timer: NodeJS.Timeout | undefined }

/** `late` answers in place of whoever is still at work, after so many milliseconds. */
export function registerInTime(
  app: FastifyInstance,
  mostMs: number,
  late: (request: FastifyRequest, reply: FastifyReply) => void,
): void {
  const watches = new WeakMap<FastifyRequest, Watch>()

  function go(request: FastifyRequest, reply: FastifyReply): void {
    const watch = watches.get(request) ?? begun(request, reply)
    watch.since = performance.now()
    watch.timer = setTimeout(() => {
      if (!reply.sent && !isHeavy(request)) late(request, reply)
    }, mostMs - watch.spent)
  }

  function begun(request: FastifyRequest, { raw }: FastifyReply): Watch {
    const watch: Watch = { spent: 0, since: 0, timer: undefined }
    watches.set(request, watch)
    const end = () => clearTimeout(watch.timer)
    raw.once('finish', end).once('close', end)
    return watch
  }

  function pause(request: FastifyRequest): void {
    const watch = watches.get(request)
    if (watch === undefined) return
    clearTimeout(watch.timer)
    watch.spent += performance.now() - watch.since
  }

  // Every request passes here: called back, these cost less than promises.
  app.addHook('onRequest', (request, reply, done) => {
    go(request, reply)
    done()
  })
  app.addHook('preParsing', (request, _reply, payload, done) => {
    pause(request)
    done(null, payload)
  })
  app.addHook('preValidation', (request, reply, done) => {
    go(request, reply)
    done()
  })
}
