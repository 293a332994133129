import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './theme/mantine.css'
import './theme/global.css'
import { startLive } from './client/live.ts'
import { queryClient } from './client/query-client.ts'
import { router } from './router.tsx'
import { colorScheme } from './theme/color-scheme.ts'
import { cssVariables, theme } from './theme/theme.ts'

const place = document.getElementById('app')
if (!place) throw new Error('index.html has no place for the app')

startLive()

createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" colorSchemeManager={colorScheme}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
