// The list of background jobs.
import { countStops } from './count-stops.ts'
import { drawUpContributions } from './draw-up-contributions.ts'
import { importRoster } from './import-roster.ts'
import type { Job } from './job.ts'
import { judgeVillages, recheckVillages } from './judge-villages.ts'
import { morningSummary } from './morning-summary.ts'
import { purge } from './purge.ts'
import { remindSponsors } from './remind-sponsors.ts'
import { sendCampaign } from './send-campaign.ts'
import { sendMessages } from './send-messages.ts'
import { sendReminders } from './send-reminders.ts'
import { submitEnrolment } from './submit-enrolment.ts'
import { sweep } from './sweep.ts'
import { tellNearLimit } from './tell-near-limit.ts'

/** Every job there is. */
export const jobs: Job[] = [
  sendMessages,
  submitEnrolment,
  drawUpContributions,
  sendReminders,
  sendCampaign,
  remindSponsors,
  morningSummary,
  tellNearLimit,
  importRoster,
  judgeVillages,
  recheckVillages,
  sweep,
  countStops,
  purge,
]
