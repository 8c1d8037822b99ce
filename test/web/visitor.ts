// A visitor of the web chat without a browser: keeps its cookie, posts forms, asks for news.

/** What a poll may bring. */
export interface News {
  mark: string
  isWhole: boolean
  items: string
  choices: string
  awaiting: string
}

/** A visitor with one cookie. */
export interface TestVisitor {
  cookie: string
  /** The address behind the cookie. */
  address: string
  /** The page as HTML. */
  page(): Promise<string>
  /** Posts as the script does. */
  post(form: Record<string, string>): Promise<Response>
  /** Posts as a browser without script does; redirects are not followed. */
  submit(form: Record<string, string>, path?: string): Promise<Response>
  since(after: string): Promise<Response>
}

/** The cookie of an answer as `name=value`, empty if there is none. */
export function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** The value of the first hidden field, or the mark, of a page. */
export function findIn(page: string, what: 'once' | 'mark'): string {
  const shape = what === 'once' ? /name="once" value="([^"]+)"/ : /data-mark="([^"]+)"/
  return shape.exec(page)?.[1] ?? ''
}

/** Opens the page for the first time. */
export async function visit(url: string): Promise<TestVisitor> {
  const cookie = cookieOf(await fetch(url))
  const script = { cookie, accept: 'application/json' }
  const send = (path: string, headers: Record<string, string>, form: Record<string, string>) => {
    const body = new URLSearchParams(form)
    return fetch(`${url}${path}`, { method: 'POST', headers, body, redirect: 'manual' })
  }
  return {
    cookie,
    address: decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? '',
    page: async () => (await fetch(url, { headers: { cookie } })).text(),
    post: (form) => send('/chat', script, form),
    submit: (form, path = '/chat') => send(path, { cookie }, form),
    since: (after) => fetch(`${url}/chat/since?after=${after}`, { headers: script }),
  }
}
