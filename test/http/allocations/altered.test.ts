// Reading is checking: a figure that was changed behind the service is shown to nobody, whichever way they ask for it.
import { withService } from '../../support/folder.ts'
import { asAdmin, intake, record } from '../../support/service.ts'
import { get, refused } from '../driver.ts'

export const tests = withService(import.meta, (t, service) => {
  t.test('an allocation that was changed where it is stored', async (t) => {
    const avon = await service.authority('avon', { sampled: true })
    const { id } = (await record(service, avon, intake())).json().allocation
    await service.sequenced()
    const paths = [
      `/v1/allocations/${id}`,
      `/v1/allocations/${id}/explanation`,
      `/v1/assessments/${id}`,
      '/v1/feed',
    ]
    const change = (column: string, from: string, to: string) =>
      asAdmin(
        service.adminUrl,
        `update openras.${column.split('.')[0]} set ${column.split('.')[1]} = replace(${column.split('.')[1]}, $2, $3)
         where event_id = $1`,
        [id, from, to],
      )
    for (const table of ['event', 'payload'])
      await asAdmin(service.adminUrl, `alter table openras.${table} disable trigger user`)
    for (const [what, column, from, to] of [
      ['ten times as dear', 'payload.body', '"amountAnnual":"13641.22"', '"amountAnnual":"136412.20"'],
      ['another person’s', 'payload.refs', '"personRef":"', '"personRef":"X'],
    ] as const) {
      await t.test(what, async (t) => {
        await change(column, from, to)
        service.logged.length = 0
        for (const path of paths) refused(t, await get(service, avon.author, path), 'record-altered')
        t.match(service.logged.join('\n'), `"event":"${id}","msg":"what is stored is not what was recorded"`)
        await change(column, to, from)
        for (const path of paths) t.equal((await get(service, avon.author, path)).statusCode, 200, path)
      })
    }
    for (const table of ['event', 'payload'])
      for (const trigger of ['refuse_change', 'refuse_truncate'])
        await asAdmin(service.adminUrl, `alter table openras.${table} enable always trigger ${trigger}`)
    const { body } = await service.app.inject('/metrics')
    t.match(body, /openras_failures_total\{sqlstate_class="altered"\} 8/)
  })
})
