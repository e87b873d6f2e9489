// What the verifier finds, told case by case: where it is, and in which words.
import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { readCanonical } from '../../packages/verifier/src/canonical-json.ts'
import { linesOf, sourceOf } from '../../packages/verifier/src/lines.ts'
import { isConsistent, Leaves, rootByInclusion } from '../../packages/verifier/src/tree.ts'
import { verifyBundle } from '../../packages/verifier/src/verify.ts'
import { checkpointLine, consistencyLine, entryLine, headLine } from '../../src/domain/log/bundle.ts'
import { canonicalJson, leafHash } from '../../src/domain/log/canonical.ts'
import { EMPTY_FRONTIER, grown, rootOf } from '../../src/domain/log/frontier.ts'
import { vkeyOf } from '../../src/domain/log/note.ts'
import { consistencyRanges, inclusionRanges, proofOf } from '../../src/domain/log/proof.ts'
import { present } from '../../src/domain/present.ts'
import { finished } from '../support/evidence.ts'
import { ROOT } from '../support/folder-files.ts'
import { type Log, type Logged, logged, logKey, logOf, ORIGIN, type Request } from './logs.ts'

const HEAD = { authority: 'demo', origin: ORIGIN } as const
const FIRST_KEY = vkeyOf(logKey(0).key)

const record = (number: number) =>
  logged(number, {
    kind: 'assessment-allocated',
    facts: { outcome: 'indicative' },
    parts: { body: '{}', refs: '{}' },
  })

const keyChange = (number: number, from: number) => {
  const facts = { replaces: vkeyOf(logKey(from).key), vkey: vkeyOf(logKey(from + 1).key) }
  return logged(number, { kind: 'log-key-changed', facts })
}

function entryOf({ envelope, nonce, parts, erasedBy }: Logged, index: number): string {
  const payload = Object.keys(parts).length > 0 && erasedBy === null ? { payload: { nonce, ...parts } } : {}
  return entryLine({ index, envelope, ...payload, ...(erasedBy === null ? {} : { erasedBy }) })
}

/** A log with a checkpoint of each of these sizes. */
function linesOfLog({ entries, noteAt }: Log, sizes: readonly number[]): readonly string[] {
  return [
    headLine({ ...HEAD, kind: 'log' }),
    ...entries.map(entryOf),
    ...sizes.map((size) => checkpointLine(noteAt(size))),
  ]
}

function found({ bundle, ...asked }: Request) {
  return verifyBundle(sourceOf(Buffer.from(bundle)), asked)
}

const three = logOf([record(0), record(1), record(2)], [])
const good = finished(linesOfLog(three, [1, 3]))

t.test('a good bundle is told with its size, its root and its key', async (t) => {
  t.strictSame(found({ bundle: good, key: FIRST_KEY, held: [three.noteAt(2)] }), {
    verdict: 'good',
    told: [
      `log ${ORIGIN} of authority demo: 3 entries under a checkpoint of size 3`,
      `root ${rootOf(grown(EMPTY_FRONTIER, three.leaves).frontier).toString('base64')}, signed by ${FIRST_KEY}`,
      'goes on from the held note of size 2',
    ],
  })
})

t.test('a log that was written again is found by whoever kept a note, and by nobody else', async (t) => {
  const other = logOf([record(0), record(5), record(2)], [])
  const bundle = finished(linesOfLog(other, [3]))
  t.match(found({ bundle, key: FIRST_KEY }), { verdict: 'good' }, 'all of it is signed')
  t.match(found({ bundle, key: FIRST_KEY, held: [three.noteAt(2)] }), {
    verdict: 'tampered',
    what: 'The log of 2 entries had another root when the note was kept.',
  })
  const shorter = finished(linesOfLog(logOf([record(0)], []), [1]))
  t.match(found({ bundle: shorter, key: FIRST_KEY, held: [three.noteAt(2)] }), {
    verdict: 'tampered',
    what: 'The held note is of 2 entries, and the bundle ends at 1.',
  })
})

t.test('a new key is trusted where the old one signed the first checkpoint after the change', async (t) => {
  const changed = logOf([record(0), keyChange(1, 0), record(2), keyChange(3, 1), record(4)], [1, 3])
  const only = (note: string, kept: number) => {
    const { keyId } = { keyId: vkeyOf(logKey(kept).key).split('+')[1] }
    const [text = '', tail = ''] = note.split('\n\n')
    const lines = tail.split('\n').filter((line) => {
      const id = Buffer.from(line.split(' ')[2] ?? '', 'base64')
        .subarray(0, 4)
        .toString('hex')
      return id === keyId
    })
    return `${text}\n\n${lines.map((line) => `${line}\n`).join('')}`
  }
  const bundleOf = (notes: readonly string[]) =>
    finished([...linesOfLog(changed, []), ...notes.map(checkpointLine)])
  const asked = (n: number) => vkeyOf(logKey(n).key)
  const whole = [1, 2, 4, 5].map((size) => changed.noteAt(size))
  for (const n of [0, 1, 2])
    t.match(found({ bundle: bundleOf(whole), key: asked(n) }), { verdict: 'good' }, `known by key ${n}`)
  t.match(found({ bundle: bundleOf([changed.noteAt(5)]), key: asked(0) }), { verdict: 'good' }, 'two at once')
  t.match(
    found({ bundle: bundleOf([...whole.slice(0, 3), only(changed.noteAt(5), 2)]), key: asked(0) }),
    { verdict: 'good' },
    'afterwards the new key is enough',
  )
  t.match(found({ bundle: bundleOf([only(changed.noteAt(5), 2)]), key: asked(0) }), {
    verdict: 'tampered',
    line: 7,
    what: /^The checkpoint is not signed by openras\.example\/demo\+/,
  })
  t.match(
    found({ bundle: bundleOf([...whole.slice(0, 3), only(changed.noteAt(5), 0)]), key: asked(0) }),
    { verdict: 'tampered', line: 10 },
    'a key that was replaced signs nothing any more',
  )
  t.match(found({ bundle: bundleOf(whole), key: asked(7) }), {
    verdict: 'tampered',
    what: 'The key that was given is none of this log’s.',
  })
  const skipped = logOf([keyChange(0, 0), keyChange(1, 2)], [0, 1])
  t.match(found({ bundle: finished(linesOfLog(skipped, [2])), key: asked(0) }), {
    verdict: 'tampered',
    index: 1,
  })
})

t.test('an erased payload needs the event that erased it, behind it and naming it', async (t) => {
  const erasure = (events: readonly string[]) => logged(1, { kind: 'payloads-erased', facts: { events } })
  const logWith = (events: readonly string[], erasedBy: string) => {
    const first = record(0)
    first.erasedBy = erasedBy
    return finished(linesOfLog(logOf([first, erasure(events)], []), [2]))
  }
  const { event } = record(0)
  const by = erasure([event]).event
  t.match(found({ bundle: logWith([event], by), key: FIRST_KEY }), {
    verdict: 'good',
    told: [/^log/, /^root/, '1 payload erased, each by an event of the log'],
  })
  for (const [why, bundle] of [
    ['it erased another', logWith([record(2).event], by)],
    ['another is named', logWith([event], record(2).event)],
  ] as const)
    t.match(found({ bundle, key: FIRST_KEY }), { verdict: 'tampered', line: 2, index: 0 }, why)
})

t.test('an extract proves its entries, and says what it does not show', async (t) => {
  const stored = three.leaves.map((hash, node) => ({ level: 0, node, hash }))
  const extract = (index: number, proof: readonly Buffer[], more: readonly string[] = []) =>
    finished([
      headLine({ ...HEAD, kind: 'extract' }),
      entryLine({ index, envelope: present(three.entries[1]).envelope, proof }),
      ...more,
      checkpointLine(three.noteAt(3)),
    ])
  const proof = proofOf(inclusionRanges(1, 3), stored)
  t.match(found({ bundle: extract(1, proof), key: FIRST_KEY }), {
    verdict: 'good',
    told: [
      /^extract of the log .*: 1 entry under a checkpoint of size 3$/,
      /^root/,
      '2 parts of payloads not shown',
    ],
  })
  t.match(found({ bundle: extract(0, proof), key: FIRST_KEY }), {
    verdict: 'tampered',
    line: 2,
    what: 'The proof does not lead to the checkpoint of size 3.',
  })
  const held = [three.noteAt(2)]
  t.match(found({ bundle: extract(1, proof), key: FIRST_KEY, held }), {
    verdict: 'unusable',
    what: 'Nothing in the extract leads from the held note of size 2 to its last checkpoint.',
  })
  const link = consistencyLine(2, 3, proofOf(consistencyRanges(2, 3), stored))
  t.match(found({ bundle: extract(1, proof, [link]), key: FIRST_KEY, held }), { verdict: 'good' })
})

t.test('the proofs of the service and the checks of the verifier agree in every small tree', async (t) => {
  const leaves = Array.from({ length: 33 }, (_, i) => leafHash(String(i)))
  const stored = leaves.map((hash, node) => ({ level: 0, node, hash }))
  const roots = leaves.map((_, i) => rootOf(grown(EMPTY_FRONTIER, leaves.slice(0, i + 1)).frontier))
  const kept = new Leaves()
  for (const leaf of leaves) kept.add(leaf)
  const wrong: string[] = []
  for (const [i, root] of roots.entries()) {
    const size = i + 1
    if (!kept.rootAt(size).equals(root)) wrong.push(`root of ${size}`)
    for (let at = 0; at < size; at += 1) {
      const proof = proofOf(inclusionRanges(at, size), stored)
      const leaf = present(leaves[at])
      if (!rootByInclusion(leaf, at, size, proof)?.equals(root)) wrong.push(`leaf ${at} in ${size}`)
      if (rootByInclusion(leaf, at, size, [...proof, leaf]) !== null) wrong.push(`longer: ${at} in ${size}`)
      if (proof.length > 0 && rootByInclusion(leaf, at, size, proof.slice(1))?.equals(root))
        wrong.push(`shorter: ${at} in ${size}`)
      if (at === 0) continue
      const [link, before] = [proofOf(consistencyRanges(at, size), stored), present(roots[at - 1])]
      if (!isConsistent(at, size, { from: before, to: root }, link)) wrong.push(`${at} within ${size}`)
      if (isConsistent(at, size, { from: root, to: root }, link))
        wrong.push(`another root: ${at} within ${size}`)
      if (isConsistent(at, size, { from: before, to: root }, [...link, leaf]))
        wrong.push(`longer: ${at} within ${size}`)
      if (isConsistent(at, size, { from: before, to: root }, link.slice(1)))
        wrong.push(`shorter: ${at} within ${size}`)
    }
  }
  t.strictSame(wrong, [])
})

t.test('canonical JSON is read, and the same JSON in another form is not', async (t) => {
  for (const value of [
    null,
    true,
    [],
    {},
    {
      '': 0,
      a: [1, -1.5, 1e21, 1e-7, 0.000001, 123456789012345680000],
      é: '\u007f\u2028😀\b\f\n\r\t\u0001"\\/',
    },
    { '\ufb33': 1, '😀': 2, ...{ '\r': 3 } },
    { __proto__x: 1, ['__proto__']: { constructor: null } },
  ])
    t.equal(canonicalJson(readCanonical(canonicalJson(value))), canonicalJson(value))
  t.doesNotThrow(() => readCanonical(`${'['.repeat(100)}${']'.repeat(100)}`))
  for (const text of [
    '',
    ' 1',
    '1 ',
    '01',
    '1.0',
    '-0',
    '1e2',
    '1E21',
    '1e400',
    '12345678901234567890123',
    '.5',
    '+1',
    'NaN',
    'nul',
    'True',
    '{"b":1,"a":1}',
    '{"a":1,"a":1}',
    '{"a":1,}',
    '{"a" :1}',
    '{a:1}',
    '{"a"}',
    '{"😀":1,"\ufb33":1}'.split('').reverse().join(''),
    '[1,]',
    '[1 ,2]',
    '[',
    '"',
    '"a',
    '"\\u0041"',
    '"\\u000A"',
    '"\\u001F"',
    '"\\/"',
    '"\\ud800"',
    '"\n"',
    "'a'",
    '1\n2',
    '\ufeff1',
    `${'['.repeat(102)}${']'.repeat(102)}`,
  ])
    t.throws(() => readCanonical(text), text.slice(0, 40))
})

t.test('lines are read in pieces, wherever a piece ends', async (t) => {
  const bytes = Buffer.from(`${'a'.repeat(1 << 20)}\n\n${'b'.repeat((1 << 20) - 3)}\nc`)
  const lines = [...linesOf(sourceOf(bytes))].map(({ number, ended }) => [number, ended])
  t.strictSame(lines, [
    [1, true],
    [2, true],
    [3, true],
    [4, false],
  ])
  const lengths: number[] = []
  for (const line of linesOf(sourceOf(bytes))) lengths.push(line.bytes.length)
  t.strictSame(lengths, [1 << 20, 0, (1 << 20) - 3, 1])
  const cut = { size: 10, read: () => 0 }
  t.throws(() => [...linesOf(cut)], /became shorter/)
})

t.test('the command says what it found, and ends with 0, 1 or 2', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'openras-verify-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text)
    return join(folder, name)
  }
  const run = async (...args: readonly string[]) => {
    const command = [join(ROOT, 'packages/verifier/src/main.ts'), ...args]
    const failed = (error: { code: number; stdout: string }) => error
    const ran = await promisify(execFile)(process.execPath, command).catch(failed)
    return { code: 'code' in ran ? ran.code : 0, text: ran.stdout }
  }
  const path = await file('good.ndjson', good)
  const [told, tampered, unusable, usage] = await Promise.all([
    run(path, '--key', FIRST_KEY, '--held', await file('held', three.noteAt(1)), '--replay').catch(
      () => null,
    ),
    run(await file('bad', good.replace('"body":"{}"', '"body":"{ }"')), '--key', FIRST_KEY),
    run(join(folder, 'nothing'), '--key', FIRST_KEY),
    run(path),
  ])
  t.match(told, {
    code: 1,
    text: /^tampered: line 2, index 0: The allocation has not the form of one/,
  })
  t.match(tampered, {
    code: 1,
    text: 'tampered: line 2, index 0: The part body is not the one that the envelope commits to.\n',
  })
  t.match(unusable, { code: 2, text: /^unusable: .*nothing is not a file that can be read/ })
  t.match(usage, { code: 2, text: /^usage: openras-verify BUNDLE --key VKEY/ })
  t.match(await run(path, '--key', FIRST_KEY), { code: 0, text: /^good\n {2}log / })
})

t.test('the verifier stands alone: it takes nothing but Node’s own modules', async (t) => {
  const files = globSync('packages/verifier/src/**/*.ts', { cwd: ROOT })
  t.ok(files.length >= 10)
  for (const path of files) {
    const code = await readFile(join(ROOT, path), 'utf8')
    const taken = [...code.matchAll(/\bfrom '([^']+)'/g)].map(([, from = '']) => from)
    t.strictSame(
      taken.filter((from) => !from.startsWith('node:') && !/^\.\.?\/[a-z/-]+\.ts$/.test(from)),
      [],
      path,
    )
    t.notOk(
      taken.some((from) => join('/', path, '..', from).startsWith('/src/')),
      `${path} stays in its package`,
    )
  }
})
