import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Suspense, lazy } from 'react'
import type { ComponentType } from 'react'
import { useMay } from '../client/may.ts'
import { Page } from '../ui/page.tsx'
import { Empty, SkeletonRows } from '../ui/states.tsx'
import { settingsWords } from '../words/settings.ts'
import { words } from '../words/words.ts'
import classes from './settings.module.css'

const texts = settingsWords

type May = ReturnType<typeof useMay>
interface Section { name: keyof typeof words.nav.settingsSections; may: (may: May) => boolean; body: ComponentType }

/** In the order in which they are listed; each is loaded when it is opened. */
const sections: readonly Section[] = [
  { name: 'organization', may: () => true, body: lazy(async () => ({ default: (await import('./organization/organization-section.tsx')).OrganizationSection })) },
  { name: 'objects', may: (may) => may.organization('schema'), body: lazy(async () => ({ default: (await import('./objects/objects-section.tsx')).ObjectsSection })) },
  { name: 'mappings', may: () => true, body: lazy(async () => ({ default: (await import('./mappings/mappings-section.tsx')).MappingsSection })) },
  { name: 'templates', may: () => true, body: lazy(async () => ({ default: (await import('./mappings/templates-section.tsx')).TemplatesSection })) },
  { name: 'people', may: () => true, body: lazy(async () => ({ default: (await import('./people/people-section.tsx')).PeopleSection })) },
  { name: 'roles', may: () => true, body: lazy(async () => ({ default: (await import('./people/roles-section.tsx')).RolesSection })) },
  { name: 'account', may: () => true, body: lazy(async () => ({ default: (await import('./people/account-section.tsx')).AccountSection })) },
  { name: 'notifications', may: () => true, body: lazy(async () => ({ default: (await import('./organization/notifications-section.tsx')).NotificationsSection })) },
  { name: 'keys', may: () => true, body: lazy(async () => ({ default: (await import('./people/keys-section.tsx')).KeysSection })) },
  { name: 'audit-log', may: (may) => may.organization('audit-log'), body: lazy(async () => ({ default: (await import('./people/audit-section.tsx')).AuditSection })) },
]

/** What an organization settles once: a list of sections beside the one that is open. */
export function SettingsPage() {
  const { section: name } = useParams({ from: '/shell/settings/$section' })
  const navigate = useNavigate()
  const may = useMay()
  const section = sections.find((one) => one.name === name)
  const Body = section?.body
  return (
    <Page title={section ? words.nav.settingsSections[section.name] : texts.title}>
      <div className={classes.settings}>
        <nav className={classes.sections} aria-label={texts.title}>
          {sections.filter((one) => one.may(may)).map((one) => <Link key={one.name} to="/settings/$section" params={{ section: one.name }} className={classes.section}>{words.nav.settingsSections[one.name]}</Link>)}
        </nav>
        <label className={classes.choice}><span className="visually-hidden">{texts.title}</span>
          <select value={name} onChange={({ currentTarget: { value } }) => void navigate({ to: '/settings/$section', params: { section: value } })}>{sections.filter((one) => one.may(may)).map((one) => <option key={one.name} value={one.name}>{words.nav.settingsSections[one.name]}</option>)}</select>
        </label>
        <div className={classes.body}>
          {Body && section.may(may) ? <Suspense fallback={<SkeletonRows />}><Body /></Suspense> : section ? <Empty title={texts.notAllowedTitle}>{texts.notAllowed}</Empty> : <Empty title={words.states.notFound}>{words.states.notFoundText}</Empty>}
        </div>
      </div>
    </Page>
  )
}
