// The sheet in English: short words, short sentences, for a reading age of nine.
import type { Words } from './words.ts'

const STOPS = 'If they stop, you will need other help.'
const TOP = 'your points are above the top of our table'

export const en: Words = {
  titles: {
    how: 'How we got it',
    decides: 'Who decides',
    disagree: 'If it looks wrong',
    check: 'Check it',
  },
  figure: {
    outOfDate: () => [['This figure is out of date.'], ['A newer one took its place.']],
    plan: (now, held) =>
      held === null
        ? ['You can plan with ', now, ' a year now.']
        : ['You can plan with ', now, ' a year now, and ', held, ' more is kept ready.'],
    whole: (year, week) => ['In all that is ', year, ' a year, or ', week, ' a week.'],
    week: (week) => ['That is ', week, ' a week.'],
    indicative: () => [
      ['This is your indicative budget: a first figure, to help you plan.'],
      ['It is not your final budget.'],
      ['The final one may be more or less.'],
    ],
    held: () => [['The money kept ready is not a cut.'], ['Ask for it if your care costs more.']],
    release: (howToAsk, decidedBy, withinDays) => [
      [howToAsk],
      [decidedBy, ` decides within ${withinDays} ${withinDays === 1 ? 'day' : 'days'}.`],
    ],
    askTheCouncil: () => ['Ask the council.'],
    accuracy: (tenths) => [
      `In a test with people like these, ${shareOf(tenths)} had costs within a quarter of the figure.`,
    ],
    notEligible: () => [
      ['A person decided that your needs do not meet the national rules.'],
      ['You can ask them to look again.'],
    ],
    notWhatYouNeed: (year, why) => [year, ' a year is not what you need: ', ...why, '.'],
    noFigure: () => ['There is no figure yet: the council’s table is not made for your kind of support.'],
    referred: () => [
      ['Points are not enough in your case.'],
      ['A person will work out the cost of your care.'],
    ],
    whereTheyStart: () => [['This figure is where they start.'], ['It is not a limit.']],
  },
  why: {
    'above-cap': ({ cap }) => ['above ', cap, ' a person works out the cost'],
    'above-scale': () => [TOP],
    'above-table': () => [TOP],
    'met-by-unpaid-care': () => ['unpaid people do all of your care now'],
    'eligible-without-points': () => ['you have needs, but your answers have no points'],
    'priced-at-nothing': () => ['your points give no money in our table'],
    'relies-on-unpaid-care': () => ['unpaid people do a large part of your care'],
    'referral-rule': () => ['a rule sends your case to a person'],
  },
  flags: {
    'eligibility-one-outcome': () => [
      ['The record names one thing that you cannot do.'],
      ['The rules ask for two.'],
      ['A person must check it.'],
    ],
    'eligibility-without-grounds': () => [
      ['The record does not say in full why you can get help.'],
      ['A person must check it.'],
    ],
    'eligibility-may-be-met': () => [
      ['The record says that you do not meet the rules.'],
      ['It also says things that may meet them.'],
      ['A person must check it.'],
    ],
    'eligibility-answers-differ': ({ isListed }) => [
      isListed
        ? ['The record says that you need help with a thing, and your answers say that you do not.']
        : ['Your answers say that you need a lot of help with a thing, and the record leaves it out.'],
      ['A person must check it.'],
    ],
    'eligibility-old': () => [
      ['It is more than a year since the council decided this.'],
      ['A person must check that it still holds.'],
    ],
    'other-needs-not-scored': () => [
      ['You have needs that we did not ask about.'],
      ['A person must think about them too.'],
    ],
    'outside-table': ({ reason }) => [['It says why: ', reason]],
    'above-cap': ({ cap }) => [
      ['The figure is above ', cap, ' a year.'],
      ['Above that, a person works out the cost.'],
      ['Nothing was taken off.'],
    ],
    'above-scale': () => [['Your points are above the top of the table.']],
    'above-table': () => [['Your points are above the top of the table.']],
    'met-by-unpaid-care': () => [['Unpaid people do all of your care now.'], [STOPS]],
    'eligible-without-points': () => [
      ['The council says that you have needs, but your answers have no points.'],
    ],
    'priced-at-nothing': () => [
      ['Your points give no money in the council’s table.'],
      ['A person must look at what you need.'],
    ],
    'relies-on-unpaid-care': () => [['Unpaid people do a large part of your care.'], [STOPS]],
    'referral-rule': ({ reason }) => [['A rule sends your case to a person.'], ['It says: ', reason]],
    'beyond-evidence': ({ isHigh }) => [
      [`None of the people in our test had points as ${isHigh ? 'high' : 'low'} as yours.`],
      ['So the figure is less sure.'],
    ],
    'table-past-its-year': ({ financialYear }) => [
      [`The table was made for the year ${financialYear}.`],
      ['Prices may be higher now.'],
      ['Ask us to check.'],
    ],
    'efficiency-applied': ({ ofEach100 }) => [
      ['The council takes ', ofEach100, ' off each £100 in this table.'],
      ['Its reason is given below.'],
    ],
  },
  how: {
    points: (gross) => [['Your answers add up to ', gross, '.'], ['More points mean you need more help.']],
    unpaid: (off) => [
      ['Someone helps you for no pay.'],
      ['This takes off ', off, '.'],
      ['We count it only while they want to do it and are able to.'],
      ['They can ask us to look at their own needs.'],
    ],
    forCarer: (on) => [['Your carer needs breaks.'], ['This adds ', on, '.']],
    extra: (on) => ['Other answers add ', on, '.'],
    sum: ({ gross, off, on, total }) => [
      'So you have ',
      bare(gross),
      ...(off === null ? [] : [' − ', bare(off)]),
      ...(on === null ? [] : [' + ', bare(on)]),
      ' = ',
      total,
      '.',
    ],
    table: (year, total) => ['The council’s table gives ', year, ' a year for ', total, '.'],
    usual: () => ['Your points gave this figure in the usual way.'],
  },
  decides: (isEligible) =>
    isEligible
      ? [
          ['A named person at the council sets your final budget.'],
          ['They must tell you why.'],
          ['No computer sets it.'],
        ]
      : [
          ['A named person at the council decided this.'],
          ['They must tell you why.'],
          ['No computer decided it.'],
        ],
  disagree: (isEligible, challengeRoute) => [
    [
      isEligible
        ? 'Tell us if an answer is wrong, if we missed something, or if the money is not enough.'
        : 'Tell us if an answer is wrong, or if we missed something.',
    ],
    ['A friend can help you.'],
    ['If you find it hard to take part and have no one to help, the council must get you an advocate.'],
    ['That is a person who speaks up for you.'],
    [challengeRoute],
  ],
  check: (reference, date) => [
    ['Anyone can check this sum.'],
    [`Its number is ${reference}.`],
    [`Your needs were looked at on ${date}.`],
  ],
}

/** The digits alone: “34 − 11 + 2 = 25 points”. */
function bare<F extends { readonly shown: string }>(figure: F): F {
  return { ...figure, shown: figure.shown.replace(/ points?$/, '') }
}

function shareOf(tenths: string): string {
  if (tenths === '0') return 'hardly anybody'
  return tenths === '10' ? 'nearly all' : `about ${tenths} in 10`
}
