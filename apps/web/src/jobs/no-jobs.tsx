import { useMay } from '../client/may.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { Empty } from '../ui/states.tsx'
import { words } from '../words/words.ts'

const texts = words.jobs

/** No job to show: none at all, or none of those that one may see. `text`: what would be here. */
export function NoJobs({ text = texts.noneText, action = true }: { text?: string; action?: boolean }) {
  const may = useMay()
  const imports = may.anyObject('import')
  const said = [...(may.organization('all-jobs') ? [] : [texts.noneOfYoursText]), ...(imports ? [text] : [])]
  return (
    <Empty title={may.organization('all-jobs') ? texts.none : texts.noneOfYours} action={action && imports && <LinkButton to="/imports/new">{texts.start}</LinkButton>}>
      {said.join(' ')}
    </Empty>
  )
}
