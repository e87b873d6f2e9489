// What may stand in the log: never a body, a reference or a value that the database quotes.
import pg from 'pg'
import t from 'tap'
import { createLogger } from '../src/logger.ts'

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
  const line = logged((log) => log.error({ err: new Error('a table covers every user group') }, 'mistake'))
  t.match(line, /a table covers every user group/)
  t.match(JSON.parse(line).err.stack[0], /^at /)
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
