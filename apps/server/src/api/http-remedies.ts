/** Commands that a fault names as the way out, and the routes that do the same. */
const routesOfCommands: readonly [RegExp, string][] = [
  [/\blongshore (plan|apply|resume|undo|pause|cancel) (\d+)/g, 'POST /v1/jobs/$2/$1'],
  [/\blongshore job (\d+)/g, 'GET /v1/jobs/$1'],
  [/\blongshore job\b/g, 'GET /v1/jobs'],
  [/\blongshore review list\b/g, 'GET /v1/reviews'],
  [/\blongshore bin list --object (\w+)/g, 'GET /v1/bin?object=$1'],
  [/\blongshore bin list\b/g, 'GET /v1/bin'],
]

/** A message for whoever asked over HTTP. */
export function inRoutes(message: string): string {
  return routesOfCommands.reduce((text, [command, route]) => text.replace(command, route), message)
}
