/** Attempts after which a worker leaves a job to people: something ends it again and again. */
export const maxAttempts = 100
