// Runs the short-lived programs around PostgreSQL, with an environment of our own instead of an inherited one.
import { spawn } from 'node:child_process'

/** The unprivileged user a program runs as; absent when the service itself is unprivileged. */
export type Identity = { uid: number; gid: number }

export type CommandOutcome = { succeeded: boolean; output: string }

/** The whole environment of every child: nothing of the caller's locale or PG* variables leaks in. */
export const childEnvironment = {
  LC_ALL: 'C',
  TZ: 'UTC',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
}

/** Runs a program to its end and collects what it wrote; never rejects. */
export function runCommand(command: string, args: string[], identity?: Identity): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    let output = ''
    const collect = (chunk: Buffer): void => {
      output += chunk.toString('utf8')
    }
    // The caller's own folder may be out of the unprivileged user's reach, hence '/'.
    const child = spawn(command, args, {
      cwd: '/',
      env: childEnvironment,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...identity,
    })
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', (error) => resolve({ succeeded: false, output: error.message }))
    child.once('close', (code) => resolve({ succeeded: code === 0, output: output.trim() }))
  })
}
