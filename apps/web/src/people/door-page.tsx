import type { ReactNode } from 'react'
import { useTitle } from '../ui/page.tsx'
import { words } from '../words/words.ts'
import classes from './door-page.module.css'

/** A page before one is in: no navigation. */
export function DoorPage({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  useTitle(title)
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <div className={classes.brand}><img src="/assets/longshore.svg" alt="" />{words.app}</div>
        <h1 className={classes.title}>{title}</h1>
        {text && <p className={classes.text}>{text}</p>}
        {children}
      </div>
    </main>
  )
}
