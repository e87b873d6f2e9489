// docs/operations.md describes every setting there is, with the default it really has, and no other.
import { readFileSync } from 'node:fs'
import t from 'tap'
import { SCOPES } from '../../src/http/core/credentials/scopes.ts'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const manual = read('docs/operations.md')
const table = manual.slice(manual.indexOf('\n## Settings'), manual.indexOf('\n## First deployment'))
const rows = [...table.matchAll(/^\| `([A-Z_]+)` \| ([^|]*) \|/gm)].map(([, name = '', given = '']) => ({
  name,
  given: given.replaceAll('`', '').trim(),
}))

// From the text of the schema, one property a line: what readConfig returns no longer says which names it came from.
const settings = [
  ...read('src/config.ts').matchAll(/^ {2}([A-Z_]+): Type\.([\s\S]*?)\n(?= {2}[A-Z_]+: Type\.|\}\))/gm),
].map(([, name = '', schema = '']) => ({
  name,
  given: /default: '?([^,'}]+?)'?\s*[,}]/.exec(schema)?.[1]?.replaceAll('_', '') ?? 'none',
}))

t.test(
  'the table of the environment and the configuration name the same variables with the same defaults',
  async (t) => {
    t.ok(settings.length >= 14, `${settings.length} found`)
    const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name)
    t.strictSame(rows.toSorted(byName), settings.toSorted(byName))
  },
)

t.test('every scope is listed for whoever makes keys', async (t) => {
  for (const scope of SCOPES) t.ok(manual.includes(`\`${scope}\``), scope)
})

t.test('every address it names is one that the service has', async (t) => {
  const { paths } = JSON.parse(read('openapi/openapi.json')) as { paths: Record<string, object> }
  const hidden = ['/metrics', '/docs', '/docs/forms', '/openapi.json']
  const named = manual.matchAll(/(?:GET |`)(\/(?:v1|public|health|version|metrics|docs)[^`\s|]*)`/g)
  const addresses = [...new Set([...named].map(([, address = '']) => address.replace(/:(\w+)/, '{$1}')))]
  const whole = addresses.filter((address) => !/[…*]/.test(address))
  t.ok(whole.length >= 5, addresses.join(' '))
  for (const address of whole) t.ok(address in paths || hidden.includes(address), address)
})

t.test('every metric it names is one that the service counts', async (t) => {
  const counted = ['core/refusals/failure-counts', 'assessments/flag-counts']
    .map((file) => read(`src/http/${file}.ts`))
    .join('')
  for (const [name] of manual.matchAll(/openras_\w+_total/g)) t.ok(counted.includes(`'${name}'`), name)
})

t.test('every setting of PostgreSQL that forbids a start is named', async (t) => {
  const checks = read('src/store/boot-checks.ts')
  const durable = /DURABLE[^{]*\{([^}]*)\}/.exec(checks)?.[1] ?? ''
  const names = [...durable.matchAll(/^\s*(\w+):/gm)].map(([, name = '']) => name)
  t.ok(names.length >= 4)
  for (const name of names) t.ok(manual.includes(`\`${name}\``), name)
})
