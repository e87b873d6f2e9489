// PostgreSQL refuses to run as root: decides which system user runs it instead.
import { type Identity, runCommand } from './child-command.ts'
import { EmbeddedPostgresError } from './errors.ts'

export type SystemUser = { name: string; identity: Identity }

const ownName = 'openras'

/** The system user `postgres`, else `openras`, which is created when it is missing. */
export async function unprivilegedUser(): Promise<SystemUser> {
  return (await lookUp('postgres')) ?? (await lookUp(ownName)) ?? (await createUser(ownName))
}

/** Creates a system user without home, password or shell. */
export async function createUser(name: string): Promise<SystemUser> {
  const shell = ['--shell', '/usr/sbin/nologin']
  const made = await runCommand('useradd', ['--system', '--user-group', '--no-create-home', ...shell, name])
  const outcome = made.succeeded
    ? made
    : await runCommand('adduser', ['--system', '--group', '--no-create-home', ...shell, name])
  const user = await lookUp(name)
  if (user !== undefined) return user
  throw new EmbeddedPostgresError(
    'PostgreSQL refuses to run as root, there is no system user "postgres", and creating ' +
      `"${name}" failed: ${made.output}; ${outcome.output}. Start as an ordinary user, or set DATABASE_URL.`,
  )
}

async function lookUp(name: string): Promise<SystemUser | undefined> {
  const [uid, gid] = await Promise.all([idNumber('-u', name), idNumber('-g', name)])
  if (uid === undefined || gid === undefined || uid === 0) return undefined
  return { name, identity: { uid, gid } }
}

async function idNumber(flag: string, name: string): Promise<number | undefined> {
  const { succeeded, output } = await runCommand('id', [flag, name])
  return succeeded && /^\d+$/.test(output) ? Number(output) : undefined
}
