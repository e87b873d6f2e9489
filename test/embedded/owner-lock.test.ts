import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { AlreadyRunningError } from '../../src/embedded/errors.ts'
import { acquireOwnerLock } from '../../src/embedded/owner-lock.ts'
import { processMark } from '../../src/embedded/process-mark.ts'
import { temporaryFolder } from './fixture.ts'

const folder = await temporaryFolder()
t.teardown(() => folder.remove())

t.test('of many simultaneous claims exactly one is granted, round after round', async (t) => {
  for (let round = 0; round < 20; round++) {
    const claims = await Promise.allSettled(Array.from({ length: 8 }, () => acquireOwnerLock(folder.path)))
    const granted = claims.filter((claim) => claim.status === 'fulfilled')
    const refused = claims.filter((claim) => claim.status === 'rejected')
    t.equal(granted.length, 1)
    t.ok(refused.every(({ reason }) => reason instanceof AlreadyRunningError && reason.pid === process.pid))
    await granted[0]?.value.release()
  }
  t.equal((await readdir(folder.path)).length, 1, 'nothing piles up')
})

t.test('a claim of a dead process does not count', async (t) => {
  const child = spawn('sleep', ['60'])
  await once(child, 'spawn')
  const mark = await processMark(child.pid ?? 0)
  await writeFile(join(folder.path, 'owner.900'), JSON.stringify({ pid: child.pid, mark }))
  await t.rejects(acquireOwnerLock(folder.path), { name: 'AlreadyRunningError', pid: child.pid })
  child.kill('SIGKILL')
  await once(child, 'exit')
  await (await acquireOwnerLock(folder.path)).release()
})

t.test('a living process that merely has the number of a dead owner does not count', async () => {
  const claim = { pid: process.pid, mark: 'the start of an earlier process' }
  await writeFile(join(folder.path, 'owner.901'), JSON.stringify(claim))
  await (await acquireOwnerLock(folder.path)).release()
})

t.test('a claim whose content was lost does not count', async () => {
  await writeFile(join(folder.path, 'owner.950'), '{"pid":')
  await (await acquireOwnerLock(folder.path)).release()
})

t.test('a release after the folder is gone is harmless', async (t) => {
  const gone = await temporaryFolder()
  const lock = await acquireOwnerLock(gone.path)
  await gone.remove()
  await t.resolves(lock.release())
})
