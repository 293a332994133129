import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Page } from '../../ui/page.tsx'
import { Empty, Failure, SkeletonRows } from '../../ui/states.tsx'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import { schemaQuery } from '../settings-queries.ts'
import { FieldsTable } from './fields-table.tsx'
import { RulesTable } from './rules-table.tsx'

const texts = settingsWords.objects

/** One object: its fields with their picklists, and the rules that its records keep to. */
export function ObjectPage() {
  const { object: name } = useParams({ from: '/shell/settings/objects/$object' })
  const { tab = 'fields' } = useSearch({ from: '/shell/settings/objects/$object' })
  const navigate = useNavigate()
  const schema = useQuery(schemaQuery)
  const object = schema.data?.find((one) => one.name === name)
  return (
    <Page title={object?.pluralLabel ?? name} about={<Link to="/settings/$section" params={{ section: 'objects' }}>{words.nav.settingsSections.objects}</Link>}>
      {schema.isPending && <SkeletonRows />}
      {schema.isError && <Failure error={schema.error} retry={() => void schema.refetch()} />}
      {schema.data && !object && <Empty title={words.states.notFound}>{words.states.notFoundText}</Empty>}
      {object && (
        <Tabs value={tab} onChange={(value) => void navigate({ to: '/settings/objects/$object', params: { object: name }, search: value === 'rules' ? { tab: 'rules' } : {}, replace: true, resetScroll: false })} keepMounted={false}>
          <Tabs.List><Tabs.Tab value="fields">{texts.fieldsTab}</Tabs.Tab><Tabs.Tab value="rules">{texts.rulesTab}</Tabs.Tab></Tabs.List>
          <Tabs.Panel value="fields" pt="md"><FieldsTable object={object} /></Tabs.Panel>
          <Tabs.Panel value="rules" pt="md"><RulesTable object={object} /></Tabs.Panel>
        </Tabs>
      )}
    </Page>
  )
}
