// `npm run migrate`. Exit code 0 done, 1 refused.
import { TERMINAL } from './exit-code.ts'
import { prepare } from './prepare.ts'

process.exitCode = await prepare(TERMINAL)
