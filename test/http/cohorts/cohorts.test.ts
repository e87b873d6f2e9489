// Cohorts over HTTP: what is sent is what is kept, every row that is not used is told, and nothing changes afterwards.
import { createHash, randomUUID } from 'node:crypto'
import { withService } from '../../support/folder.ts'
import { publish, startService, type TestService } from '../../support/service.ts'
import { cohortFile, uploadFaults, uploadTogether } from '../../trust/upload-run.ts'
import { bnesCsv, bnesQuestionnaire } from '../calibration-runs/bnes.ts'
import { get, type Headers, post, refused, smallAnswers, smallQuestionnaire } from '../driver.ts'

export const tests = withService(import.meta, async (t, service) => {
  const avon = await service.authority('avon')
  const bede = await service.authority('bede')
  for (const authority of [avon, bede])
    await publish(service, authority, 'questionnaires', smallQuestionnaire)
  await publish(service, avon, 'questionnaires', bnesQuestionnaire)

  const SMALL = 'title=Small&questionnaire=small&questionnaireVersion=1&weeksPerYear=52'
  const HEADER = 'ref,userGroup,points,costAnnual'

  function upload(file: string, query = SMALL, who: Headers = avon.author, key: string = randomUUID()) {
    return sendFile(service, who, `/v1/cohorts?${query}`, file, key)
  }

  function sendFile(
    service: TestService,
    who: Headers,
    url: string,
    payload: string | Buffer,
    key: string = randomUUID(),
  ) {
    const headers = { ...who, 'content-type': 'text/csv; charset=utf-8', 'idempotency-key': key }
    return service.request({ method: 'POST', url, headers, payload })
  }

  async function rejections(id: string, query = '') {
    const answer = await get(service, avon.author, `/v1/cohorts/${id}/rejections${query}`)
    t.equal(answer.statusCode, 200, answer.body)
    return answer.json<{
      data: { part: number; line: number; reasons: { code: string }[] }[]
      nextCursor: string | null
    }>()
  }

  async function rejected(id: string): Promise<string[]> {
    const { data } = await rejections(id)
    return data.map(
      ({ part, line, reasons }) => `${part}:${line} ${reasons.map(({ code }) => code).join(' ')}`,
    )
  }

  t.test('a file is taken whole, hashed, counted and sealed at once', async (t) => {
    const file = bnesCsv()
    const query = 'title=Bath%202012&questionnaire=bnes&questionnaireVersion=1&weeksPerYear=52&seal=true'
    const answer = await upload(file, query)
    t.equal(answer.statusCode, 201, answer.body)
    const cohort = answer.json()
    const sha256 = createHash('sha256').update(file).digest('hex')
    t.match(cohort, { title: 'Bath 2012', state: 'sealed', rows: 134, accepted: 134, rejected: 0 })
    t.match(cohort.parts, [{ part: 1, sha256, rows: 134, accepted: 134, rejected: 0 }])
    t.match(cohort.hash, /^sha256:/)
    const got = await get(service, avon.author, String(answer.headers.location))
    t.equal(got.body, answer.body)
    const again = await get(service, avon.author, String(answer.headers.location), {
      'if-none-match': String(got.headers.etag),
    })
    t.equal(again.statusCode, 304)
    t.strictSame(await rejections(cohort.id), { data: [], nextCursor: null })
  })

  t.test('columns of characteristics declare themselves; a setting is one of six', async (t) => {
    const file = [
      `${HEADER},setting,characteristics.sex`,
      'P-1,adults,10,100,residential,female',
      'P-2,adults,10,100,home,male',
      'P-3,adults,10,100,,"no, thanks"',
    ].join('\n')
    const dates = '&collectedFrom=2025-10-01&collectedBefore=2026-01-01'
    const answer = await upload(file, `${SMALL}${dates}`)
    const found = { collectedFrom: '2025-10-01', collectedBefore: '2026-01-01', characteristics: [] }
    t.match(answer.json(), { ...found, accepted: 1, rejected: 2 })
    t.strictSame(await rejected(answer.json().id), ['1:3 setting-unknown', '1:4 characteristic-malformed'])
    const many = Array.from({ length: 11 }, (_, i) => `characteristics.c${i}`).join(',')
    refused(t, await upload(`${HEADER},${many}\n`), 'cohort-file-malformed')
  })

  t.test('a row that cannot be used is rejected by line and reason, and the others stay', async (t) => {
    const file = [
      `﻿${HEADER},costAmount,costFrequency`,
      'P-1,adults,10,100,,',
      'P-2,nobody,10,100,,',
      'P-3,adults,31,100,,',
      'P-4,adults,-1,-100,,',
      'P-1,adults,10,100,,',
      'P-5,adults,10',
      '"P-6",elders,"10.5",,"12.50",weekly',
      'P-7,adults,"1,5","£1,234.50",,',
      'P-8,adults,10,,10,daily',
    ].join('\n')
    const answer = await upload(file)
    const cohort = answer.json()
    t.match(cohort, { state: 'open', rows: 9, accepted: 2, rejected: 7, hash: null })
    t.strictSame(await rejected(cohort.id), [
      '1:3 user-group-unknown',
      '1:4 points-off-scale',
      '1:5 cost-negative points-off-scale',
      '1:6 ref-duplicate',
      '1:7 row-shape',
      '1:9 cost-unreadable points-unreadable',
      '1:10 frequency-unknown',
    ])
    const body = (await get(service, avon.author, `/v1/cohorts/${cohort.id}/rejections`)).body
    t.notMatch(body, /P-[0-9]|nobody|1,234/, 'no value is repeated')
    const first = await rejections(cohort.id, '?limit=3')
    const second = await rejections(cohort.id, `?limit=3&cursor=${first.nextCursor}`)
    const third = await rejections(cohort.id, `?limit=3&cursor=${second.nextCursor}`)
    t.strictSame(
      [first, second, third].flatMap(({ data }) => data.map(({ line }) => line)),
      [3, 4, 5, 6, 7, 9, 10],
    )
    t.equal(third.nextCursor, null)
  })

  t.test('a larger cohort comes in parts; a reference comes in once; the seal ends it', async (t) => {
    const { id } = (await upload(`${HEADER}\nP-1,adults,10,100\nP-2,adults,20,200`)).json()
    const second = await sendFile(
      service,
      avon.author,
      `/v1/cohorts/${id}/parts`,
      `${HEADER}\nP-3,adults,10,100\nP-2,adults,20,200\nP-4,adults,99,1`,
    )
    t.match(second.json(), {
      rows: 5,
      accepted: 3,
      rejected: 2,
      parts: [{ part: 1 }, { part: 2, accepted: 1 }],
    })
    t.strictSame(await rejected(id), ['2:3 ref-duplicate', '2:4 points-off-scale'])
    const seal = await post(service, avon.author, `/v1/cohorts/${id}/seal`, {})
    t.equal(seal.statusCode, 201, seal.body)
    t.match(seal.json(), { state: 'sealed', hash: /^sha256:/ })
    refused(t, await post(service, avon.author, `/v1/cohorts/${id}/seal`, {}), 'cohort-sealed')
    const late = await sendFile(service, avon.author, `/v1/cohorts/${id}/parts`, `${HEADER}\nP-9,adults,1,1`)
    refused(t, late, 'cohort-sealed')
  })

  t.test('of parts sent at once each is kept, and no reference twice', async (t) => {
    const { id } = (await upload(`${HEADER}\nP-0,adults,10,100`)).json()
    const parts = [1, 2, 3, 4].map((n) =>
      sendFile(
        service,
        avon.author,
        `/v1/cohorts/${id}/parts`,
        `${HEADER}\nP-${n},adults,1,1\nSAME,adults,1,1`,
      ),
    )
    t.strictSame([...new Set((await Promise.all(parts)).map(({ statusCode }) => statusCode))], [201])
    const cohort = (await get(service, avon.author, `/v1/cohorts/${id}`)).json()
    t.match(cohort, { rows: 9, accepted: 6, rejected: 3, parts: { length: 5 } })
  })

  t.test(
    'a retry gets the first answer, whatever became of the cohort; another file under its key is refused',
    async (t) => {
      const key = randomUUID()
      const file = `${HEADER}\nP-1,adults,10,100`
      const first = await upload(file, SMALL, avon.author, key)
      const { id } = first.json()
      await post(service, avon.author, `/v1/cohorts/${id}/seal`, {})
      const retry = await upload(file, SMALL, avon.author, key)
      t.equal(retry.body, first.body)
      t.equal(retry.headers['idempotency-replayed'], 'true')
      refused(t, await upload(`${file}0`, SMALL, avon.author, key), 'idempotency-key-reused')
      refused(t, await upload(file, `${SMALL}&seal=true`, avon.author, key), 'idempotency-key-reused')
      const sent = await Promise.all([1, 2, 3].map(() => upload(file, SMALL, avon.author, `${key}-2`)))
      t.equal(new Set(sent.map(({ body }) => body)).size, 1, 'copies sent at once get one answer')
    },
  )

  t.test('a list in JSON has the same rows, and answers are scored by the questionnaire', async (t) => {
    const { userGroup, ...answered } = smallAnswers
    const answer = await post(service, avon.author, '/v1/cohorts', {
      title: 'With answers',
      questionnaire: { key: 'small', version: 1 },
      weeksPerYear: '52.143',
      seal: true,
      rows: [
        { ref: 'P-1', userGroup, ...answered, costAmount: '100', costFrequency: 'weekly', ageBand: '75-84' },
        { ref: 'P-2', userGroup, ...answered, answers: { washing: 'some' }, costAnnual: '1' },
        { ref: 'P-3', userGroup, points: '3.25', costAnnual: '1', estimateAnnual: '2', weight: '1.5' },
      ],
    })
    t.equal(answer.statusCode, 201, answer.body)
    t.match(answer.json(), { accepted: 2, rejected: 1, state: 'sealed' })
    t.strictSame(await rejected(answer.json().id), ['1:2 answer-missing'])
  })

  t.test('a file that cannot be told into rows is refused as a whole, and nothing is stored', async (t) => {
    refused(t, await upload(''), 'cohort-file-malformed', [], 'empty')
    refused(t, await upload('name,points\nA,1'), 'cohort-file-malformed', [], 'unknown column')
    refused(t, await upload('ref,ref,userGroup\nA,A,b'), 'cohort-file-malformed', [], 'twice')
    refused(t, await upload('ref,points\nA,1'), 'cohort-file-malformed', [], 'no group')
    refused(t, await upload(`${HEADER}\n"P-1,adults,1,1`), 'cohort-file-malformed', [], 'open quote')
    const latin = Buffer.from(`${HEADER}\nP-1,adults,1,\xa31`, 'latin1')
    refused(t, await sendFile(service, avon.author, `/v1/cohorts?${SMALL}`, latin), 'body-malformed', [
      'body-not-utf8 ',
    ])
    const many = `${HEADER}\n${'P,adults,1,1\n'.repeat(50_001)}`
    refused(t, await upload(many), 'body-too-large')
    const wide = `${HEADER}\n${`P,adults,1,${'1'.repeat(60_000)}\n`.repeat(600)}`
    refused(t, await upload(wide), 'body-too-large')
  })

  t.test('a header that cannot be read says how, and repeats none of it', async (t) => {
    const detail = async (file: string) => {
      const answer = await upload(file)
      refused(t, answer, 'cohort-file-malformed')
      return answer.json().detail
    }
    t.match(
      await detail('ref;userGroup;points;costAnnual\nA;adults;1;1'),
      /^Found one column: is it separated by semi/,
    )
    t.match(await detail('ref\tuserGroup\nA\tadults'), /^Found one column: is it separated by tabs\?/)
    const renamed = await detail('person,userGroup,score,costAnnual\nA,adults,1,1')
    t.match(renamed, /^Columns 1, 3 are not cohort columns\. Missing: ref; points or answers\.\{domain\}\. /)
    t.notMatch(renamed, /person|score/)
    t.match(
      await detail('P-77,adults,12,1'),
      /^Columns 1, 2, 3, 4 are not cohort columns\. Missing: ref; userGroup; points/,
    )
    t.match(await detail('ref,points,costAnnual\nA,1,1'), /^Missing: userGroup\. Add what is missing\.$/)
  })

  t.test('a file with a fault in its quotes is told the line and the fault, and no cell of it', async (t) => {
    const canary = 'ZQCANARY530ZQ'
    const inside = /^Line 2: a quotation mark stands inside a cell that does not begin with one\. Put cells/
    const after = /^Line 2: a quotation mark ends a cell, and neither a comma nor the end/
    for (const [rows, says] of [
      [`${canary}"b,adults,1,1`, inside],
      [`${canary} "Jack" Smith,adults,1,1`, inside],
      [`"${canary}"b,adults,1,1`, after],
      [`"${canary}""b" ,adults,1,1`, after],
      [
        `P-1,adults,1,1\n"${canary}\nand\nmore,adults,1,1`,
        /^Line 3: a quotation mark begins a cell, and none ends it/,
      ],
      [`P-1,adults,1,1\n${canary}${'x'.repeat(70_000)},adults,1,1`, /^Line 3: the row is longer than 64 kB/],
    ] as const) {
      service.logged.length = 0
      const answer = await upload(`${HEADER}\n${rows}`)
      refused(t, answer, 'cohort-file-malformed', [], rows.slice(0, 40))
      t.match(answer.json().detail, says)
      t.notMatch(`${answer.body}${service.logged.join('')}`, canary)
    }
  })

  t.test('what a file cannot say itself stands in the address, and only there', async (t) => {
    refused(t, await upload(`${HEADER}\nP,adults,1,1`, 'title=A&questionnaire=small'), 'request-invalid', [
      'field-missing /query/questionnaireVersion',
      'field-missing /query/weeksPerYear',
    ])
    const list = { title: 'A', questionnaire: { key: 'small', version: 1 }, weeksPerYear: '52', rows: [{}] }
    refused(t, await post(service, avon.author, '/v1/cohorts?title=B', list), 'request-invalid', [
      'field-unknown /query/title',
    ])
    const unknown = SMALL.replace('small', 'large')
    refused(t, await upload(`${HEADER}\nP,adults,1,1`, unknown), 'questionnaire-not-found')
    refused(t, await sendFile(service, avon.author, '/v1/assessments', 'a,b'), 'content-type-unsupported')
  })

  t.test(
    'of uploads that come together few are read; the rest are told when to come back, unread',
    async (t) => {
      const busy = await startService(t, { sequencer: false, uploadsAtOnce: 2 })
      const { author } = await busy.authority('crowded', { sampled: true })
      const origin = await busy.app.listen({ host: '127.0.0.1', port: 0 })
      const together = { uploads: 8, again: false }
      const tries = await uploadTogether(origin, author.authorization ?? '', cohortFile(4_000), together)
      t.strictSame(uploadFaults(tries.flat(), 5_000), [])
      const statuses = tries.flat().map(({ status }) => status)
      t.ok(statuses.filter((status) => status === 201).length >= 2, String(statuses))
      t.ok(statuses.includes(503), String(statuses))
      t.match(JSON.parse(tries.flat().find(({ status }) => status === 503)?.body ?? '{}'), {
        code: 'busy',
        detail: /read none of this request/,
      })
      const [next = []] = await uploadTogether(origin, author.authorization ?? '', cohortFile(10), {
        uploads: 1,
        again: false,
      })
      t.equal(next[0]?.status, 201, 'who has been answered makes room')
    },
  )

  t.test('an upload without a key is refused', async (t) => {
    const answer = await service.request({
      method: 'POST',
      url: `/v1/cohorts?${SMALL}`,
      headers: { ...avon.author, 'content-type': 'text/csv' },
      payload: `${HEADER}\nP,adults,1,1`,
    })
    refused(t, answer, 'idempotency-key-missing')
  })

  t.test('another authority, and a credential for other things, see nothing of it', async (t) => {
    const { id } = (await upload(`${HEADER}\nP-1,adults,10,100`)).json()
    for (const path of ['', '/rejections'])
      refused(t, await get(service, bede.author, `/v1/cohorts/${id}${path}`), 'not-found')
    refused(t, await post(service, bede.author, `/v1/cohorts/${id}/seal`, {}), 'not-found')
    refused(
      t,
      await sendFile(service, bede.author, `/v1/cohorts/${id}/parts`, `${HEADER}\nP,adults,1,1`),
      'not-found',
    )
    const reader = {
      authorization: `Bearer ${await avon.key({ scopes: ['allocations:read'], subject: 'reader' })}`,
    }
    refused(t, await get(service, reader, `/v1/cohorts/${id}`), 'scope-missing')
  })

  t.test('the feed tells counts and hashes to calibrators, and rows to nobody', async (t) => {
    const { id } = (await upload(`${HEADER}\nP-SECRET,adults,10,100`)).json()
    await service.sequenced()
    const { data } = (await get(service, avon.author, '/v1/feed?limit=1000')).json()
    const item = data.find(
      ({ content }: { content: { cohort?: { id: string } } }) => content?.cohort?.id === id,
    )
    t.match(item, { kind: 'cohort-uploaded', content: { cohort: { accepted: 1, rows: 1 } } })
    t.notMatch(JSON.stringify(data), /P-SECRET/)
    const reader = {
      authorization: `Bearer ${await avon.key({ scopes: ['allocations:read'], subject: 'reader' })}`,
    }
    const bare = (await get(service, reader, '/v1/feed?limit=1000')).json()
    t.match(
      bare.data.find(({ logIndex }: { logIndex: number }) => logIndex === item.logIndex),
      { content: null, withheld: 'scope' },
    )
  })

  t.test('nothing personal is logged', async (t) => {
    t.notMatch(service.logged.join('\n'), /P-SECRET|P-[0-9]/)
  })
})
