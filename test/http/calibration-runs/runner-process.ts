// A runner in a process of its own, so that it can be killed without a word.
import { startCalibrationRunner } from '../../../src/operations/run/runner.ts'
import { workThreads } from '../../../src/operations/worker/threads.ts'
import { openDatabase } from '../../../src/store/database.ts'

const [url = '', leaseMs = ''] = process.argv.slice(2)
const database = openDatabase({ url, poolSize: 4, onIdleError: () => {} })
startCalibrationRunner(database, {
  threads: workThreads(),
  onError: (error) => console.error(error),
  tickMs: 20,
  leaseMs: Number(leaseMs),
})
