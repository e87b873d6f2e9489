// The guides are true: their commands run as they stand, one after the other in one shell, against a demonstration, and
// print what they say. "…" stands for anything. The README's are run the same way.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { prepareDemonstration } from '../../src/demonstration.ts'
import { demonstrationCheck } from '../../src/http/core/credentials/demonstration-keys.ts'
import { startService } from '../support/service.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../', import.meta.url))

/** A demonstration with nothing recorded in it yet, as after the first start. */
async function demonstration(t: Test) {
  const service = await startService(t, { credentialChecks: [demonstrationCheck] })
  await prepareDemonstration(service.app, service.database, service.adminUrl)
  return { service, address: await service.app.listen({ host: '127.0.0.1', port: 0 }) }
}

type Step = { readonly command: string; readonly prints: string | null }

/** The commands of a document in their order, each with what the document says it prints. */
function stepsOf(document: string): readonly Step[] {
  const blocks = [...document.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
  return blocks.flatMap(([, language, text = ''], i) => {
    if (language !== 'sh') return []
    const [, after, printed] = blocks[i + 1] ?? []
    return [{ command: text, prints: after === 'text' ? (printed ?? '').trimEnd() : null }]
  })
}

/** Runs commands in one shell, in a folder of their own that has the examples; gives what each printed. */
async function outputs(address: string, steps: readonly Step[]): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'openras-guide-'))
  try {
    await symlink(join(root, 'examples'), join(folder, 'examples'))
    const script = steps.map(({ command }) => `${command}\nprintf '\\036'\n`).join('')
    const pointed = script.replaceAll('http://127.0.0.1:3000', address)
    const { stdout } = await run('bash', ['-eu', '-c', pointed], { cwd: folder })
    return stdout.split('\u001e')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function pattern(text: string): RegExp {
  const parts = text.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[\\s\\S]*')}`)
}

t.test('the guides, one after the other on one demonstration', async (t) => {
  const { service, address } = await demonstration(t)
  for (const [path, fewest] of [
    ['docs/integrators.md', 10],
    ['docs/dashboards.md', 4],
  ] as const) {
    await t.test(`the commands of ${path} print what it says`, async (t) => {
      const steps = stepsOf(await readFile(join(root, path), 'utf8'))
      t.ok(steps.length >= fewest, `${steps.length} commands`)
      await service.sequenced()
      const printed = await outputs(address, steps)
      for (const [i, { command, prints }] of steps.entries()) {
        if (prints !== null) t.match(printed[i]?.trim(), pattern(prints), command)
      }
    })
  }
})

t.test('the requests of README get the figures it promises', async (t) => {
  const { address } = await demonstration(t)
  const readme = await readFile(join(root, 'README.md'), 'utf8')
  const steps = stepsOf(readme).filter(({ command }) => command.includes('curl'))
  t.equal(steps.length, 3)
  const [recorded = ''] = await outputs(address, steps.slice(0, 1))
  const { allocation, assessment } = JSON.parse(recorded)
  t.equal(allocation.amountAnnual, '13641.22')
  t.equal(allocation.points.total, '25.00')
  const told = steps.slice(1).map(({ command }) => ({
    command: command.replaceAll('ALLOCATION', allocation.id).replaceAll('ASSESSMENT', assessment.id),
    prints: null,
  }))
  const [explained = '', corrected = ''] = await outputs(address, told)
  t.match(explained, /£13,641/)
  t.match(corrected, `"supersedes":"${allocation.id}"`)
  t.match(corrected, '"outcome":"indicative"')
})
