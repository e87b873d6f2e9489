// Holds openapi/openapi.json to Redocly's strict rules for OpenAPI documents, and to a few that we add; whatever one of
// them finds is a fault. Every example is held to its schema.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// What is used of it: its own types would be a quarter of all lines that the check of types reads.
type Redocly = {
  createConfig(config: object): Promise<object>
  lintFromString(asked: { source: string; absoluteRef: string; config: object }): Promise<readonly Fault[]>
}
type Fault = {
  readonly ruleId: string
  readonly message: string
  readonly location: readonly { pointer?: string }[]
}

const LINTER: string = '@redocly/openapi-core'
const { createConfig, lintFromString } = (await import(LINTER)) as Redocly

const file = 'openapi/openapi.json'
const path = fileURLToPath(new URL(`../${file}`, import.meta.url))

const config = await createConfig({
  extends: ['recommended-strict'],
  rules: {
    'info-contact': 'error',
    'operation-description': 'error',
    'operation-tag-defined': 'error',
    'rule/info-description': {
      subject: { type: 'Info', property: 'description' },
      assertions: { nonEmpty: true },
      severity: 'error',
    },
    'rule/operation-tags': {
      subject: { type: 'Operation', property: 'tags' },
      assertions: { defined: true, minLength: 1 },
      severity: 'error',
    },
  },
})
const faults = await lintFromString({ source: readFileSync(path, 'utf8'), absoluteRef: path, config })
for (const { ruleId, message, location } of faults)
  console.error(`${file} ${ruleId}: ${message} (${location.map(({ pointer }) => pointer).join(', ')})`)
if (faults.length > 0) process.exitCode = 1
