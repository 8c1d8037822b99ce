// The words and numbers of the picture of an area, from its rows and from flows/picture.yaml.
import { nameArea } from '../core/area.ts'
import type { Book } from '../core/book.ts'
import { sayPhrase } from '../core/phrase.ts'
import { type AreaOverview, notStarted } from '../core/village-staff.ts'
import type { OverviewWords } from './overview.ts'

/** What is shown of which area, and the day on which it was counted. */
export interface CountedArea {
  area: string
  /** `YYYY-MM-DD` */
  on: string
  overview: AreaOverview
}

/** The picture in words of one language. */
export function sayOverview(book: Book, language: string, counted: CountedArea): OverviewWords {
  const { area, on, overview } = counted
  const figures = new Intl.NumberFormat(language)
  const say = (id: string, fills: Record<string, string | number> = {}) => {
    const texts = Object.entries(fills).map(([name, fill]) => {
      return [name, typeof fill === 'number' ? figures.format(fill) : fill]
    })
    return sayPhrase(book, language, id, Object.fromEntries(texts)).trim()
  }
  const part = (count: number, id: string) => {
    return { count, value: figures.format(count), label: say(id) }
  }
  const { villages, aware, underWay, cohorts, registeredYearAgo } = overview
  return {
    title: nameArea(book.places, area),
    subtitle: say('picture-on', { on: book.readers.date.show(on, language) }),
    villages: {
      name: say('picture-villages'),
      value: figures.format(villages),
      parts: [
        part(aware, 'picture-aware'),
        part(underWay, 'picture-underway'),
        part(notStarted(overview), 'picture-idle'),
      ],
    },
    people: {
      name: say('picture-people'),
      value: say('picture-of', totalsOf(overview)),
      registered: say('picture-registered'),
      waiting: say('picture-waiting'),
      rows: cohorts.map((one) => ({
        name: say(`cohort-${one.cohort}`),
        value: say('picture-of', { count: one.registered, posts: one.posts }),
        ...{ registered: one.registered, waiting: one.waiting, total: one.posts },
      })),
    },
    footer: say('picture-before', { count: registeredYearAgo }),
  }
}

function totalsOf({ cohorts }: AreaOverview) {
  const sum = (pick: 'registered' | 'posts') => cohorts.reduce((all, one) => all + one[pick], 0)
  return { count: sum('registered'), posts: sum('posts') }
}
