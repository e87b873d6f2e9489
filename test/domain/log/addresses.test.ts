// How places in the log are written: tiles, and the cursors of its readers.
import t from 'tap'
import { cursorOf, cursorText } from '../../../src/domain/log/cursor.ts'
import { tileOf, tilePath, widthIn } from '../../../src/domain/log/tile.ts'

t.test('a tile has one path', async (t) => {
  for (const [path, tile] of [
    ['0/000', { level: 0, tile: 0, width: 256 }],
    ['0/x001/x234/067', { level: 0, tile: 1_234_067, width: 256 }],
    ['1/x001/000', { level: 1, tile: 1000, width: 256 }],
    ['0/273.p/112', { level: 0, tile: 273, width: 112 }],
    ['63/000.p/1', { level: 63, tile: 0, width: 1 }],
  ] as const) {
    t.equal(tilePath(tile), path)
    t.strictSame(tileOf(path), tile)
  }
})

t.test('what is not the path of a tile is none', async (t) => {
  for (const path of [
    '',
    '0',
    '0/0',
    '0/00',
    '0/0000',
    '00/000',
    '64/000',
    '100/000',
    '-1/000',
    '0/x000/001',
    '0/001/002',
    '0/x001',
    '0/000.p/0',
    '0/000.p/256',
    '0/000.p/999',
    '0/000.p/01',
    '0/000.p/',
    '0/000/',
    ' 0/000',
    '0/000\n',
    '0/x999/x999/x999/x999/999',
    '0/x001/x000/x000/x000/x000/000',
    '0/٠٠٠',
  ])
    t.equal(tileOf(path), null, JSON.stringify(path))
})

t.test('the tiles of a tree of 70,000 are as wide as the specification says', async (t) => {
  const width = (level: number, tile: number) => widthIn(70_000, { level, tile })
  t.strictSame([width(0, 272), width(0, 273), width(0, 274)], [256, 112, 0])
  t.strictSame([width(1, 0), width(1, 1), width(1, 2)], [256, 17, 0])
  t.strictSame([width(2, 0), width(3, 0), width(63, 0)], [1, 0, 0])
  t.strictSame([widthIn(256, { level: 0, tile: 0 }), widthIn(256, { level: 1, tile: 0 })], [256, 1])
  t.equal(widthIn(0, { level: 0, tile: 0 }), 0)
})

t.test('a cursor names an index and its chain', async (t) => {
  const chain = Buffer.from(`5b84067b3ac066c4${'00'.repeat(24)}`, 'hex')
  t.equal(cursorText(1, chain), '1-5b84067b3ac066c4')
  t.strictSame(cursorOf('1-5b84067b3ac066c4'), { index: 1, chain: '5b84067b3ac066c4' })
  t.equal(cursorOf('-1'), null, 'before the first')
  for (const text of [
    '',
    '1',
    '-2',
    '01-5b84067b3ac066c4',
    '1-5B84067B3AC066C4',
    '1-5b84',
    '1-5b84067b3ac066c4 ',
  ])
    t.equal(cursorOf(text), undefined, JSON.stringify(text))
  t.equal(cursorOf(`${'9'.repeat(16)}-5b84067b3ac066c4`), undefined)
})
