import { Link } from '@tanstack/react-router'
import History from 'lucide-react/icons/history'
import House from 'lucide-react/icons/house'
import { words } from '../words/words.ts'
import classes from './shell.module.css'

export function Navigation({ onLeave }: { onLeave: () => void }) {
  return (
    <nav className={classes.nav} aria-label={words.nav.label} onKeyDown={(event) => { if (event.key === 'Escape') onLeave() }}>
      <Link to="/" className={classes.brand}><img src="/assets/longshore.svg" alt="" />{words.app}</Link>
      <Link to="/" activeOptions={{ exact: true }} className={classes.link}><House size={16} aria-hidden />{words.nav.overview}</Link>
      <Link to="/jobs" className={classes.link}><History size={16} aria-hidden />{words.nav.imports}</Link>
    </nav>
  )
}
