// The long forms of what the suite runs short: `npm run drill -- <name> [arguments]`. Each tells its own in its file.
const DRILLS = ['crash', 'engine', 'feed', 'hostile', 'properties', 'stalled', 'uploads', 'verifiers']

const [name = ''] = process.argv.splice(2, 1)
if (!DRILLS.includes(name)) {
  console.error(`Expected the name of a drill: ${DRILLS.join(', ')}.`)
  process.exit(2)
}
await import(`./${name}.ts`)
