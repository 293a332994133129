import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  build: {
    // Lower targets make Lightning CSS rewrite light-dark() so that colours vanish.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    target: 'es2023',
    reportCompressedSize: false,
    assetsInlineLimit: 0, // the content security policy allows no data: scripts
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'tanstack', test: /node_modules\/@tanstack\// },
          ],
        },
      },
    },
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:4000', '/health': 'http://127.0.0.1:4000' } },
})
