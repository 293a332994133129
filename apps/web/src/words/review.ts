export const reviewWords = {}
