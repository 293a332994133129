import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { words } from '../words/words.ts'
import classes from './page.module.css'

interface PageProps {
  title: string
  /** Beside the title: figures, state. */
  about?: ReactNode
  actions?: ReactNode
  /** The body takes all height that is left and scrolls by itself: lists and grids. */
  fill?: boolean
  /** Keys of this page, for the list behind `?`. */
  keys?: [string, string][]
  children: ReactNode
}

/** Title, actions, body. The h1 takes the focus when the page opens. */
export function Page({ title, about, actions, fill = false, keys, children }: PageProps) {
  useTitle(title)
  return (
    <div className={classes.page} data-fill={fill || undefined} {...(keys ? { 'data-page-keys': JSON.stringify(keys) } : {})}>
      <header className={classes.head}>
        <h1 tabIndex={-1} className={classes.title}>{title}</h1>
        {about && <div className={classes.about}>{about}</div>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={classes.body}>{children}</div>
    </div>
  )
}

export function useTitle(title: string): void {
  useEffect(() => { document.title = `${title} · ${words.app}` }, [title])
}
