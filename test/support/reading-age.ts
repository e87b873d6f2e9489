// The reading age of sentences (Flesch-Kincaid + 5): 0.39 · words ÷ sentences + 11.8 · syllables ÷ words − 10.59.
// A hash or id is one word, a token with a digit one syllable, any other word its groups of vowels, less a last e that
// stands after no l, and at least one.

export function readingAge(text: string): number {
  const words = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const sentences = text.match(/[.!?](?=\s|$)/g)?.length ?? 1
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0)
  return 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 10.59
}

function syllablesOf(word: string): number {
  if (/\d/.test(word)) return 1
  const letters = word.toLowerCase().replace(/[^a-z]/g, '')
  const groups = letters.match(/[aeiouy]+/g)?.length ?? 0
  return Math.max(1, groups - (/[^aeiouyl]e$/.test(letters) ? 1 : 0))
}
