import { ActionIcon, Kbd, Menu, useMantineColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import CircleUser from 'lucide-react/icons/circle-user'
import Keyboard from 'lucide-react/icons/keyboard'
import MenuIcon from 'lucide-react/icons/menu'
import Search from 'lucide-react/icons/search'
import SunMoon from 'lucide-react/icons/sun-moon'
import Upload from 'lucide-react/icons/upload'
import { useMay } from '../client/may.ts'
import { meQuery } from '../client/queries.ts'
import { signOut } from '../client/session.ts'
import { NotificationBell } from '../notifications/bell.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { words } from '../words/words.ts'
import classes from './shell.module.css'

interface TopBarProps {
  onNavigation: () => void
  onCommands: () => void
  onKeys: () => void
}

export function TopBar({ onNavigation, onCommands, onKeys }: TopBarProps) {
  const me = useQuery(meQuery).data
  const may = useMay()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <header className={classes.bar}>
      <ActionIcon className={classes.burger} variant="subtle" color="gray" size="lg" aria-label={words.nav.open} onClick={onNavigation}><MenuIcon size={18} /></ActionIcon>
      <button type="button" className={classes.find} onClick={onCommands}>
        <Search size={15} aria-hidden /><span className={classes.findText}>{words.nav.commands}</span><Kbd size="xs">Ctrl K</Kbd>
      </button>
      <div className={classes.barEnd}>
        {may.anyObject('import') && <LinkButton to="/imports/new" size="xs" leftSection={<Upload size={15} aria-hidden />} className={classes.importButton ?? ''}>{words.nav.newImport}</LinkButton>}
        <NotificationBell />
        <Menu position="bottom-end" width={240}>
          <Menu.Target><ActionIcon variant="subtle" color="gray" size="lg" aria-label={words.nav.account}><CircleUser size={19} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{me?.member ? <>{me.member.name}<br />{me.member.email}</> : <>{words.nav.operator}<br />{words.nav.operatorText}</>}</Menu.Label>
            <Menu.Divider />
            <Menu.Label>{words.nav.scheme.label}</Menu.Label>
            {(['auto', 'light', 'dark'] as const).map((scheme) => (
              <Menu.Item key={scheme} onClick={() => setColorScheme(scheme)} leftSection={<SunMoon size={15} />} fw={colorScheme === scheme ? 600 : 400} aria-current={colorScheme === scheme || undefined}>{words.nav.scheme[scheme]}</Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item leftSection={<Keyboard size={15} />} onClick={onKeys}>{words.nav.keys}</Menu.Item>
            {me?.member && <Menu.Item onClick={() => { void signOut() }}>{words.nav.signOut}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      </div>
    </header>
  )
}
