// A problem's type is an address, and the page there says what it means: to people as text, to programs as JSON.
import { PROBLEMS } from '../../../src/contract/problems.ts'
import { withService } from '../../support/folder.ts'
import { refused } from '../driver.ts'

export const tests = withService(import.meta, (t, service) => {
  t.test('the pages of problems', async (t) => {
    const page = (code: string, accept?: string) =>
      service.request({ url: `/problems/${code}`, headers: accept === undefined ? {} : { accept } })

    await t.test('say of every problem what it means and what to do', async (t) => {
      for (const [code, { status, title, meaning, todo }] of Object.entries(PROBLEMS)) {
        const text = await page(code, 'text/plain')
        t.match(text.headers['content-type'], /^text\/plain; charset=utf-8/)
        for (const part of [title, `status ${status}`, code, meaning, todo])
          t.ok(text.body.includes(part), `${code}: ${part}`)
        const json = await page(code, 'application/json')
        t.strictSame(json.json(), { code, status, title, meaning, todo })
        t.equal(json.headers.vary, 'accept')
      }
    })

    await t.test('are text unless asked otherwise', async (t) => {
      for (const accept of [undefined, '*/*', 'text/*'])
        t.match((await page('busy', accept)).headers['content-type'], /^text\/plain/)
      refused(t, await page('busy', 'image/png'), 'not-acceptable')
    })

    await t.test('are where the type of a problem points', async (t) => {
      const { type, code } = (await service.request({ url: '/nowhere' })).json()
      const resolved = await service.request({ url: type, headers: { accept: 'application/json' } })
      t.equal(resolved.statusCode, 200)
      t.equal(resolved.json().code, code)
    })

    await t.test('are of known problems only, and not of what every object has', async (t) => {
      for (const code of ['unheard-of', 'constructor', '__proto__', 'toString', 'BUSY'])
        refused(t, await page(code), 'not-found')
      refused(t, await page('x'.repeat(65)), 'request-invalid', ['value-range /path/code'])
    })
  })
})
