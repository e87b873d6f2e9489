// The programs under measurement, each a Node process of its own as in production, with its output thrown away.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type Program = { readonly url: string; readonly pid: number; stop(): Promise<void> }

/** Starts a program of this folder, hands it its settings, and waits until it listens. */
export async function startProgram(
  file: 'service-process.ts' | 'bare-process.ts',
  settings: object,
): Promise<Program> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  child.send(settings)
  const [ready] = await Promise.race([
    once(child, 'message') as Promise<[{ port: number }]>,
    once(child, 'exit').then(([code]) => {
      throw new Error(`${file} ended with ${code} before it listened; its words stand above.`)
    }),
  ])
  return {
    url: `http://127.0.0.1:${ready.port}`,
    pid: child.pid ?? 0,
    async stop() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
