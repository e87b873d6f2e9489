// Properties over thousands of draws: `npm run drill -- properties [times = 10]`. Runs each file that draws by
// `draws`, with so many times the draws of the suite. Ends with 1 if any property does not hold.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, testFiles } from '../../test/support/folder-files.ts'
import { numberArgument } from './stage.ts'

process.env.OPENRAS_DRAWS = String(numberArgument(0, 10))
const drawing = testFiles().filter((path) => /\bdraws\(/.test(readFileSync(join(ROOT, path), 'utf8')))
process.argv.splice(2, 1, ...drawing)
await import('../test.ts')
