// What the service is measured against: Fastify with its defaults and pg, the same bytes in and out, one statement
// each, and nothing of what makes an answer trustworthy. It ends when its parent lets go.
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'

export type BareSettings = {
  readonly applicationUrl: string
  readonly poolSize: number
  /** What one request of the service stores and answers. */
  readonly envelope: string
  readonly body: string
  readonly answer: string
}

async function start(settings: BareSettings): Promise<void> {
  const { applicationUrl, poolSize, envelope, body, answer } = settings
  const pool = new pg.Pool({ connectionString: applicationUrl, max: poolSize, keepAlive: true })
  const app = Fastify()

  app.post('/v1/assessments', async (_request, reply) => {
    await pool.query({ ...INSERT, values: [uuidv7(), envelope, body] })
    return reply.code(201).type('application/json').send(answer)
  })

  app.get<{ Params: { id: string } }>('/v1/allocations/:id', async (request, reply) => {
    const { rows } = await pool.query({ ...SELECT, values: [request.params.id] })
    return reply.type('application/json').send(rows[0].body)
  })

  app.get('/health/live', async () => ({ status: 'live' }))

  await app.listen({ host: '127.0.0.1', port: 0 })
  process.once('disconnect', async () => {
    await app.close()
    await pool.end()
  })
  process.send?.({ port: (app.server.address() as AddressInfo).port })
}

const INSERT = {
  name: 'insert',
  text: 'insert into bare.written (id, envelope, body) values ($1, $2, $3)',
}
const SELECT = { name: 'select', text: 'select body from bare.read where id = $1' }

process.once('message', (settings) => start(settings as BareSettings))
