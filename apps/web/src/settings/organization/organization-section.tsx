import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { send } from '../../client/api.ts'
import { useMay } from '../../client/may.ts'
import { Refusal } from '../../client/problem.ts'
import { useMutation } from '../../client/use-mutation.ts'
import { plainMessage } from '../../ui/plain-message.ts'
import { Failure, SkeletonRows } from '../../ui/states.tsx'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import { settingsQuery } from '../settings-queries.ts'
import classes from '../settings.module.css'
import { settingGroups } from './setting-groups.ts'
import type { Setting } from './setting-groups.ts'

const texts = settingsWords.organization
type Values = Record<string, string | number | null | undefined>

/** Habits, times and limits of the organization. Only what was changed is sent; an empty field takes a setting away. */
export function OrganizationSection() {
  const client = useQueryClient()
  const may = useMay().organization('settings')
  const settings = useQuery(settingsQuery)
  const [changed, setChanged] = useState<Values>({})
  const form = useRef<HTMLFormElement>(null)
  const save = useMutation({
    mutationFn: () => send('PATCH', '/v1/settings', changed),
    onSuccess: async () => { await client.invalidateQueries({ queryKey: settingsQuery.queryKey }); void client.invalidateQueries({ queryKey: ['me'] }); setChanged({}); notifications.show({ message: words.states.saved }) },
    onError: (error) => fieldOf(form.current, error)?.focus(), // which brings it into view
  })
  const apply = useMutation({ mutationFn: (preset: 'standard' | 'none') => send('PATCH', '/v1/settings', { preset }), onSuccess: async () => { await client.invalidateQueries({ queryKey: settingsQuery.queryKey }); setChanged({}) } })
  if (settings.isPending) return <SkeletonRows />
  if (settings.isLoadingError) return <Failure error={settings.error} retry={() => void settings.refetch()} />
  const refused = save.error instanceof Refusal && isSetting(save.error.path) ? save.error : null
  const failure = refused === null ? save.error ?? apply.error : apply.error
  return (
    <form ref={form} onSubmit={(event) => { event.preventDefault(); save.mutate() }}>
      <p className={classes.lead}>{may ? texts.lead : texts.readOnly}</p>
      {failure && <Failure error={failure} />}
      {settingGroups.map((group) => (
        <fieldset key={group.name} className={classes.group} disabled={!may}>
          <legend>{texts.groups[group.name]}</legend>
          {group.name === 'limits' && may && (
            <>
              <p className={classes.lead}>{texts.limitsText}</p>
              <div className={classes.bar}>{(['standard', 'none'] as const).map((preset) => <Button key={preset} size="xs" variant="default" loading={apply.isPending && apply.variables === preset} onClick={() => apply.mutate(preset)}>{texts.presets[preset]}</Button>)}</div>
            </>
          )}
          <div className={classes.fields}>
            {group.settings.map((setting) => <SettingField key={setting.name} setting={setting} error={refused?.path === setting.name ? plainMessage(refused) : null} value={setting.name in changed ? changed[setting.name] ?? null : settings.data[setting.name] ?? null} onChange={(value) => setChanged({ ...changed, [setting.name]: value })} />)}
          </div>
        </fieldset>
      ))}
      {may && <Button type="submit" loading={save.isPending} disabled={Object.keys(changed).length === 0}>{texts.save}</Button>}
    </form>
  )
}

function isSetting(path: string | null): boolean {
  return settingGroups.some(({ settings }) => settings.some(({ name }) => name === path))
}

/** The field that a refusal is about. */
function fieldOf(form: HTMLFormElement | null, error: unknown): HTMLElement | null {
  const found = error instanceof Refusal && error.path !== null ? form?.elements.namedItem(error.path) : null
  return found instanceof HTMLElement ? found : null
}

function SettingField({ setting, value, error, onChange }: { setting: Setting; value: string | number | null; error: string | null; onChange: (value: string | number | null) => void }) {
  const { label, text } = texts.settings[setting.name] ?? { label: setting.name, text: '' }
  const about = { label, name: setting.name, error, ...(text === '' ? {} : { description: text }) }
  switch (setting.kind) {
    case 'number': return <NumberInput {...about} min={setting.least} allowDecimal={false} placeholder={setting.usual === undefined ? texts.noLimit : texts.usually(setting.usual)} value={value ?? ''} onChange={(next) => onChange(typeof next === 'number' ? next : null)} />
    case 'choice': return <NativeSelect {...about} value={value ?? ''} data={[...(setting.needed ? [] : [{ value: '', label: texts.notSet }]), ...setting.options.map((option) => ({ value: option, label: texts.options[option] ?? option }))]} onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value)} />
    case 'text': return <TextInput {...about} value={value ?? ''} maxLength={setting.most} onChange={({ currentTarget }) => onChange(currentTarget.value.trim() === '' && !setting.needed ? null : currentTarget.value)} />
  }
}
