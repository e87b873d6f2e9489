// Malformed bodies, long: `npm run drill -- hostile [bodies = 20000]`. Ends with 1 on any 5xx, anything stored
// that was not sent, or a canary in a log line, a metric or an answer.
import { recordsOf } from '../../test/trust/catalogue.ts'
import { hostileTargets, runHostile } from '../../test/trust/hostile-run.ts'
import { drill, numberArgument } from './stage.ts'

await drill(async (start) => {
  const service = await start({ publicEstimatesPerMinute: 1_000_000 })
  const bodies = numberArgument(0, 20_000)
  const targets = await hostileTargets(service, 'avon')
  const about = targets.filter(({ accepts }) => accepts !== true)
  const before = JSON.stringify(await recordsOf(service))
  const refused = await runHostile(service, about, ({ name }) =>
    name === 'assessments' ? bodies / 2 : bodies / 10,
  )
  const stored = JSON.stringify(await recordsOf(service)) === before ? [] : ['something was stored']
  const drafts = await runHostile(
    service,
    targets.filter((target) => !about.includes(target)),
    () => bodies / 10,
  )
  console.log(refused.sent + drafts.sent, 'bodies', refused.codes, drafts.codes)
  return [...refused.faults, ...stored, ...drafts.faults]
})
