// The results of a run are described in full: those of the cohort of 2012 are held against the document's schema, which
// misses any member that is taken away and any that is added; and its example is a run that was really made.
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { withService } from '../../support/folder.ts'
import { asAdmin, publish } from '../../support/service.ts'
import { get, refused } from '../driver.ts'
import { bnesCostBands, bnesQuestionnaire } from './bnes.ts'
import { ran, runner, sealedCohort } from './driver.ts'

export const tests = withService(import.meta, async (t, service) => {
  runner(t, service)
  const avon = await service.authority('avon')
  await publish(service, avon, 'questionnaires', bnesQuestionnaire)

  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  ajv.addSchema({ ...service.app.swagger(), $id: 'document' })
  const isDescribed = ajv.compile({ $ref: 'document#/components/schemas/CalibrationRunResults' })

  const run = await ran(service, avon.author, {
    cohortId: await sealedCohort(service, avon.author),
    groups: 'all',
    budget: { basis: 'stated', amountAnnual: '1885762.00' },
    methods: [{ method: 'fixed' }, { method: 'percentile', mode: 'percent-table', neutral: false }],
    costBands: bnesCostBands(),
    exclusions: [
      { rule: 'weekly-cost-above', limit: '2000', weeksPerYear: '52', reason: 'Costed individually.' },
    ],
    sampling: { confidence: '0.95', margin: '0.09', population: 1000, mix: { 'older-people': 500 } },
    trust: { seed: 2012, resamples: 1000, crossValidation: { repeats: 2, folds: 5 } },
  })

  t.test('the results of 2012 are as described', async (t) => {
    t.ok(isDescribed(run.results), JSON.stringify(isDescribed.errors))
  })

  /** Members that need not be there: what a request may leave out, and names that are the cohort's or the method's own. */
  const FREE =
    /^\/request\/(sampling|trust)(\/(mix|crossValidation)(\/.*)?)?$|\/byGroup\/|\/(mode|byGroup)$|coefficients\//

  t.test('no member of them could be left out or added unseen', async (t) => {
    let tried = 0
    for (const { members, pointer } of objectsIn(run.results, '')) {
      const open = /coefficients$|byGroup$|\/mix$/.test(pointer)
      if (!open) {
        members.unheard = 1
        t.notOk(isDescribed(run.results), `${pointer}: one more`)
        delete members.unheard
      }
      for (const [name, value] of Object.entries(members)) {
        if (FREE.test(`${pointer}/${name}`)) continue
        delete members[name]
        if (isDescribed(run.results)) t.fail(`${pointer}/${name} could be left out`)
        members[name] = value
        tried += 1
      }
    }
    t.ok(tried > 400, `${tried} members were taken away`)
    t.ok(isDescribed(run.results), 'and all is there again')
  })

  t.test('the example of the document is what such a run gives', async (t) => {
    const rows = ['5,2000,2500', '10,3000,3000', '10,6000,', '20,9000,', '30,20000,18000', '40,26000,']
    const groups = ['older-people', 'learning-difficulties']
    const lines = rows.map((row, i) => `P-${i + 1},${groups[i % 2]},${row}`)
    const example = await ran(service, avon.author, {
      cohortId: await sealedCohort(service, avon.author, {
        file: ['ref,userGroup,points,costAnnual,estimateAnnual', ...lines].join('\n'),
        query:
          'title=Six&questionnaire=bnes&questionnaireVersion=1&weeksPerYear=52&seal=true&syntheticNote=Six%20made-up%20cases.',
      }),
      groups: 'all',
      budget: { basis: 'stated', amountAnnual: '66000' },
      methods: [{ method: 'fixed' }, { method: 'bounded-line', floorPrice: '900' }],
      costBands: { all: [{ label: 'any', below: null }] },
      pointsBands: [{ label: 'any', below: null }],
      scenarios: { months: 2, phase: { steps: 12, firstStepMonth: 1 } },
      sampling: { confidence: '0.95', margin: '0.09', population: null },
    })
    const file = new URL('../../../examples/calibration-run-results.json', import.meta.url)
    const shipped = JSON.parse(readFileSync(file, 'utf8'))
    t.strictSame(shipped, example.results)
  })

  t.test(
    'results of another version are a mistake of the service, and never told as if of this one',
    async (t) => {
      const address = `/v1/calibration-runs/${run.id}`
      t.equal((await get(service, avon.author, `${address}/impact`)).statusCode, 200)
      await asAdmin(service.adminUrl, 'alter table openras.payload disable trigger user')
      await asAdmin(
        service.adminUrl,
        `update openras.payload set body = overlay(body placing '{"v":2,' from 1 for 7)
         where event_id = (select event_id from openras.event where about = $1 and place = 'end')`,
        [run.id],
      )
      for (const part of ['', '/impact', '/scenarios', '/report', '/export.csv?part=tables'])
        refused(t, await get(service, avon.author, `${address}${part}`), 'internal-error')
    },
  )
})

/** Every object within, the first two of each list. */
function* objectsIn(
  node: unknown,
  pointer: string,
): Generator<{ members: Record<string, unknown>; pointer: string }> {
  if (typeof node !== 'object' || node === null) return
  if (!Array.isArray(node)) yield { members: node as Record<string, unknown>, pointer }
  const within = Array.isArray(node) ? node.slice(0, 2) : node
  for (const [name, child] of Object.entries(within)) yield* objectsIn(child, `${pointer}/${name}`)
}
