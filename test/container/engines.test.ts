// The Node that package.json asks for is the Node that its packages work on: no more is promised, and none is refused
// that would do.
import { readFileSync } from 'node:fs'
import semver from 'semver'
import t from 'tap'

type Package = { readonly engines?: { readonly node?: string } }

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } }
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Package> }

/** What every package of the lock file asks for, by its name. */
const asked = Object.entries(packages).flatMap(([name, { engines: own }]) =>
  name === '' || own?.node === undefined ? [] : [{ name, node: own.node }],
)

t.test('every package works on each Node that is asked for', async (t) => {
  t.ok(asked.length > 100, 'the lock file says what its packages need')
  t.strictSame(
    asked.filter(({ node }) => !semver.subset(engines.node, node)),
    [],
  )
})

t.test('a Node that is left out is one that some package refuses', async (t) => {
  for (const version of ['20.20.2', '22.18.0', '23.11.0', '25.9.0']) {
    t.notOk(semver.satisfies(version, engines.node), version)
    t.ok(
      asked.some(({ node }) => !semver.satisfies(version, node)),
      `${version}: a package refuses it`,
    )
  }
})

t.test('the lock file and the README ask for the same', async (t) => {
  t.equal(packages['']?.engines?.node, engines.node)
  t.match(read('README.md'), 'Node.js 22 (22.19 or later), 24, or 26 and later')
})
