import t from 'tap'
import { connect } from 'node:net'
import { startService } from '../support/service.ts'
import { withSmall, smallIntake, post, get } from './driver.ts'
t.test('probe', async (t) => {
  const service = await startService(t)
  const a = await withSmall(service, 'alpha')
  const r = await post(service, a.author, '/v1/assessments', smallIntake())
  console.error(r.statusCode, r.body.slice(0, 3000))
  const id = r.json().allocation.id
  const show = async (url: string, headers: Record<string,string> = a.author, method: any = 'GET') => {
    const x = await service.app.inject({ method, url, headers })
    console.error(method, url, x.statusCode, JSON.stringify(x.headers), x.body.slice(0, 600))
  }
  await show(`/v1/allocations/urn:uuid:${id}`)
  await show(`/v1/allocations/${id.toUpperCase()}`)
  await show(`/v1/allocations/%zz`)
  await show(`/v1/allocations?createdFrom=2016-12-31T23:59:60Z`)
  await show(`/v1/allocations?createdFrom=2016-12-31T23:59:00%2B01`)
  await show(`/v1/allocations?createdFrom=0000-01-01T00:00:00Z`)
  await show(`/v1/allocations?createdFrom=2026-01-01T10:00:00.${'1'.repeat(100)}Z`)
  await show(`/v1/allocations?cursor=${Buffer.from(JSON.stringify(['9999-99-99T99:99:99.999Z', id])).toString('base64url')}`)
  await show(`/v1/assessments/${r.json().assessment.id}`, { ...a.author, 'if-none-match': '*' })
  await show(`/v1/allocations/${'a'.repeat(300)}`)
  await show(`/v1/allocations`, a.author, 'DELETE')
  await show(`/v1/allocations`, a.author, 'PATCH')
  await show(`/nowhere`, {})
  await show(`/v1/questionnaires/small/versions/1e0`)
  await show(`/v1/allocations?limit=0`)
  await show(`/public/beta/calibration-tables/in-force?questionnaire=small&on=2026-05-01`, {})
  await show(`/problems/busy`, {})
  await service.app.listen({ port: 0, host: '127.0.0.1' })
  const port = (service.app.server.address() as any).port
  for (const raw of ['GET / HTTP/1.1\r\nHost: x\r\nBad Header: \x01\r\n\r\n', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20000)}\r\n\r\n`, 'GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'GET /docs/../v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'POST /v1/assessments HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n']) {
    const s = connect(port, '127.0.0.1'); let out = ''
    s.on('data', (d) => { out += d }); s.write(raw)
    await new Promise((resolve) => { s.on('close', resolve); s.on('error', () => {}) })
    console.error('RAW', out)
  }
})
