// A database that stands still, long: `npm run drill -- stalled [writers = 500] [readers = 500] [seconds = 20]`. All ask
// at once while the events are locked. Ends with 1 if anyone waits 6 seconds, gets another answer than the work done or
// when to come back, or has lost or doubled anything afterwards.
import { runStalled } from '../../test/trust/stalled-run.ts'
import { drill, numberArgument } from './stage.ts'

await drill(async (start) => {
  const service = await start({ sequencer: false, answerWithinMs: 5_500 })
  const { faults, ...run } = await runStalled(service, {
    writers: numberArgument(0, 500),
    readers: numberArgument(1, 500),
    stalledMs: numberArgument(2, 20) * 1_000,
  })
  console.log(JSON.stringify(run))
  return faults
})
