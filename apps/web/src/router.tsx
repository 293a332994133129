import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { PageFailure } from './shell/page-failure.tsx'
import { NotFound } from './shell/not-found.tsx'
import { Shell } from './shell/shell.tsx'

const root = createRootRoute({ notFoundComponent: NotFound, errorComponent: PageFailure })
/** Pages with navigation around them. */
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell, notFoundComponent: NotFound, errorComponent: PageFailure })

const overview = createRoute({ getParentRoute: () => shell, path: '/', component: lazyRouteComponent(() => import('./overview/overview-page.tsx'), 'OverviewPage') })
const jobs = createRoute({ getParentRoute: () => shell, path: '/jobs', component: lazyRouteComponent(() => import('./jobs/jobs-page.tsx'), 'JobsPage') })
const job = createRoute({
  getParentRoute: () => shell, path: '/jobs/$job', component: lazyRouteComponent(() => import('./jobs/job-page.tsx'), 'JobPage'),
  validateSearch: (search: Record<string, unknown>): { tab?: string } => typeof search.tab === 'string' ? { tab: search.tab } : {},
})

const newImport = createRoute({
  getParentRoute: () => shell, path: '/imports/new', component: lazyRouteComponent(() => import('./wizard/new-import-page.tsx'), 'NewImportPage'),
  validateSearch: (search: Record<string, unknown>): { draft?: string; step?: 'upload' | 'map' | 'match'; object?: string } => ({
    ...(typeof search.draft === 'string' ? { draft: search.draft } : {}), ...(search.step === 'map' || search.step === 'match' ? { step: search.step } : {}), ...(typeof search.object === 'string' ? { object: search.object } : {}),
  }),
})
const importJob = createRoute({ getParentRoute: () => shell, path: '/imports/$job/$step', component: lazyRouteComponent(() => import('./wizard/import-job-page.tsx'), 'ImportJobPage') })
const kit = createRoute({ getParentRoute: () => shell, path: '/_kit', component: lazyRouteComponent(() => import('./kit/kit-page.tsx'), 'KitPage') })

const routeTree = root.addChildren([shell.addChildren([overview, jobs, job, newImport, importJob, kit])])

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true, defaultNotFoundComponent: NotFound })

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}
