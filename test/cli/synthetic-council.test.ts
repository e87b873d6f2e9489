// The command that makes a council about nobody: what it prints, what it writes beside it, and what it refuses.
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { AssessmentIntake } from '../../src/contract/allocation/assessment.ts'
import { declaredBy } from '../../src/domain/calibration/cohort/characteristics.ts'
import { readRow, rowRules } from '../../src/domain/calibration/cohort/cohort-row.ts'
import { planScoring } from '../../src/domain/questionnaire/scoring-plan.ts'
import type { CouncilTruth } from '../../src/domain/synthetic/council.ts'
import { schemaCompiler } from '../../src/http/core/bodies/validation.ts'
import { sharedSchemas } from '../../src/http/core/openapi/shared-schemas.ts'
import { oracleCouncil } from '../domain/synthetic/council-oracle.ts'
import { isRefused, runCli } from './fixture.ts'

const example = (name: string) => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url))
const SAMPLE = example('questionnaire-adult.json')
const sample = JSON.parse(await readFile(SAMPLE, 'utf8'))
const folder = await mkdtemp(join(tmpdir(), 'openras-council-'))
t.teardown(() => rm(folder, { recursive: true, force: true }))

const council = (...args: string[]) => runCli('openras', ['synthetic', 'council', ...args], {})
const ofSample = (...args: string[]) => council('--questionnaire', SAMPLE, ...args)

t.test('a cohort is printed alone, without a database', async (t) => {
  const { code, out, err } = await ofSample('--people', '30', '--seed', '5', '--price', '0.9', '--faults')
  t.equal(code, 0)
  t.equal(err, 'made 30 people who are nobody, from the seed 5\n')
  const expected = oracleCouncil(sample, { people: 30, seed: 5, price: 0.9, faults: true })
  t.strictSame(out, `${expected.join('\n')}\n`)
})

t.test(
  'without wishes it is the council of 5,000 people, to the byte, the point and the pound',
  async (t) => {
    const file = join(folder, 'whole.json')
    const { out } = await ofSample('--truth', file)
    t.equal(Buffer.byteLength(out), 957_674)
    t.equal(sha256(out), '3d3a51621107786ccc6d99b15d0ff18e81437a9b4be04554e2879a57ec077082')
    const [header = '', ...lines] = out.trimEnd().split('\n')
    t.equal(
      sha256(`${[header, ...lines.slice(0, 10)].join('\n')}\n`),
      'd6d2aeb3d1683a0a2bc4c3ffd571ae258ada509955017dd0c62dfcfe5463bb5d',
    )

    const rules = rowRules(planScoring(sample), '52', declaredBy([], true))
    const names = header.split(',')
    const read = lines.map((line) =>
      readRow(Object.fromEntries(line.split(',').map((cell, i) => [names[i] ?? '', cell])), rules),
    )
    const cases = read.flatMap((reading) => ('case' in reading ? reading.case : []))
    t.equal(cases.length, 4984)
    t.strictSame(
      read.flatMap((reading) => ('faults' in reading ? reading.faults : [])),
      Array(16).fill('points-off-scale'),
    )
    t.equal(total(cases.map(({ points }) => points)), 11_466_304, 'hundredths of a point')
    t.equal(total(cases.map(({ cost }) => cost)), 13_117_921_500, 'pence')

    const { groups } = JSON.parse(await readFile(file, 'utf8')) as CouncilTruth
    t.strictSame(
      groups.map(({ userGroup, lnF }) => `${userGroup} ${lnF?.toFixed(3)}`),
      [
        'older-people 6.029',
        'physical-disability 6.089',
        'learning-disability 6.122',
        'mental-health-under-65 5.962',
        'mental-health-65-plus 5.665',
      ],
    )
  },
)

t.test(
  'assessments are lines of JSON, each of the form that the service takes, on days before one',
  async (t) => {
    const version = join(folder, 'version-4.json')
    await writeFile(version, JSON.stringify({ ...sample, version: 4, contentHash: null }))
    const wishes = ['--as', 'assessments', '--on', '2026-03-01', '--people', '251']
    const { code, out } = await council('--questionnaire', version, ...wishes)
    t.equal(code, 0)
    const check = schemaCompiler(sharedSchemas)({ schema: AssessmentIntake, method: '', url: '' })
    const intakes = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    for (const intake of intakes) t.strictSame(check(intake), { value: intake })
    t.strictSame(intakes[0].questionnaire, { key: 'sample-adult', version: 4 })
    t.strictSame(
      [0, 1, 249, 250].map((i) => intakes[i].assessedOn),
      ['2026-03-01', '2026-02-28', '2025-06-25', '2026-03-01'],
    )
  },
)

t.test('a draft is the first version, and assessments are of June 2026 where no day is given', async (t) => {
  const { out } = await ofSample('--as', 'assessments', '--people', '1')
  t.hasStrict(JSON.parse(out), {
    assessedOn: '2026-06-01',
    questionnaire: { key: 'sample-adult', version: 1 },
  })
})

t.test('the truth says what a calibration should find', async (t) => {
  const file = join(folder, 'truth.json')
  t.equal((await ofSample('--people', '40', '--price', '1', '--truth', file)).code, 0)
  const dear = join(folder, 'dear.json')
  await ofSample('--people', '40', '--price', '2', '--truth', dear)
  const [first, second] = await Promise.all(
    [file, dear].map(async (path) => JSON.parse(await readFile(path, 'utf8'))),
  )
  t.hasStrict(first, { questionnaire: 'sample-adult', people: 40, seed: 2026, power: 1.24, spread: 0.45 })
  t.equal(first.groups[0].userGroup, 'older-people')
  const apart = second.groups[0].lnF - first.groups[0].lnF
  t.ok(Math.abs(apart - Math.log(2)) < 1e-12, 'a price of 2 is ln 2 more')
})

t.test('what cannot be meant is refused before anything is printed', async (t) => {
  const text = join(folder, 'text.json')
  await writeFile(text, 'Dear all')
  const list = join(folder, 'null.json')
  await writeFile(list, 'null')
  const wrong: readonly [args: readonly string[], words: RegExp][] = [
    [[], /--questionnaire is missing/],
    [
      ['--questionnaire', SAMPLE, '--people', '0'],
      /people: found "0"; expected a whole number from 1 to 50000/,
    ],
    [['--questionnaire', SAMPLE, '--people', '50001'], /from 1 to 50000/],
    [['--questionnaire', SAMPLE, '--seed', '9007199254740992'], /from 0 to 9007199254740991/],
    [['--questionnaire', SAMPLE, '--price', '0'], /above 0 and below 100/],
    [['--questionnaire', SAMPLE, '--as', 'people'], /expected cohort or assessments/],
    [['--questionnaire', SAMPLE, '--as', 'assessments', '--on', '2026-02-30'], /expected a date/],
    [['--questionnaire', SAMPLE, '--faults=some'], /does not take an argument/],
    [['--questionnaire', SAMPLE, '--faults', '--faults'], /--faults is given 2 times/],
    [['--questionnaire', SAMPLE, '--on', '2026-06-01'], /--on is the day of assessments\. Add --as/],
  ]
  for (const [args, words] of wrong) isRefused(t, await council(...args), 2, words)
  const refused: readonly [args: readonly string[], words: RegExp][] = [
    [['--questionnaire', join(folder, 'nothing.json')], /cannot be read \(ENOENT\)\. Check its path/],
    [['--questionnaire', text], /holds no JSON object/],
    [['--questionnaire', list], /holds no JSON object/],
    [
      ['--questionnaire', example('table-adult.json')],
      /has \d+ faults; the first is at \/\w+: Missing field/,
    ],
    [['--questionnaire', example('questionnaire-carer.json')], /questions of sample-adult only/],
    [['--questionnaire', SAMPLE, '--people', '1', '--truth', folder], /cannot be written \(EISDIR\)/],
  ]
  for (const [args, words] of refused) isRefused(t, await council(...args), 1, words)
})

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
