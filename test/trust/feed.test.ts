// A dashboard that polls the feed sees every committed event once, in one order, and none skipped (P8).
import { withService } from '../support/folder.ts'
import { runFeed } from './feed-run.ts'

export const tests = withService(
  import.meta,
  (t, service) =>
    t.test(
      'under 16 writers, rollbacks and a transaction held open, the feed loses and doubles nothing',
      async (t) => {
        const authority = await service.authority('avon')
        const run = await runFeed(service, authority, { writers: 16, events: 960, heldOpenMs: 1_500 })
        const { committed, rolledBack, polls, ...faults } = run
        t.same(faults, { missed: 0, invented: 0, outOfOrder: 0 })
        t.ok(committed >= 960, `${committed} events committed`)
        t.ok(rolledBack > 30, `${rolledBack} events rolled back`)
        t.ok(polls > 10, `${polls} polls`)
      },
    ),
  { sequencer: false },
)
