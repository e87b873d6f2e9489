// The lines of a file, one at a time: a bundle may be larger than the memory.
import { Unusable } from './findings.ts'

/** Bytes that can be read from any place: a file, or a buffer. */
export type Source = {
  readonly size: number
  /** Fills the buffer from a place of the source; says how many bytes it got. */
  read(into: Buffer, from: number): number
}

export type Line = {
  /** Counted from 1. */
  readonly number: number
  /** Without its line feed; another line's once the next is asked for. */
  readonly bytes: Buffer
  /** False for bytes at the end of the source that no line feed ends. */
  readonly ended: boolean
}

const CHUNK = 1 << 20
const LONGEST = 256 * CHUNK
const LINE_FEED = 10

export function sourceOf(bytes: Buffer): Source {
  return { size: bytes.length, read: (into, from) => bytes.copy(into, 0, from) }
}

export function* linesOf(source: Source): Generator<Line> {
  let number = 0
  let begun: Buffer[] = []
  let length = 0
  const chunk = Buffer.allocUnsafe(Math.min(CHUNK, source.size))
  for (let from = 0; from < source.size; ) {
    const got = source.read(chunk, from)
    if (got === 0) throw new Unusable('The file became shorter while it was read.')
    from += got
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1 && end < got; end = chunk.indexOf(LINE_FEED, start)) {
      number += 1
      const last = chunk.subarray(start, end)
      yield { number, bytes: begun.length === 0 ? last : Buffer.concat([...begun, last]), ended: true }
      begun = []
      length = 0
      start = end + 1
    }
    begun.push(Buffer.from(chunk.subarray(start, got)))
    length += got - start
    if (length > LONGEST) throw new Unusable(`Line ${number + 1} is longer than this program reads.`)
  }
  if (length > 0) yield { number: number + 1, bytes: Buffer.concat(begun), ended: false }
}

/** The last line but one, where the end of the source has it whole. */
export function lastButOne(source: Source): Buffer | null {
  const tail = Buffer.alloc(Math.min(CHUNK, source.size))
  const got = source.read(tail, source.size - tail.length)
  const end = tail.lastIndexOf(LINE_FEED, got - 2)
  const start = end < 1 ? -1 : tail.lastIndexOf(LINE_FEED, end - 1)
  return start === -1 ? null : tail.subarray(start + 1, end)
}
