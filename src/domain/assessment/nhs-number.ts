// Recognises an NHS number where a reference belongs: product rule 8, no NHS numbers. The check digit is modulus 11, so
// one in eleven of all numbers of ten digits is one; a reference that is one by chance needs a letter.

/** Whether a text is ten digits, with or without `-` `.` `/` `_` between them, whose last checks the first nine. */
export function isNhsNumber(text: string): boolean {
  const digits = text.replace(/(?<=\d)[-./_](?=\d)/g, '')
  if (!/^\d{10}$/.test(digits)) return false
  const digit = (place: number) => '0123456789'.indexOf(digits.charAt(place))
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * digit(place), 0)
  return (11 - (sum % 11)) % 11 === digit(9)
}

const WEIGHTS = [10, 9, 8, 7, 6, 5, 4, 3, 2]
