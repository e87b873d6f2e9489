// The verifier in Python, started once and asked many times.
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Request } from './logs.ts'

const PROGRAM = fileURLToPath(new URL('second_verifier.py', import.meta.url))

export type Verdict = { readonly verdict: string; readonly line: number | null; readonly what: string }

export type SecondVerifier = { ask(request: Request): Promise<Verdict>; stop(): Promise<void> }

/** Null where this machine has no Python 3. */
export function secondVerifier(): SecondVerifier | null {
  if (spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']).status !== 0)
    return null
  const process = spawn('python3', ['-I', PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => process.once('close', () => resolve()))
  const answers = createInterface({ input: process.stdout })[Symbol.asyncIterator]()
  return {
    async ask({ bundle, ...request }) {
      process.stdin.write(
        `${JSON.stringify({ bundle: Buffer.from(bundle).toString('base64'), ...request })}\n`,
      )
      const answer = await answers.next()
      if (answer.done === true) throw new Error('the second verifier has ended')
      return JSON.parse(answer.value) as Verdict
    },
    stop() {
      process.stdin.end()
      return ended
    },
  }
}
