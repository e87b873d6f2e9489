// Who signs the log computes what is signed again, and signs nothing that differs from it; and what the database keeps
// of the tree is what the leaves make.

import t from 'tap'
import { checkpointOf } from '../../src/domain/log/checkpoint.ts'
import { EMPTY_FRONTIER, grown, rootOf } from '../../src/domain/log/frontier.ts'
import { noteOf } from '../../src/domain/log/note.ts'
import { CHAIN_START, nextInChain } from '../../src/domain/log/tree.ts'
import { checkpointSigner, LogAltered } from '../../src/operations/log/sign-checkpoints.ts'
import { asAdmin } from '../support/admin.ts'
import { append, draftGiven, entryOf } from '../support/entries.ts'
import { TEST_LOG_KEY } from '../support/log-key.ts'
import { startService } from '../support/service.ts'
import { connect } from '../trust/connections.ts'

t.test('what is signed', async (t) => {
  const service = await startService(t, { sequencer: false })
  const { id } = await service.authority('avon')
  const client = await connect(t, service.applicationUrl)
  const refusals: unknown[] = []
  const signer = () => checkpointSigner(service.database, TEST_LOG_KEY, (error) => refusals.push(error))
  const grow = async (count: number) => {
    await client.query('begin')
    for (let i = 0; i < count; i += 1) await append(client, id, entryOf(id, draftGiven()))
    await client.query('commit')
    while ((await service.database.sequenceEvents(20_000)) > 0);
  }
  const rows = (text: string) => asAdmin(service.adminUrl, text, [id])
  const head = async () => (await rows('select * from openras.log_head where authority_id = $1'))[0]
  const spoil = (text: string) =>
    asAdmin(service.adminUrl, `alter table openras.log_entry disable trigger user; ${text}`)

  await t.test('the database keeps the tree and the chain as the leaves make them', async (t) => {
    for (const count of [1, 2, 255, 300]) await grow(count)
    const entries = await rows('select * from openras.log_entry where authority_id = $1 order by log_index')
    let chain: Buffer = CHAIN_START
    for (const { leaf_hash, chain: kept } of entries) {
      chain = nextInChain(chain, leaf_hash as Buffer)
      t.ok(chain.equals(kept as Buffer))
    }
    const { frontier, completed } = grown(
      EMPTY_FRONTIER,
      entries.map(({ leaf_hash }) => leaf_hash as Buffer),
    )
    const kept = await head()
    t.equal(Number(kept?.size), 558)
    t.strictSame(kept?.root, rootOf(frontier))
    t.strictSame(kept?.frontier, [...frontier.roots])
    const nodes = await rows(
      'select level, node::int, hash from openras.log_node where authority_id = $1 order by node',
    )
    t.strictSame(nodes, [...completed])
  })

  await t.test('is what the log has grown to, by whichever process comes next', async (t) => {
    const one = signer()
    t.equal(await one.sign(), 1)
    t.equal(await one.sign(), 0, 'once')
    await grow(3)
    t.equal(await one.sign(), 1, 'from where it stood')
    await grow(4)
    t.equal(await signer().sign(), 1, 'and from what another has signed')
    t.match(checkpointOf(noteOf(String((await head())?.note))?.text ?? ''), { size: 565 })
    const kept = await rows('select size::int from openras.checkpoint where authority_id = $1')
    t.strictSame(kept, [{ size: 558 }], 'the first of each hour is kept')
    t.equal(await service.database.keepNote(id, 3, 'an older one'), false)
    t.equal(await service.database.keepNote(id, 9999, 'a larger one than there is'), false)
    t.strictSame(refusals, [])
  })

  await t.test('is nothing where a leaf was changed, or the root, or the last checkpoint', async (t) => {
    for (const text of [
      `update openras.log_entry set leaf_hash = sha256('x') where log_index = (select max(log_index) from openras.log_entry)`,
      `update openras.log_head set root = sha256('x')`,
      `update openras.log_head set note = replace(note, 'openras', 'another')`,
    ]) {
      await grow(1)
      const before = (await head())?.note_size
      await spoil(`create table openras.kept_entry as select * from openras.log_entry;
        create table openras.kept_head as select * from openras.log_head; ${text}`)
      t.equal(await signer().sign(), 0, text)
      t.type(refusals.pop(), LogAltered)
      t.equal((await head())?.note_size, before)
      await spoil(`truncate openras.log_entry, openras.log_head;
        insert into openras.log_entry select * from openras.kept_entry;
        insert into openras.log_head select * from openras.kept_head;
        drop table openras.kept_entry; drop table openras.kept_head`)
    }
    t.equal(await signer().sign(), 1, 'and mended, all of it')
  })
})
