import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { PageFailure } from './shell/page-failure.tsx'
import { NoSuchAddress, NotFound } from './shell/not-found.tsx'
import { Shell } from './shell/shell.tsx'

const root = createRootRoute({ notFoundComponent: NoSuchAddress, errorComponent: PageFailure })
/** Pages with navigation around them. */
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell, notFoundComponent: NotFound, errorComponent: PageFailure })

const overview = createRoute({ getParentRoute: () => shell, path: '/', component: lazyRouteComponent(() => import('./overview/overview-page.tsx'), 'OverviewPage') })
const jobs = createRoute({ getParentRoute: () => shell, path: '/jobs', component: lazyRouteComponent(() => import('./jobs/jobs-page.tsx'), 'JobsPage') })
const job = createRoute({
  getParentRoute: () => shell, path: '/jobs/$job', component: lazyRouteComponent(() => import('./jobs/job-page.tsx'), 'JobPage'),
  validateSearch: (search: Record<string, unknown>): { tab?: string } => typeof search.tab === 'string' ? { tab: search.tab } : {},
})

const health = createRoute({ getParentRoute: () => shell, path: '/jobs/health', component: lazyRouteComponent(() => import('./jobs/health-page.tsx'), 'HealthPage') })
const newImport = createRoute({
  getParentRoute: () => shell, path: '/imports/new', component: lazyRouteComponent(() => import('./wizard/new-import-page.tsx'), 'NewImportPage'),
  validateSearch: (search: Record<string, unknown>): { object?: string; repeat?: number } => ({
    ...(typeof search.object === 'string' ? { object: search.object } : {}), ...(typeof search.repeat === 'number' ? { repeat: search.repeat } : {}),
  }),
})
const importJob = createRoute({ getParentRoute: () => shell, path: '/imports/$job/$step', component: lazyRouteComponent(() => import('./wizard/import-job-page.tsx'), 'ImportJobPage') })
const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: lazyRouteComponent(() => import('./people/sign-in-page.tsx'), 'SignInPage') })
const invitation = createRoute({ getParentRoute: () => root, path: '/invitation', component: lazyRouteComponent(() => import('./people/invitation-page.tsx'), 'InvitationPage') })
const passwordReset = createRoute({ getParentRoute: () => root, path: '/password-reset', component: lazyRouteComponent(() => import('./people/password-reset-page.tsx'), 'PasswordResetPage') })
const records = createRoute({
  getParentRoute: () => shell, path: '/records/$object', component: lazyRouteComponent(() => import('./records/records-page.tsx'), 'RecordsPage'),
  validateSearch: (search: Record<string, unknown>): { where?: string[]; sort?: string; columns?: string[]; job?: number } => ({
    ...(typeof search.job === 'number' ? { job: search.job } : {}),
    ...(Array.isArray(search.columns) ? { columns: search.columns.filter((one) => typeof one === 'string') } : {}),
    ...(Array.isArray(search.where) ? { where: search.where.filter((one) => typeof one === 'string') } : {}), ...(typeof search.sort === 'string' ? { sort: search.sort } : {}),
  }),
})
const record = createRoute({ getParentRoute: () => shell, path: '/records/$object/$record', component: lazyRouteComponent(() => import('./records/record-page.tsx'), 'RecordPage') })
const bin = createRoute({ getParentRoute: () => shell, path: '/bin', component: lazyRouteComponent(() => import('./records/bin-page.tsx'), 'BinPage') })
const review = createRoute({ getParentRoute: () => shell, path: '/review', component: lazyRouteComponent(() => import('./review/review-page.tsx'), 'ReviewPage') })
const settings = createRoute({ getParentRoute: () => shell, path: '/settings/$section', component: lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage') })
const settingsHome = createRoute({ getParentRoute: () => shell, path: '/settings', beforeLoad: () => { throw redirect({ to: '/settings/$section', params: { section: 'organization' } }) } })
const settingsObject = createRoute({
  getParentRoute: () => shell, path: '/settings/objects/$object', component: lazyRouteComponent(() => import('./settings/objects/object-page.tsx'), 'ObjectPage'),
  validateSearch: (search: Record<string, unknown>): { tab?: 'rules' } => search.tab === 'rules' ? { tab: 'rules' } : {},
})
const kit = createRoute({ getParentRoute: () => shell, path: '/_kit', component: lazyRouteComponent(() => import('./kit/kit-page.tsx'), 'KitPage') })

const routeTree = root.addChildren([signIn, invitation, passwordReset, shell.addChildren([overview, jobs, job, health, newImport, importJob, records, record, bin, review, settings, settingsHome, settingsObject, kit])])

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true, defaultNotFoundComponent: NotFound })

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}
