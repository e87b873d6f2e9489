// Two at the same moment: of each pair that cannot both be right, one is done and the other is told why.
import { withService } from '../../support/folder.ts'
import { asAdmin } from '../../support/service.ts'
import { askPublication, changedTable, get, post, put, refused, withSmall } from '../driver.ts'
import { KINDS } from './kinds.ts'

const ROUNDS = 4

export const tests = withService(import.meta, (t, service) => {
  t.test('writers at the same moment', async (t) => {
    await t.test('tables for one date are all published, one after the other', async (t) => {
      const alpha = await withSmall(service, 'alpha')
      const addresses = await Promise.all(
        ['one', 'two', 'three'].map(async (key) => {
          const document = changedTable({ key, effectiveFrom: '2026-05-01' })
          return String(
            (await post(service, alpha.author, '/v1/calibration-tables', document)).headers.location,
          )
        }),
      )
      const answers = await Promise.all(addresses.map((one) => askPublication(service, alpha.publisher, one)))
      for (const answer of answers) t.equal(answer.statusCode, 201, answer.body)
      const terms = await asAdmin(
        service.adminUrl,
        `select ordinal, key from openras.term where authority_id = $1 and list = 'calibration-table/small' order by ordinal`,
        [alpha.id],
      )
      t.strictSame(
        terms.map(({ ordinal }) => ordinal),
        [1, 2, 3, 4],
      )
      const on = 'questionnaire=small&on=2026-05-01'
      const found = await get(service, alpha.author, `/v1/calibration-tables/in-force?${on}`)
      t.equal(found.json().key, terms.at(-1)?.key, 'the one published last is in force')
    })

    for (const { kind, path, document, publication } of KINDS) {
      await t.test(`of a ${kind}`, async (t) => {
        const alpha = await withSmall(service, `beta-${path}`, { table: false })
        const who = [alpha.author, alpha.publisher]

        await t.test('two edits of one revision: one is kept, the other told that it changed', async (t) => {
          const drafted = await post(service, alpha.author, `/v1/${path}`, { ...document, key: 'edited' })
          const address = String(drafted.headers.location)
          for (let revision = 1; revision <= ROUNDS; revision += 1) {
            const edit = (title: string, i: number) =>
              put(
                service,
                who[i] ?? {},
                address,
                { ...document, key: 'edited', title },
                { 'if-match': `"r${revision}"` },
              )
            const answers = await Promise.all(['One', 'Other'].map(edit))
            const won = answers.filter(({ statusCode }) => statusCode === 200)
            const lost = answers.filter(({ statusCode }) => statusCode !== 200)
            t.equal(won.length, 1)
            for (const answer of lost) refused(t, answer, 'revision-changed')
            t.equal((await get(service, alpha.author, address)).json().title, won[0]?.json().title)
          }
        })

        await t.test('drafts of one key each get a version of their own', async (t) => {
          const drafts = Array.from({ length: 4 }, () =>
            post(service, alpha.author, `/v1/${path}`, { ...document, key: 'many' }),
          )
          const answers = await Promise.all(drafts)
          t.strictSame(
            answers.map(({ statusCode }) => statusCode),
            [201, 201, 201, 201],
          )
          t.strictSame(answers.map((one) => one.json().version).sort(), [1, 2, 3, 4])
        })

        await t.test('two publications of one draft: the other is told that it is published', async (t) => {
          for (let round = 1; round <= 2 * ROUNDS; round += 1) {
            const dated = kind === 'questionnaire' ? {} : { effectiveFrom: `2026-05-${9 + round}` }
            const published = { ...document, ...dated, key: 'published' }
            const drafted = await post(service, alpha.author, `/v1/${path}`, published)
            const address = `${drafted.headers.location}/publication`
            const once = () => post(service, alpha.publisher, address, publication, { 'if-match': '"r1"' })
            const answers = await Promise.all([once(), once(), once()])
            const lost = answers.filter(({ statusCode }) => statusCode !== 201)
            t.equal(lost.length, 2, 'it is published once')
            for (const answer of lost) refused(t, answer, 'already-published')
          }
        })

        await t.test('an edit and a publication of one revision: one of them is done', async (t) => {
          const key = 'edited-or-published'
          const dated = kind === 'questionnaire' ? {} : { effectiveFrom: '2026-06-01' }
          const drafted = await post(service, alpha.author, `/v1/${path}`, { ...document, ...dated, key })
          const address = String(drafted.headers.location)
          const match = { 'if-match': '"r1"' }
          const [edited, published] = await Promise.all([
            put(service, alpha.author, address, { ...document, ...dated, key, title: 'Edited' }, match),
            post(service, alpha.publisher, `${address}/publication`, publication, match),
          ])
          const { title, lifecycle } = (await get(service, alpha.author, address)).json()
          if (edited.statusCode === 200) refused(t, published, 'revision-changed')
          else t.ok([409, 412].includes(edited.statusCode), 'the edit is told that it is too late')
          t.equal(lifecycle.revision, 2)
          t.equal(
            title,
            edited.statusCode === 200 ? 'Edited' : document.title,
            'what was published is what was seen',
          )
        })
      })
    }
  })
})
