// No body makes the service fail, store what is wrong, or tell what it was sent (P10, P16). `npm run drill -- hostile`
// sends forty times as many.
import { withService } from '../support/folder.ts'
import { recordsOf } from './catalogue.ts'
import { hostileTargets, runHostile } from './hostile-run.ts'

export const tests = withService(
  import.meta,
  async (t, service) => {
    const targets = await hostileTargets(service, 'avon')

    t.test('malformed bodies about people are refused by name, and nothing is stored', async (t) => {
      const about = targets.filter(({ accepts }) => accepts !== true)
      const before = await recordsOf(service)
      const { sent, codes, faults } = await runHostile(service, about, ({ name }) =>
        name === 'assessments' ? 250 : 50,
      )
      t.same(faults.slice(0, 10), [])
      t.ok(sent >= 450, `${sent} bodies: ${JSON.stringify(codes)}`)
      t.same(await recordsOf(service), before)
    })

    t.test('spoilt drafts are refused by name, or stored exactly as they were sent', async (t) => {
      const drafts = targets.filter(({ accepts }) => accepts === true)
      const { sent, codes, faults } = await runHostile(service, drafts, () => 40)
      t.same(faults.slice(0, 10), [])
      t.ok(sent >= 120, `${sent} bodies: ${JSON.stringify(codes)}`)
    })
  },
  { sequencer: false },
)
