// A whole number of pence from exact arithmetic back to an ordinary number, without passing through text.

// Written before it is read in every call; made once, since most figures of a calibration pass through.
const bytes = new DataView(new ArrayBuffer(8))

/** The same whole number. It must fit a safe integer: money and points do by their schemas. */
export function wholeNumber(value: bigint): number {
  bytes.setBigInt64(0, value)
  const number = bytes.getInt32(0) * 2 ** 32 + bytes.getUint32(4)
  if (!Number.isSafeInteger(number) || BigInt(number) !== value)
    throw new Error('A figure is too large for a whole number of pence or points.')
  return number
}
