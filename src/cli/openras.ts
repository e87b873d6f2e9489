// `npm run openras -- …`. Exit code 0 done, 1 refused, 2 not a command line of this program.
import { TERMINAL } from './exit-code.ts'
import { openras } from './register.ts'

process.exitCode = await openras(process.argv.slice(2), TERMINAL)
