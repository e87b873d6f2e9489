// The OpenAPI document as pages to read: every operation, and every form of what is sent and answered. Made from the
// document alone, without scripts, so that screen readers, printers and closed networks have all of it.
import type { OpenAPIV3_1 } from 'openapi-types'
import { present } from '../../domain/present.ts'
import { type Html, html, page, pageSection, pageTable } from '../html.ts'
import { REFERENCE_STYLE } from '../style.ts'
import { fieldsOf, kindOf, meaningOf, type Schema } from './schema-words.ts'

type Document = OpenAPIV3_1.Document
type Operation = OpenAPIV3_1.OperationObject & { readonly 'x-problem-codes'?: readonly string[] }
type Media = OpenAPIV3_1.MediaTypeObject
type Described = { readonly method: string; readonly path: string; readonly operation: Operation }

const METHODS = ['get', 'post', 'put', 'delete', 'patch'] as const

/** What can be asked, subject by subject. */
export function operationsPage(document: Document): string {
  const { title, version, description = '' } = document.info
  const operations = described(document)
  const subjects = (document.tags ?? []).map(({ name, description: meaning = '' }) => ({
    id: name.replaceAll(' ', '-'),
    name,
    meaning,
    own: operations.filter(({ operation }) => operation.tags?.includes(name)),
  }))
  return page(
    `${title}: operations`,
    REFERENCE_STYLE,
    html`<main>
<h1>${title} ${version}: what you can ask</h1>
${description.split('\n\n').map((text) => html`<p>${text}</p>`)}
<p>For programs: <a href="/openapi.json">the OpenAPI document</a>. What is sent and answered: <a href="/docs/forms">all
forms</a>.</p>
<nav aria-label="Subjects">
<ul>
${subjects.map(({ id, name, meaning }) => html`<li><a href="#${id}">${capital(name)}</a>: ${meaning}</li>`)}
</ul>
</nav>
${subjects.map(({ id, name, own }) =>
  pageSection(
    id,
    capital(name),
    own.map((one) => operationArticle(document, one)),
  ),
)}
</main>`,
  )
}

/** What is sent and answered: each form with its fields. */
export function formsPage(document: Document): string {
  const forms = Object.entries(document.components?.schemas ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return page(
    `${document.info.title}: forms`,
    REFERENCE_STYLE,
    html`<main>
<h1>${document.info.title} ${document.info.version}: what is sent and answered</h1>
<p>What can be asked: <a href="/docs">all operations</a>. Other fields than these are refused.</p>
${forms.map(([name, schema]) => pageSection(name, name, formContent(name, schema)))}
</main>`,
  )
}

function described(document: Document): readonly Described[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item = {}]) =>
    METHODS.flatMap((method) => {
      const operation = item[method]
      return operation === undefined ? [] : [{ method: method.toUpperCase(), path, operation }]
    }),
  )
}

function operationArticle(document: Document, { method, path, operation }: Described): Html {
  const id = present(operation.operationId)
  return html`<article id="${id}" aria-labelledby="${id}-heading">
<h3 id="${id}-heading">${operation.summary ?? id}</h3>
<p><code><b>${method}</b> ${path}</code></p>
<p>${operation.description ?? ''}</p>
<p>${needed(operation)} In generated programs it is called <code>${id}</code>.</p>
${parameterTable(document, operation)}
${bodyParts(document, 'Send', 'content' in (operation.requestBody ?? {}) ? operation.requestBody : undefined)}
${Object.entries(operation.responses ?? {})
  .filter(([status]) => status < '300')
  .flatMap(([status, answer]) =>
    bodyParts(
      document,
      `Answer ${status}`,
      resolved(document, answer as OpenAPIV3_1.ResponseObject | OpenAPIV3_1.ReferenceObject),
    ),
  )}
${refusals(operation)}
</article>`
}

function needed({ security = [] }: Operation): string {
  if (security.length === 0) return 'Anybody may ask.'
  const scopes = [...new Set(security.flatMap(({ oauth2 = [] }) => oauth2))]
  return scopes.length === 0
    ? 'Any credential will do.'
    : `The credential needs the scope ${scopes.join(' or ')}.`
}

function parameterTable(document: Document, { parameters = [] }: Operation): Html | null {
  const own = parameters.map((one) => resolved(document, one))
  if (own.length === 0) return null
  return pageTable({
    caption: 'With the request',
    columns: ['Name', 'Where', 'Needed', 'What'].map((title) => ({ title, numeric: false })),
    rows: own.map((one) => ({
      cells: [one.name, one.in, one.required ? 'yes' : 'no', one.description ?? meaningOf(one.schema ?? {})],
      strong: false,
    })),
  })
}

function bodyParts(
  document: Document,
  title: string,
  part: { readonly content?: Readonly<Record<string, Media>> } | OpenAPIV3_1.ReferenceObject | undefined,
): readonly Html[] {
  const content = part !== undefined && 'content' in part ? part.content : undefined
  return Object.entries(content ?? {}).map(([type, { schema, examples = {} }]) => {
    const [example] = Object.values(examples).map((one) => resolved(document, one))
    return html`<p>${title}: <code>${type}</code>${schema === undefined ? null : html`, ${kindOf(schema as Schema)}`}</p>
${example === undefined ? null : exampleOf(`${title}, ${type}`, example.value)}`
  })
}

function exampleOf(title: string, value: unknown): Html {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return html`<details>
<summary>${title}: an example</summary>
<pre tabindex="0" role="region" aria-label="${title}: an example">${text}</pre>
</details>`
}

function refusals({ 'x-problem-codes': codes = [] }: Operation): Html | null {
  if (codes.length === 0) return null
  return html`<p>Refused with: ${codes
    .map((code) => html`<a href="/problems/${code}">${code}</a>`)
    .reduce((all, one) => html`${all}, ${one}`)}.</p>`
}

function formContent(name: string, schema: Schema): readonly Html[] {
  const meaning = meaningOf(schema)
  const about = meaning === '' ? [] : [html`<p>${meaning}</p>`]
  const fields = fieldsOf(schema)
  if (fields.length === 0) return [...about, html`<p>${kindOf(schema)}</p>`]
  return [
    ...about,
    html`<div class="table" role="region" tabindex="0" aria-label="Fields of ${name}">
<table>
<thead>
<tr><th scope="col">Field</th><th scope="col">Needed</th><th scope="col">Kind</th><th scope="col">What</th></tr>
</thead>
<tbody>
${fields.map(
  (field) => html`<tr><th scope="row"><code>${field.path}</code></th><td>${field.required ? 'yes' : 'no'}</td>
<td>${kindOf(field.schema)}</td><td>${meaningOf(field.schema)}</td></tr>`,
)}
</tbody>
</table>
</div>`,
  ]
}

// Shared parts stand once in the document, and every use refers to them.
function resolved<T extends object>(document: Document, part: T | OpenAPIV3_1.ReferenceObject): T {
  if (!('$ref' in part)) return part
  const [, , group = '', ...rest] = part.$ref.split('/')
  const groups = document.components as Readonly<Record<string, Readonly<Record<string, T>>>>
  return present(groups[group]?.[rest.join('/')])
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}
