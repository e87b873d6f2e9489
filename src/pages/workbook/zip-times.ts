// A workbook is a zip file, and a zip file remembers when it was made. The same figures must be the same bytes, so
// every entry gets the format's first moment instead.

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL_OFFSET = 42
/** 1 January 1980, midnight. */
const FIRST_MOMENT = 0x00210000

/** The same archive without the times at which its entries were written. */
export function withoutTimes(zip: Buffer): Buffer {
  const still = Buffer.from(zip)
  const end = still.lastIndexOf(bytesOf(END))
  let at = still.readUInt32LE(end + 16)
  for (let left = still.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (still.readUInt32LE(at) !== ENTRY) throw new Error('the workbook is not a zip file that can be read')
    still.writeUInt32LE(FIRST_MOMENT, at + 12)
    still.writeUInt32LE(FIRST_MOMENT, still.readUInt32LE(at + LOCAL_OFFSET) + 10)
    at += 46 + still.readUInt16LE(at + 28) + still.readUInt16LE(at + 30) + still.readUInt16LE(at + 32)
  }
  return still
}

function bytesOf(signature: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(signature)
  return bytes
}
