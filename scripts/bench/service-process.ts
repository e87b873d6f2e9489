// The service as `npm start` runs it: same app, pool, log level and sequencer. It ends when its parent lets go.
import type { AddressInfo } from 'node:net'
import { createApp } from '../../src/app.ts'
import { createLogger } from '../../src/logger.ts'
import { checkpointSigner } from '../../src/operations/log/sign-checkpoints.ts'
import { workThreads } from '../../src/operations/worker/threads.ts'
import { openDatabase } from '../../src/store/database.ts'
import { startSequencer } from '../../src/store/sequencer.ts'
import { TEST_LOG_KEY } from '../../test/support/log-key.ts'

export type ServiceSettings = { readonly applicationUrl: string; readonly poolSize: number }

async function start({ applicationUrl, poolSize }: ServiceSettings): Promise<void> {
  const database = openDatabase({ url: applicationUrl, poolSize, onIdleError: console.error })
  const app = await createApp({
    database,
    threads: workThreads(),
    logger: createLogger('info'),
    logKey: TEST_LOG_KEY,
    release: 'bench',
    credentialChecks: [],
    publicEstimatesPerMinute: 30,
    uploadsAtOnce: 2,
    refusalsPerMinute: 20,
    trustProxy: 0,
    stopping: () => false,
  })
  const sequencer = startSequencer(
    database,
    checkpointSigner(database, TEST_LOG_KEY, console.error).sign,
    console.error,
  )
  await app.listen({ host: '127.0.0.1', port: 0 })
  process.once('disconnect', async () => {
    await app.close()
    await sequencer.stop()
    await database.close()
  })
  process.send?.({ port: (app.server.address() as AddressInfo).port })
}

process.once('message', (settings) => start(settings as ServiceSettings))
