import { chmod, chown, cp, mkdir, readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import {
  binariesIn,
  locateBinaries,
  requireWorkingBinaries,
  tryBinaries,
} from '../../src/embedded/binaries.ts'
import { copyBinaries, isOutOfReach } from '../../src/embedded/binary-copy.ts'
import { fallbackFolder } from '../../src/embedded/home.ts'
import { startEmbeddedPostgres } from '../../src/embedded/postgres.ts'
import { unprivilegedUser } from '../../src/embedded/unprivileged-user.ts'
import { madeDataFolder, notingLog, query, startService, temporaryFolder } from './fixture.ts'

const folder = await temporaryFolder()
t.teardown(() => folder.remove())
const fallbackRoot = join(folder.path, 'fallback')

async function makeFolder(name: string, mode: number, owner = { uid: 0, gid: 0 }): Promise<string> {
  const path = join(folder.path, name)
  await mkdir(path)
  await chmod(path, mode)
  await chown(path, owner.uid, owner.gid)
  return path
}

// Known before the first test is made: one that is made after those before it have ended comes too late for tap.
const isRoot = process.getuid?.() === 0
const { identity } = isRoot ? await unprivilegedUser() : { identity: undefined }
const reachable = identity !== undefined && !(await isOutOfReach(await locateBinaries(), identity))

t.test('the fallback folder depends on the data folder alone', async (t) => {
  t.equal(fallbackFolder('/root', '/a/b'), fallbackFolder('/root', '/a/b'))
  t.not(fallbackFolder('/root', '/a/b'), fallbackFolder('/root', '/a/c'))
})

t.test('PostgreSQL programs that do not run are refused with a way out', async (t) => {
  await t.rejects(requireWorkingBinaries(binariesIn('/nowhere', '18')), {
    message: /npm rebuild.*DATABASE_URL/,
  })
})

// These need the right to act as another user, which only root has.
if (identity !== undefined) {
  t.test(
    'under a private folder root keeps the data elsewhere, says so once, and finds them again',
    async (t) => {
      const dataDir = join(await makeFolder('private', 0o700), 'data')
      const log = notingLog()
      const first = await startEmbeddedPostgres({ dataDir, fallbackRoot, log })
      t.equal(first.dataDir, fallbackFolder(await realpath(fallbackRoot), await realpath(dataDir)))
      t.equal(log.lines.length, 1)
      t.ok(log.lines[0]?.includes(dataDir) && log.lines[0].includes(first.dataDir))
      await query(first.adminUrl, 'create table kept (word text)')
      await first.stop()
      await chmod(join(folder.path, 'private'), 0o755)
      const second = await startEmbeddedPostgres({ dataDir, fallbackRoot, log })
      t.equal(second.dataDir, first.dataDir, 'also when the folder is no longer private')
      t.strictSame(await query(second.adminUrl, 'select * from kept'), [])
      await second.stop()
      t.strictSame(await readdir(dataDir), [])
    },
  )

  t.test(
    'programs under a private folder are copied, symbolic links included, and run from there',
    async (t) => {
      const installed = await locateBinaries()
      const hidden = await makeFolder('hidden', 0o700)
      await cp(installed.folder, join(hidden, 'native'), { recursive: true, verbatimSymlinks: true })
      const source = binariesIn(join(hidden, 'native'), installed.version)
      await chmod(source.folder, 0o700)
      t.equal(await isOutOfReach(source, identity), true)
      const root = await makeFolder('copies', 0o755)
      const [copy] = await Promise.all([
        copyBinaries(source, root, identity),
        copyBinaries(source, root, identity),
      ])
      t.ok((await tryBinaries(copy, identity)).succeeded)
      t.strictSame(await readdir(root), [`postgresql-${installed.version}`], 'two at once leave one copy')
      const { ctimeMs } = await stat(copy.folder)
      await copyBinaries(source, root, identity)
      t.equal((await stat(copy.folder)).ctimeMs, ctimeMs, 'a second start uses the copy that is there')
    },
  )

  // An ordinary user cannot start the service from a checkout that lies in another's private folder.
  if (reachable) {
    t.test(
      'an ordinary user runs PostgreSQL as itself; root then goes on with that user’s data',
      async (t) => {
        const home = await makeFolder('ordinary', 0o700, identity)
        const dataDir = join(home, 'data')
        const service = await startService(dataDir, { fallbackRoot, ...identity })
        t.equal(service.report.dataDir, dataDir)
        t.equal((await stat(join(dataDir, 'cluster'))).uid, identity.uid)
        await query(service.report.adminUrl, 'create table kept (word text)')
        await service.kill()
        const server = await startEmbeddedPostgres({ dataDir, fallbackRoot, log: notingLog() })
        t.strictSame(await query(server.adminUrl, 'select * from kept'), [])
        await server.stop()
        const again = await startService(dataDir, { fallbackRoot, ...identity })
        t.equal(again.report.dataDir, dataDir)
        await again.kill()
        await (await startEmbeddedPostgres({ dataDir, fallbackRoot, log: notingLog() })).stop()
      },
    )

    t.test('an ordinary user is told whose the data of root are', async (t) => {
      const dataDir = await madeDataFolder(await makeFolder('roots', 0o755), 'data')
      await (await startEmbeddedPostgres({ dataDir, fallbackRoot, log: notingLog() })).stop()
      const { report } = await startService(dataDir, { fallbackRoot, uid: 65534, gid: 65534 })
      t.match(report, { error: 'EmbeddedPostgresError', message: /belongs to another user/ })
    })
  }
}
