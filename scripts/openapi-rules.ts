// Holds openapi/openapi.json to Spectral's rules for OpenAPI documents; whatever one of them finds is a fault.
import { readFileSync } from 'node:fs'
import spectral, { type RulesetDefinition } from '@stoplight/spectral-core'
import parsers from '@stoplight/spectral-parsers'
import rulesets from '@stoplight/spectral-rulesets'

const file = 'openapi/openapi.json'
const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')

const linter = new spectral.Spectral()
// Its type tells less than the types of rulesets ask for; Spectral itself checks what it is given.
const oas = rulesets.oas as RulesetDefinition
linter.setRuleset({ extends: [oas], rules: { 'info-contact': 'error' } })
const faults = await linter.run(new spectral.Document(text, parsers.Json, file))
for (const { code, message, path, range } of faults)
  console.error(`${file}:${range.start.line + 1} ${code}: ${message} (${path.join('.')})`)
if (faults.length > 0) process.exitCode = 1
