// Kills under load, long: `npm run drill -- crash [rounds = 50] [clients = 16]`. In turn the service, PostgreSQL,
// one of its backends, and both are killed with SIGKILL. Ends with 1 if anything acknowledged is lost or doubled.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCrashes } from '../../test/trust/crash-run.ts'
import { numberArgument } from './stage.ts'

const dataDir = await mkdtemp(join(tmpdir(), 'openras-crash-'))
await chmod(dataDir, 0o755)
try {
  const { faults, service, ...run } = await runCrashes(dataDir, {
    rounds: numberArgument(0, 50),
    clients: numberArgument(1, 16),
    writesForMs: [250, 950],
    earlier: 0,
  })
  await service.end('SIGTERM')
  console.log(JSON.stringify(run))
  for (const fault of faults.slice(0, 20)) console.error(`FAULT ${fault}`)
  console.log(faults.length === 0 ? 'no fault' : `${faults.length} faults`)
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  await rm(dataDir, { recursive: true, force: true, maxRetries: 10 })
}
