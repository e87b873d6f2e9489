// A second synthetic council, written from its description alone and sharing no code with src/domain: the generator in
// 64-bit integers, points in hundredths of whole numbers. It must give the same file, to the byte.
import type { Questionnaire } from '../../../src/contract/documents/questionnaire.ts'

type Wishes = {
  readonly people: number
  readonly seed: number
  readonly price: number
  readonly faults: boolean
}

const MASK = 0xffffffffn
const MEANS = [19.4, 25.8, 39.4, 26.4, 35.7]
const COSTS = [9998, 15088, 26030, 13266, 14239]
const LEVELS = ['none', 'low', 'medium', 'high']
const SUPPORT = ['none', 'some', 'half', 'most', 'all']
const HEAVY = ['hygiene', 'toilet', 'clothing', 'home_safely']

/** The lines of the file, its header first. */
export function oracleCouncil({ domains, userGroups }: Questionnaire, wishes: Wishes): readonly string[] {
  const next = generator(BigInt(wishes.seed))
  const pick = (...weights: number[]) => {
    const drawn = Number((next() * BigInt(weights.reduce((a, b) => a + b))) >> 32n)
    let kind = 0
    for (let sum = weights[0] ?? 0; sum <= drawn; sum += weights[kind] ?? 0) kind += 1
    return kind
  }
  const z = () => {
    let sum = 0n
    for (let i = 0; i < 12; i += 1) sum += next()
    return Number(sum) / 2 ** 32 - 6
  }
  const keys = domains.map(({ key }) => key)
  const points = domains.map(({ options }) =>
    options.map((option) => Math.round(Number(option.points) * 100)),
  )

  const rows = Array.from({ length: wishes.people }, () => {
    const group = pick(50, 14, 16, 11, 9)
    const needless = pick(3, 97) === 0
    const drawn = Math.floor(Math.exp(Math.log(MEANS[group] ?? 0) - 0.15 + 0.55 * z()) + 0.5)
    const target = needless ? 0 : 100 * Math.max(1, Math.min(100, drawn))

    const order = keys.map((_, i) => i)
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = below(next, last + 1)
      ;[order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0]
    }
    const level = keys.map(() => 0)
    const base = () => level.reduce((sum, at, i) => sum + (points[i]?.[at] ?? 0), 0)
    for (let turn = 0; base() < target && turn < 39; turn += 1) {
      const domain = order[turn % 13] ?? 0
      level[domain] = (level[domain] ?? 0) + 1
    }

    const twoPerson = keys.some((key, i) => HEAVY.includes(key) && level[i] === 3) ? pick(60, 25, 15) : 0
    const willing = pick(45, 55) === 0
    const support = level.map((at) => (willing && at > 0 ? pick(40, 20, 20, 12, 8) : 0))
    const addOn = willing ? pick(40, 30, 20, 10) : 0

    // In hundredths of a point × 16: a weight is 4, 5 or 6 quarters, and what is left after support 0 to 4 quarters.
    let [gross, net] = [0, 0]
    for (const [i, at] of level.entries()) {
      const weighted = (points[i]?.[at] ?? 0) * (HEAVY.includes(keys[i] ?? '') ? 4 + twoPerson : 4)
      gross += weighted * 4
      net += weighted * (4 - (support[i] ?? 0))
    }
    const added = gross > net ? addOn * 200 * 16 : 0
    const scored = Math.floor((net + added + 8) / 16) / 100

    const raw = Math.exp(1.24 * Math.log(Math.max(scored, 1)) + 0.45 * z())
    const unusual = pick(2, 98) === 0 ? 104001 + Number((next() * 104000n) >> 32n) : null
    const old = group === 0 || group === 4
    const age = old
      ? ['65-74', '75-84', '85+'][pick(25, 40, 35)]
      : ['18-24', '25-44', '45-64'][pick(15, 45, 40)]
    const homes = ['own-home', 'supported-living', 'extra-care', 'shared-lives', 'residential', 'nursing']
    const setting = homes[pick(78, 8, 4, 2, 6, 2)]
    const team = `T${pick(1, 1, 1, 1, 1, 1, 1, 1) + 1}`
    const estimate = pick(50, 50) === 0 ? z() : null
    const traits = [
      ['female', 'male'][pick(58, 42)],
      ['white', 'asian', 'black', 'mixed', 'other'][pick(84, 8, 4, 2, 2)],
      ['yes', 'no'][pick(88, 12)],
      ['north', 'east', 'south', 'west'][pick(30, 25, 25, 20)],
    ]
    const faults = wishes.faults ? [pick(10, 90) === 0, pick(1, 99) === 0] : [false, false]
    const answers = [
      ...level.map((at) => LEVELS[at]),
      ['no', 'sometimes', 'always'][twoPerson],
      faults[0] ? '' : String(willing),
      ...support.map((at) => (willing && !faults[0] ? SUPPORT[at] : '')),
      LEVELS[addOn],
    ]
    return { group, raw, unusual, answers, particulars: [age, setting, team], estimate, traits, faults }
  })

  const factor = COSTS.map((mean, group) => {
    const usual = rows.filter((row) => row.group === group && row.unusual === null).map(({ raw }) => raw)
    return (wishes.price * mean * usual.length) / usual.reduce((sum, raw) => sum + raw, 0)
  })
  let ref = ''
  const lines = rows.map((row, i) => {
    if (i === 0 || row.faults[1] !== true) ref = `SYN-${`${100_001 + i}`.slice(1)}`
    const cost = row.unusual ?? Math.floor(row.raw * (factor[row.group] ?? 0) + 0.5)
    const estimate =
      row.estimate === null ? '' : `${Math.floor(cost * Math.exp(0.2 * row.estimate) + 0.5)}.00`
    const group = userGroups[row.group]?.key
    return [ref, group, ...row.answers, `${cost}.00`, ...row.particulars, estimate, ...row.traits].join()
  })
  const header = [
    'ref,userGroup',
    ...keys.map((key) => `answers.${key}`),
    'weightings.two_person,carer.willingAndAble',
    ...keys.map((key) => `carer.support.${key}`),
    'addOns.carer_sustainability,costAnnual,ageBand,setting,team,estimateAnnual',
    ...['sex', 'ethnicity', 'disability', 'area'].map((key) => `characteristics.${key}`),
  ]
  return [header.join(), ...lines]
}

// xoshiro128**, seeded by two numbers of splitmix64, low words first.
function generator(seed: bigint): () => bigint {
  const mixed = [1n, 2n].map((turn) => {
    let x = BigInt.asUintN(64, seed + turn * 0x9e3779b97f4a7c15n)
    x = BigInt.asUintN(64, (x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n)
    x = BigInt.asUintN(64, (x ^ (x >> 27n)) * 0x94d049bb133111ebn)
    return x ^ (x >> 31n)
  })
  let [a, b, c, d] = mixed.flatMap((x) => [x & MASK, x >> 32n]) as [bigint, bigint, bigint, bigint]
  const turned = (x: bigint, by: bigint) => ((x << by) | (x >> (32n - by))) & MASK
  return () => {
    const result = (turned((b * 5n) & MASK, 7n) * 9n) & MASK
    const moved = (b << 9n) & MASK
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= moved
    d = turned(d, 11n)
    return result
  }
}

// Each number as likely: a product whose low word is below 2^32 mod the bound is drawn again.
function below(next: () => bigint, bound: number): number {
  for (;;) {
    const product = next() * BigInt(bound)
    if ((product & MASK) >= (1n << 32n) % BigInt(bound)) return Number(product >> 32n)
  }
}
