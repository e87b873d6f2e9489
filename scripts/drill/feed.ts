// The feed under writers, long: `npm run drill -- feed [events = 40000] [writers = 16]`. Ends with 1 if any
// committed event is missed, doubled or out of order.
import { runFeed } from '../../test/trust/feed-run.ts'
import { drill, numberArgument } from './stage.ts'

await drill(async (start) => {
  const service = await start({ sequencer: false })
  const authority = await service.authority('avon')
  const run = await runFeed(service, authority, {
    events: numberArgument(0, 40_000),
    writers: numberArgument(1, 16),
    heldOpenMs: 4_000,
  })
  console.log(JSON.stringify(run))
  const { missed, invented, outOfOrder } = run
  return Object.entries({ missed, invented, outOfOrder })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} events ${name}`)
})
