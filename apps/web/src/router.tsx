import { Notifications } from '@mantine/notifications'
import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { lazyPage } from './shell/lazy-page.ts'
import { PageFailure } from './shell/page-failure.tsx'
import { NoSuchAddress, NotFound } from './shell/not-found.tsx'
import { Shell } from './shell/shell.tsx'

const root = createRootRoute({ notFoundComponent: NoSuchAddress, errorComponent: PageFailure })
/** Pages with navigation around them. */
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell, notFoundComponent: NotFound, errorComponent: PageFailure })

const overview = createRoute({ getParentRoute: () => shell, path: '/', component: lazyPage(() => import('./overview/overview-page.tsx'), 'OverviewPage') })
const jobs = createRoute({ getParentRoute: () => shell, path: '/jobs', component: lazyPage(() => import('./jobs/jobs-page.tsx'), 'JobsPage') })
const job = createRoute({
  getParentRoute: () => shell, path: '/jobs/$job', component: lazyPage(() => import('./jobs/job-page.tsx'), 'JobPage'),
  validateSearch: (search: Record<string, unknown>): { tab?: string; rows?: string } => ({ ...(typeof search.tab === 'string' ? { tab: search.tab } : {}), ...(typeof search.rows === 'string' ? { rows: search.rows } : {}) }),
})

const health = createRoute({ getParentRoute: () => shell, path: '/jobs/health', component: lazyPage(() => import('./jobs/health-page.tsx'), 'HealthPage') })
const newImport = createRoute({
  getParentRoute: () => shell, path: '/imports/new', component: lazyPage(() => import('./wizard/new-import-page.tsx'), 'NewImportPage'),
  validateSearch: (search: Record<string, unknown>): { object?: string; repeat?: number } => ({
    ...(typeof search.object === 'string' ? { object: search.object } : {}), ...(typeof search.repeat === 'number' ? { repeat: search.repeat } : {}),
  }),
})
const importJob = createRoute({ getParentRoute: () => shell, path: '/imports/$job/$step', component: lazyPage(() => import('./wizard/import-job-page.tsx'), 'ImportJobPage') })
const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: lazyPage(() => import('./people/sign-in-page.tsx'), 'SignInPage') })
const invitation = createRoute({ getParentRoute: () => root, path: '/invitation', component: lazyPage(() => import('./people/invitation-page.tsx'), 'InvitationPage') })
const passwordReset = createRoute({ getParentRoute: () => root, path: '/password-reset', component: lazyPage(() => import('./people/password-reset-page.tsx'), 'PasswordResetPage') })
const records = createRoute({
  getParentRoute: () => shell, path: '/records/$object', component: lazyPage(() => import('./records/records-page.tsx'), 'RecordsPage'),
  validateSearch: (search: Record<string, unknown>): { where?: string[]; sort?: string; columns?: string[]; job?: number; search?: string } => ({
    ...(typeof search.search === 'string' || typeof search.search === 'number' ? { search: String(search.search) } : {}),
    ...(typeof search.job === 'number' ? { job: search.job } : {}),
    ...(Array.isArray(search.columns) ? { columns: search.columns.filter((one) => typeof one === 'string') } : {}),
    ...(Array.isArray(search.where) ? { where: search.where.filter((one) => typeof one === 'string') } : {}), ...(typeof search.sort === 'string' ? { sort: search.sort } : {}),
  }),
})
const record = createRoute({ getParentRoute: () => shell, path: '/records/$object/$record', component: lazyPage(() => import('./records/record-page.tsx'), 'RecordPage') })
const bin = createRoute({ getParentRoute: () => shell, path: '/bin', component: lazyPage(() => import('./records/bin-page.tsx'), 'BinPage') })
const review = createRoute({ getParentRoute: () => shell, path: '/review', component: lazyPage(() => import('./review/review-page.tsx'), 'ReviewPage') })
const settings = createRoute({ getParentRoute: () => shell, path: '/settings/$section', component: lazyPage(() => import('./settings/settings-page.tsx'), 'SettingsPage') })
const settingsHome = createRoute({ getParentRoute: () => shell, path: '/settings', beforeLoad: () => { throw redirect({ to: '/settings/$section', params: { section: 'organization' } }) } })
const settingsObject = createRoute({
  getParentRoute: () => shell, path: '/settings/objects/$object', component: lazyPage(() => import('./settings/objects/object-page.tsx'), 'ObjectPage'),
  validateSearch: (search: Record<string, unknown>): { tab?: 'rules' } => search.tab === 'rules' ? { tab: 'rules' } : {},
})
const kit = createRoute({ getParentRoute: () => shell, path: '/_kit', component: lazyPage(() => import('./kit/kit-page.tsx'), 'KitPage') })

const routeTree = root.addChildren([signIn, invitation, passwordReset, shell.addChildren([overview, jobs, job, health, newImport, importJob, records, record, bin, review, settings, settingsHome, settingsObject, kit])])

/** What scrolls of a page and of a step of the wizard: without this the router opens the next one as far down as the last one was. */
const scrollToTopSelectors = ['#main', '[data-step]']

/** Messages stand around all pages, and inside the router: they hold links. */
function WithNotifications({ children }: { children: ReactNode }) {
  return <><Notifications position="bottom-left" limit={3} />{children}</>
}

export const router = createRouter({ routeTree, InnerWrap: WithNotifications, defaultPreload: 'intent', scrollRestoration: true, scrollToTopSelectors, defaultNotFoundComponent: NotFound, defaultErrorComponent: PageFailure })

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}
