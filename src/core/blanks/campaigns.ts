// Blanks about campaigns, and the lists to choose one and what to do with it.
import type { Blank, List, TalkContext } from '../context.ts'
import { checkTyped } from '../outreach/check.ts'
import { composedMessage } from '../outreach/composed.ts'
import { type OpenCampaign, readOpenCampaigns, stepsOf } from '../outreach/open-campaign.ts'
import { sayCampaign } from '../outreach/words.ts'
import { say } from './show.ts'

/** What a campaign says, how far it is, and what is wrong with its words. */
export const campaignBlanks: Record<string, Blank> = {
  campaign_card: {
    uses: ['campaign'],
    needs: ['campaigns'],
    show: (talk) => {
      const one = findChosen(talk)
      return one ? showCard(talk, one) : ''
    },
  },
  campaign_problem: {
    uses: ['campaign-words'],
    show: ({ answers }) => `${checkTyped(String(answers['campaign-words'])).join('. ')}.`,
  },
  campaign_sample: {
    uses: ['campaign-words', 'campaign-whom'],
    show: ({ book, answers, on }) => {
      const to = { language: 'id', channel: 'telegram' }
      return sayCampaign(book, composedMessage(answers), 0, to, on).text
    },
  },
}

/** Campaigns of the officer's area; the last choice begins a new one. */
export const campaignList: List = {
  needs: ['campaigns'],
  options: (talk) => [
    ...readOpenCampaigns(talk.facts.campaigns).map((one) => ({
      key: one.key,
      label: say(talk, 'campaign-line', { title: one.title, state: sayState(talk, one) }),
    })),
    { key: 'new', label: say(talk, 'campaign-new') },
  ],
}

/** What may be done with the campaign that was chosen; the last choice is nothing. */
export const campaignStepList: List = {
  needs: ['campaigns'],
  options: (talk) => {
    const one = findChosen(talk)
    const keys = [...(one ? stepsOf(one) : []), 'leave']
    return keys.map((key) => ({ key, label: say(talk, `campaign-step-${key}`) }))
  },
}

function findChosen({ answers, facts }: TalkContext): OpenCampaign | undefined {
  return readOpenCampaigns(facts.campaigns).find(({ key }) => key === answers.campaign)
}

function showCard(talk: TalkContext, one: OpenCampaign): string {
  const { chosen, queued, sent, failed, skipped } = one.counts
  const total = chosen + queued + sent + failed + skipped
  const head = say(talk, 'campaign-line', { title: one.title, state: sayState(talk, one) })
  if (total === 0) return head
  const counts = { sent, failed, skipped, waiting: chosen + queued, total }
  const fills = Object.fromEntries(Object.entries(counts).map(([key, n]) => [key, String(n)]))
  return `${head}\n${say(talk, 'campaign-counts', fills)}`
}

function sayState(talk: TalkContext, { state }: OpenCampaign): string {
  return say(talk, `campaign-state-${state}`)
}
