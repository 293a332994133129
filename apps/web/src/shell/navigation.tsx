import { Link } from '@tanstack/react-router'
import Box from 'lucide-react/icons/box'
import Building2 from 'lucide-react/icons/building-2'
import CalendarCheck from 'lucide-react/icons/calendar-check'
import FileText from 'lucide-react/icons/file-text'
import GitCompare from 'lucide-react/icons/git-compare'
import Handshake from 'lucide-react/icons/handshake'
import History from 'lucide-react/icons/history'
import House from 'lucide-react/icons/house'
import LifeBuoy from 'lucide-react/icons/life-buoy'
import Settings from 'lucide-react/icons/settings'
import StickyNote from 'lucide-react/icons/sticky-note'
import Target from 'lucide-react/icons/target'
import Trash2 from 'lucide-react/icons/trash-2'
import Users from 'lucide-react/icons/users'
import type { ComponentType } from 'react'
import { useMay } from '../client/may.ts'
import { useObjects } from '../client/queries.ts'
import { words } from '../words/words.ts'
import classes from './shell.module.css'

const icons: Record<string, ComponentType<{ size?: number }>> = {
  contacts: Users, accounts: Building2, leads: Target, deals: Handshake, activities: CalendarCheck, products: Box, notes: StickyNote, tickets: LifeBuoy, documents: FileText,
}

export function Navigation({ onLeave }: { onLeave: () => void }) {
  const objects = useObjects()
  const may = useMay()
  const seen = objects.filter((object) => may.object(object.name, 'read'))
  return (
    <nav className={classes.nav} aria-label={words.nav.label} onKeyDown={(event) => { if (event.key === 'Escape') onLeave() }}>
      <Link to="/" className={classes.brand}><img src="/assets/longshore.svg" alt="" />{words.app}</Link>
      <Link to="/" activeOptions={{ exact: true }} className={classes.link}><House size={16} aria-hidden />{words.nav.overview}</Link>
      <Link to="/jobs" className={classes.link}><History size={16} aria-hidden />{words.nav.imports}</Link>
      <Link to="/review" className={classes.link}><GitCompare size={16} aria-hidden />{words.nav.review}</Link>
      <div className={classes.section}>{words.nav.records}</div>
      {seen.map((object) => {
        const Icon = icons[object.name] ?? Box
        return <Link key={object.name} to="/records/$object" params={{ object: object.name }} className={classes.link}><Icon size={16} aria-hidden />{object.pluralLabel}</Link>
      })}
      <Link to="/bin" className={classes.link}><Trash2 size={16} aria-hidden />{words.nav.bin}</Link>
      <div className={classes.spacer} />
      <Link to="/settings/$section" params={{ section: 'organization' }} activeOptions={{ exact: false }} className={classes.link}><Settings size={16} aria-hidden />{words.nav.settings}</Link>
    </nav>
  )
}
