// Recognises an NHS number where a reference belongs: product rule 8, no NHS numbers. The check digit is modulus 11, so
// one in eleven of all numbers of ten digits is one; a reference that is one by chance gets a 0 before it.

/** Whether a text has ten digits in it, alone or as 3-3-4 with one separator, whose last checks the first nine. */
export function hasNhsNumber(text: string): boolean {
  if (!LIKE.test(text)) return false
  const digits = text.replace(UUID, ' ').replace(HEXADECIMAL, ' ')
  return [...digits.matchAll(NUMBER)].some(([, first, , second, third]) =>
    isChecked(`${first}${second}${third}`),
  )
}

// Most references have no such digits, and are done with.
const LIKE = /\d{3}[ .:_/-]?\d{3}[ .:_/-]?\d{4}/
const NUMBER = /(?<!\d)(\d{3})([ .:_/-]?)(\d{3})\2(\d{4})(?!\d)/g

// Made by machines, and never of a person: in one in eleven of their runs of ten digits the last checks the others too.
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi
const HEXADECIMAL = /[0-9a-f]{20,}/gi

const WEIGHTS = [10, 9, 8, 7, 6, 5, 4, 3, 2]

function isChecked(digits: string): boolean {
  const digit = (place: number) => '0123456789'.indexOf(digits.charAt(place))
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * digit(place), 0)
  return (11 - (sum % 11)) % 11 === digit(9)
}
