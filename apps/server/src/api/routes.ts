import { bulkRoutes } from './bulk/routes.ts'
import { draftRoutes } from './drafts/routes.ts'
import { eventRoutes } from './events/routes.ts'
import { fixRoutes } from './fixes/routes.ts'
import { importRoutes } from './imports/routes.ts'
import { jobActionRoutes } from './jobs/action-routes.ts'
import { jobRoutes } from './jobs/routes.ts'
import { meRoutes } from './me/routes.ts'
import { notificationRoutes } from './notifications/routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { sessionRoutes } from './people/session-routes.ts'
import { objectRoutes } from './objects/routes.ts'
import { recordRoutes } from './records/routes.ts'
import { rowRoutes } from './rows/routes.ts'
import { settingsRoutes } from './settings/routes.ts'
import { uploadRoutes } from './uploads/routes.ts'
import { viewRoutes } from './views/routes.ts'
import type { Route } from './route.ts'

/** Every route of the API, in the order in which the reference shows them. A resource adds its own here. */
export const apiRoutes: readonly Route[] = [
  ...meRoutes,
  ...sessionRoutes,
  ...peopleRoutes,
  ...objectRoutes,
  ...recordRoutes,
  ...viewRoutes,
  ...uploadRoutes,
  ...importRoutes,
  ...bulkRoutes,
  ...jobRoutes,
  ...eventRoutes,
  ...jobActionRoutes, ...draftRoutes,
  ...rowRoutes,
  ...fixRoutes,
  ...settingsRoutes,
  ...notificationRoutes,
]
