// What may stand in the log: never a body, a reference or a value that the database quotes.
import { parse } from 'csv-parse/sync'
import pg from 'pg'
import type { Logger } from 'pino'
import t from 'tap'
import { drawsBelow, seeded } from '../src/domain/number/random.ts'
import { createLogger } from '../src/logger.ts'
import { named } from '../src/store/unreachable.ts'

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = []
  write(createLogger('info', { write: (line) => void lines.push(line) }))
  return lines.join('')
}

t.test(
  'an error of the database is named by its code and constraint, without the values it quotes',
  async (t) => {
    const error = new pg.DatabaseError('duplicate key: (P-48213) already exists', 1, 'error')
    Object.assign(error, {
      code: '23505',
      constraint: 'payload_assessment_once',
      detail: 'Key (P-48213) exists.',
    })
    const line = logged((log) => log.error({ err: error }, 'refused'))
    t.match(line, /23505/)
    t.match(line, /payload_assessment_once/)
    t.notMatch(line, /P-48213/)
  },
)

t.test('an error of our own keeps its message and where it happened', async (t) => {
  const { err } = JSON.parse(logged((log) => log.error({ err: ours() }, 'mistake')))
  t.match(err, { type: 'Error', message: 'a draw below 1e+300 would not be exact' })
  t.match(err.stack[0], /^at .*src\/domain\/number\/random\.ts:\d+:\d+/)
})

const ours = () => thrownBy(() => drawsBelow(seeded(1), 1e300, 1))

function thrownBy(work: () => unknown): Error {
  try {
    work()
  } catch (error) {
    return error as Error
  }
  throw new Error('it was to throw')
}

t.test('of any other error, class, code and place are logged, and no word of its message', async (t) => {
  const canary = 'ZQCANARY530ZQ'
  const forged = `${canary}\n    at ${canary} (/${canary}.ts:1:1)\nat ${canary}`
  class PlainError extends Error {}
  const library = thrownBy(() => parse(`a,b\nx"${canary}",1`))
  const made: readonly (readonly [Error, object])[] = [
    [library, { type: 'CsvError', code: 'INVALID_OPENING_QUOTE' }],
    [thrownBy(() => JSON.parse(canary)), { type: 'SyntaxError' }],
    [thrownBy(() => BigInt(canary)), { type: 'SyntaxError' }],
    [thrownBy(() => Object.assign(canary, { length: 1 })), { type: 'TypeError' }],
    [new Error(forged), { type: 'Error' }],
    [new PlainError(forged), { type: 'PlainError' }],
    [Object.assign(new Error(canary), { code: `${canary} 1`, name: `${canary}.` }), { code: undefined }],
    [new AggregateError([new Error(canary)], canary), { type: 'AggregateError' }],
    [new Error('', { cause: new Error(canary) }), { type: 'Error' }],
    [
      named(new Error(canary), false) as Error,
      { type: 'DatabaseUnreachable', message: /^the connection broke/ },
    ],
  ]
  for (const [error, expected] of made) {
    const bare = [(log: Logger) => log.error(error), (log: Logger) => log.warn({ err: error })]
    for (const write of [...bare, (log: Logger) => log.child({ a: 1 }).error({ err: error }, 'mistake')]) {
      const line = logged(write)
      t.notMatch(line, canary, String(error.constructor.name))
      const { err, msg } = JSON.parse(line)
      t.match(err, expected)
      t.match(msg, /^(an error|mistake)$/)
      t.ok(
        err.stack.length > 0 && err.stack.every((frame: string) => /^at .*(:\d+\)?|>\))$/.test(frame)),
        line,
      )
    }
  }
})

t.test('an object logged whole loses what identifies a person', async (t) => {
  const line = logged((log) =>
    log.info({ personRef: 'P-1', intake: { assessmentRef: 'A-1', answers: { night: 'high' } } }),
  )
  t.notMatch(line, /P-1|A-1|high/)
})

t.test('a request handed to the log leaves nothing', async (t) => {
  const line = logged((log) =>
    log.info({ req: { url: '/v1/allocations/P-1', headers: { authorization: 'Bearer x' } } }),
  )
  t.notMatch(line, /P-1|Bearer/)
})

t.test('what is thrown and is no error is named by its type alone', async (t) => {
  t.match(
    logged((log) => log.error({ err: 'P-1' }, 'mistake')),
    /"err":\{"type":"string"\}/,
  )
})
