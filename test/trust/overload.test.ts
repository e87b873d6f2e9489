// Overload is refused quickly and never queued without end (P11); slow clients starve nobody (P12).
import { connect as dial } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { withService } from '../support/folder.ts'
import { startService } from '../support/service.ts'
import { runStalled } from './stalled-run.ts'

const TRICKLES = [
  // Headers that never end, a body that never does, and nothing at all after a good beginning.
  { first: 'POST /v1/assessments HTTP/1.1\r\nhost: x\r\n', drip: 'x: y\r\n' },
  {
    first:
      'POST /v1/assessments HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\r\n{',
    drip: ' ',
  },
  { first: 'GET /v1/feed HTTP/1.1\r\n', drip: '' },
]

export const tests = withService(
  import.meta,
  async (t, service) => {
    t.jobs = 2

    t.test(
      '50 clients that trickle are let go within 12 seconds, and hold nobody up',
      { buffered: true },
      async (t) => {
        const authority = await service.authority('avon', { sampled: true })
        const url = await service.address()
        const slow = Array.from({ length: 50 }, (_, i) =>
          trickle(
            url,
            TRICKLES[i % TRICKLES.length] ?? { first: '', drip: '' },
            authority.author.authorization ?? '',
          ),
        )
        let slowest = 0
        let answered = 0
        let trickling = true
        const ended = Promise.all(slow).finally(() => {
          trickling = false
        })
        while (trickling && answered < 1_000) {
          const before = performance.now()
          const response = await fetch(`${url.origin}/v1/feed`, { headers: authority.author })
          t.equal(response.status, 200)
          await response.text()
          slowest = Math.max(slowest, performance.now() - before)
          answered += 1
          await delay(50)
        }
        const closed = await ended
        for (const { heard, after } of closed) {
          t.match(heard, /^(HTTP\/1\.1 4(08|00|01|15)|$)/, 'it is told why, or cut off')
          t.ok(after < 12_500, `closed after ${Math.round(after)} ms`)
        }
        t.ok(closed.filter(({ heard }) => heard.startsWith('HTTP/1.1 408')).length >= 16, 'most are told 408')
        t.ok(slowest < 2_000, `the slowest of ${answered} good answers took ${Math.round(slowest)} ms`)
      },
    )

    t.test(
      'a stalled database answers 100 clients in time, and afterwards all is well',
      { buffered: true },
      async (t) => {
        const service = await startService(t, { sequencer: false, answerWithinMs: 5_500 })
        const { faults, statuses } = await runStalled(service, {
          writers: 100,
          readers: 100,
          stalledMs: 8_000,
        })
        t.strictSame(faults, [])
        t.ok((statuses[503] ?? 0) > 0, 'some are told when to come back')
      },
    )
  },
  { sequencer: false },
)

function trickle(
  { hostname, port }: URL,
  { first, drip }: (typeof TRICKLES)[number],
  authorization: string,
): Promise<{ heard: string; after: number }> {
  return new Promise((resolve) => {
    const before = performance.now()
    let heard = ''
    const socket = dial(Number(port), hostname, () => {
      const [line = '', ...rest] = first.split('\r\n')
      socket.write([line, `authorization: ${authorization}`, ...rest].join('\r\n'))
    })
    const timer = setInterval(() => socket.writable && drip !== '' && socket.write(drip), 400)
    socket.on('data', (chunk) => {
      heard += chunk.toString()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearInterval(timer)
      resolve({ heard, after: performance.now() - before })
    })
  })
}
