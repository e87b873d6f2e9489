// A request of the story and its answer, and what is kept of them: under the name of the schema, or of the operation
// where the schema has none, with whatever differs from one telling to the next replaced.

export type Exchange = {
  readonly operationId: string
  /** The request's and the answer's content, by media type. */
  readonly sent: Content | null
  readonly answered: Content
  /** The answer as JSON, or its text. */
  readonly body: unknown
  readonly etag: string
}
export type Content = { readonly type: string; readonly value: unknown }

export type How = {
  readonly url: string
  readonly body?: object
  readonly csv?: string
  readonly accept?: string
  readonly ifMatch?: string
  readonly put?: true
  readonly publisher?: true
  /** Every event so far has its place in the log. */
  readonly sequenced?: true
}

/** Sends a request of the story as an operation. */
export type Ask = (operationId: string, how: How) => Promise<Exchange>

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g
// Made with a nonce, or over ids and instants. Hashes of content are as they are.
const MADE_HASH = /(?<!sha256:|[0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g

// Roots and signatures in notes, over such hashes.
const MADE_BASE64 = /(?<=^|\\n|[^A-Za-z0-9+/\\])[A-Za-z0-9+/]{43,}={1,2}/g

/** Hashes of content that holds ids: of a table whose evidence is a run, as the reports on it name it. */
function hashesOverIds(told: readonly Exchange[]): readonly string[] {
  const reports = told.filter(({ operationId }) => /TableImpactReport$/.test(operationId))
  return reports.map(({ body }) => (body as { table: { contentHash: string } }).table.contentHash)
}

/** Replaces ids by the order in which they come, instants by one and hashes of what is new each time by one. */
export function stabiliser(madeHashes: readonly string[] = []): (text: string) => string {
  const ids = new Map<string, string>()
  const idOf = (uuid: string) => {
    const known = ids.get(uuid) ?? `019a8f6e-3c1d-7f00-8a2b-${String(ids.size + 1).padStart(12, '0')}`
    ids.set(uuid, known)
    return known
  }
  return (text) =>
    madeHashes
      .reduce((kept, hash) => kept.replaceAll(hash, `sha256:${'4f'.repeat(32)}`), text)
      .replaceAll(UUID, idOf)
      .replaceAll(INSTANT, '2026-11-16T10:21:07.123Z')
      .replaceAll(MADE_HASH, '4f'.repeat(32))
      .replaceAll(MADE_BASE64, `${'T09P'.repeat(10)}T08=`)
}

type Media = Readonly<Record<string, { readonly schema?: { readonly $ref?: string } }>>
type Operation = {
  readonly operationId: string
  readonly requestBody?: { readonly content: Media }
  readonly responses: Readonly<Record<string, { readonly content?: Media }>>
}
export type Described = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'application/x-ndjson': 'ndjson',
  'text/plain': 'txt',
  'text/csv': 'csv',
}

/** The files of the examples: their names and texts. Of exchanges with one name the last is kept. */
export function filesOf(told: readonly Exchange[], document: Described): ReadonlyMap<string, string> {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
  const byId = new Map(operations.map((operation) => [operation.operationId, operation]))
  const stable = stabiliser(hashesOverIds(told))
  const files = new Map<string, string>()
  for (const { operationId, sent, answered } of told) {
    const { requestBody, responses } = byId.get(operationId) ?? { responses: {} }
    const [, good] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? []
    if (sent !== null) put(sent, requestBody?.content)
    put(answered, good?.content)

    function put({ type, value }: Content, media: Media = {}): void {
      const name = media[type]?.schema?.$ref?.split('/').at(-1) ?? operationId
      const text = type === 'application/json' ? `${JSON.stringify(value, null, 2)}\n` : String(value)
      files.set(`${name}.${EXTENSIONS[type] ?? 'bin'}`, stable(text))
    }
  }
  return files
}
